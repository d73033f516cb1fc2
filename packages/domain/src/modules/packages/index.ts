export {
  ComparisonChunk,
  ComparisonMove,
  ComparisonMover,
  DeckCheck,
  DraftTrial,
  MeasureDraft,
  PackageComparison,
} from './packages.entity.ts'
export type { PackageDesk } from './package-desk.ts'
export { failComparison, runComparison } from './run-comparison.ts'
export { failTrial, runTrial } from './run-trial.ts'
export { failDeckCheck, runDeckCheck } from './run-deck-check.ts'
