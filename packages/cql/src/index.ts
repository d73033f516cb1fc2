export type { DateBound, RelativeMoment } from './analysis/date-bound.ts'
export { daysOf, mayMatter } from './analysis/record-dates.ts'
export type { CompiledDefinition, CompiledLibrary, Evaluation, EvaluationMoment } from './compiler/compiled-library.ts'
export { engineName, openCompiler, type CompilerOptions } from './compiler/compiler.ts'
export { CompileError } from './elm/compile-error.ts'
export { evaluateLibrary } from './compiler/evaluate-library.ts'
export { type CaseOutcome, checkDeck, type Difference, periodOf } from './deck/check-deck.ts'
export { type BrokenCase, type DeckCase, readDeck } from './deck/deck-case.ts'
export {
  type Chart,
  type DataRequirement,
  type GroupMembership,
  type LoadedMeasure,
  type MeasureEngine,
  type MeasurementPeriod,
  type MeasureGroup,
  type MembershipResult,
  type PopulationCode,
  type StoredFact,
  populationCodes,
} from './engine.ts'
export { type ChartExplanation, explainChart, type Explanation } from './explain/explain-chart.ts'
export type { UrlPrefixes } from './fhir/canonical-urls.ts'
export { type FhirRecord, type FhirResource, isResource, referenceOf } from './fhir/fhir-record.ts'
export { readPrefixTable } from './fhir/prefix-table.ts'
export { translate } from './front-end/translate.ts'
export { buildRegistryPackages, buildStarterPackages } from './package/build-starter-packages.ts'
export { type DraftBench, type KnownValueSets, openDraftBench } from './package/draft-bench.ts'
export type { DraftMeasure } from './package/draft-package.ts'
export type { TranslationProblem } from './front-end/translation.ts'
export { type CohortClauses, cohortClauses } from './package/cohort-clauses.ts'
export { conditionGroups } from './package/condition-groups.ts'
export type { FhirValueSet, MeasurePackage } from './package/measure-package.ts'
export { measureName } from './package/measure-name.ts'
export { openPackage } from './package/open-package.ts'
export type { OpenedPackage, PackageOpening } from './package/package-opening.ts'
export type { PackagePage } from './package/package-page.ts'
export { packageParts } from './package/package-parts.ts'
export type { PackageProblem } from './package/package-problem.ts'
export { readPackage, type PackageReading } from './package/read-package.ts'
export { requirementWords } from './package/requirement-words.ts'
export { registrySourceHash, starterSourceHash, valueSetCodes } from './package/starter-set.ts'
export { type EnginePool, openEnginePool } from './pool/engine-pool.ts'
export type { ChartMove } from './pool/compared-charts.ts'
export { type PlaceName, places } from './scoring/place.ts'
export { type ClosedGaps, HORIZON_DAYS, type OpeningDay } from './pool/opening-days.ts'
export { IN_STRATUM, OUT_OF_STRATA, type PackedMembership, type PackedMemberships, type PackedStratum } from './pool/packed-memberships.ts'
