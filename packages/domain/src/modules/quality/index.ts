export {
  ActiveMeasure,
  MeasureMembership,
  MeasurePackage,
  MetricChunk,
  MetricRun,
  PayerPerformance,
  PayerScore,
  Publication,
  runStates,
  type RunStateName,
  Score,
} from './quality.entity.ts'
