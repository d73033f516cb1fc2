export { evaluateChunk } from './evaluate-chunk.ts'
export { openFollower } from './follow-records.ts'
export { LIVE_LOCK } from './live-run.ts'
export { countOpenGaps } from './open-gaps.ts'
export { failRun } from './fail-run.ts'
export { loadStarterSet } from './load-starter-set.ts'
export { type LoadedMeasures, openLoadedMeasures, PackageDamaged } from './loaded-measures.ts'
export { dataNeed, type TypeNeed } from './data-need.ts'
export { isPart2Now, labelOf } from './keep-memberships.ts'
export { factWords, type Json as RecordContent } from './fact-words.ts'
export { labelKey, readCharts } from './read-charts.ts'
export { planRun } from './plan-run.ts'
export { publishRun } from './publish-run.ts'
export {
  ChangedChart,
  MeasureMembership,
  MetricChunk,
  MetricRun,
  OpenMembership,
  PayerPerformance,
  PayerScore,
  RunMember,
  Publication,
  Score,
} from './quality.entity.ts'
export { MeasurePackage, MeasureTerm } from './measures.entity.ts'
export { activeMeasures, MEASURE_COLUMNS, type MeasureColumns, measureOf } from './measures.ts'
export { NEWEST_RUN } from './memberships.ts'
export { ShownStratum, StrataTerm, StratumScore } from './strata.entity.ts'
export { requestRun } from './request-run.ts'
export { setInForce } from './set-in-force.ts'
export { scoreRun } from './score-run.ts'
export { isFew } from './suppress.ts'
export { runsUnderWay } from './runs-under-way.ts'
export { ComingGap, ComingGapState, type ComingStateName } from './coming-gap.entity.ts'
export { failComingGaps, workOutComingGaps } from './work-out-coming-gaps.ts'
export { MonthScore, MonthState } from './months.entity.ts'
export { readMonths } from './read-months.ts'
export { openMonthsFollower } from './work-out-months.ts'
export { GapException } from './gap-exception.entity.ts'
export { exceptionsOf } from './gap-exceptions.ts'
export { isInPopulation, labelledIn, type PopulationAsked } from './population.ts'
export { type ComingAsked, comingAmong, type ComingDay, comingGapsOf, hasComingGap, isFirstComing, readComingState } from './coming-gaps.ts'
export { countGaps, countPanelGaps, type Gap, gapsOf, hasOpenGap, labelledGaps, lastDayToClose, type PanelGaps } from './gaps.ts'
export { listRuns } from './read-runs.ts'
export { readScores, type ScoreRead } from './read-scores.ts'
export { showLarge } from './show-large.ts'
export { readPracticeStrata, readRegionStrata } from './read-strata.ts'
export { boundsFault } from './strata.ts'
export { readRunProgress } from './read-run-progress.ts'
export { readRegionScores } from './read-region-scores.ts'
export { readPerformance } from './read-performance.ts'
export { newestPublication } from './newest-publication.ts'
export { type NoFigures, payerToShow } from './payer-to-show.ts'
export { type Comparison, comparePractice } from './compare-practice.ts'
