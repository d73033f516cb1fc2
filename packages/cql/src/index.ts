export {
  type Chart,
  type DataRequirement,
  type GroupMembership,
  type LoadedMeasure,
  type MeasureEngine,
  type MeasureGroup,
  type MeasurementPeriod,
  type MembershipResult,
  type PopulationCode,
  populationCodes,
} from './engine.ts'
export { translate } from './front-end/translate.ts'
export type { ElmLibrary, Translation, TranslationProblem } from './front-end/translation.ts'
export { openInterpreter } from './interpreter/interpreter.ts'
export { buildStarterPackages } from './package/build-starter-packages.ts'
export { conditionGroups, type ConditionGroup } from './package/condition-groups.ts'
export type { MeasurePackage, PackageBundle } from './package/measure-package.ts'
export { type PackageProblem, type PackageReading, readPackage } from './package/read-package.ts'
export { starterSourceHash, valueSetCodes } from './package/starter-set.ts'
export type { ValueSetCode } from './package/value-set-codes.ts'
export { type EnginePool, type EnginePoolOptions, openEnginePool } from './pool/engine-pool.ts'
