import type { Day } from '@carecommons/kernel'
import type { DateBounds } from './analysis/date-bound.ts'
import type { ElmPlace } from './elm/compile-error.ts'
import type { MeasurePackage } from './package/measure-package.ts'
import type { GroupDefinition, SupplementalDefinition } from './scoring/measure-definition.ts'
import type { Plain } from './scoring/plain.ts'
import type { GroupResult, StratumResult } from './scoring/score-chart.ts'

/** Population codes of FHIR's CodeSystem measure-population, for proportion measures. */
export const populationCodes = [
  'initial-population',
  'denominator',
  'denominator-exclusion',
  'denominator-exception',
  'numerator',
  'numerator-exclusion',
] as const
export type PopulationCode = (typeof populationCodes)[number]

/** Turns a measure package into something that can be evaluated. */
export interface MeasureEngine {
  readonly name: string
  readonly version: string
  load(pkg: MeasurePackage): LoadedMeasure
  /** Whether a resource of this type and with these codes could change what the measures say; true where that is not known. */
  couldMatter(measures: readonly LoadedMeasure[], type: string, codes: readonly { readonly code: string }[]): boolean
  /** Evaluates measures that this engine loaded in one pass over each chart; results by measure id, in the order of the charts. */
  evaluateAll(
    measures: readonly LoadedMeasure[],
    charts: readonly Chart[],
    period: MeasurementPeriod,
    wanted?: Wanted,
  ): Promise<Map<string, MembershipResult[]>>
}

export interface OverTimeEngine extends MeasureEngine {
  /** The charts one after the other, each read once, to be evaluated in whatever periods until the next one is taken. */
  overTime(measures: readonly LoadedMeasure[], charts: readonly Chart[]): Iterable<ChartOverTime>
}

/** Where one chart stands in the measure at an index, over a period. */
export type ChartOverTime = (measure: number, period: MeasurementPeriod) => MembershipResult

/** What an evaluation answers beside populations: it costs, and regions need it of nobody. */
export interface Wanted {
  readonly supplementalData?: boolean
}

export interface LoadedMeasure {
  readonly id: string
  readonly url: string
  readonly version: string
  readonly title: string
  /** Hash of the package this was loaded from. */
  readonly hash: string
  readonly groups: readonly MeasureGroup[]
  readonly supplementalData: readonly SupplementalDefinition[]
  /** What the measure's retrieves may touch; resources outside it need not be in a chart. */
  readonly requirements: readonly DataRequirement[]
  /** Definitions that are computed, by the number that an engine with a progress shows of them. */
  readonly places?: readonly ElmPlace[]
  /** The same of all its definitions, which `valuesOf` computes. */
  allPlaces?(): readonly ElmPlace[]
  evaluate(charts: readonly Chart[], period: MeasurementPeriod, wanted?: Wanted): Promise<MembershipResult[]>
  /**
   * Values of definitions of the measure's own library for one chart, as JSON, in the order of the names; what cannot be computed
   * says why. For people who ask, not for regions: nothing of it is kept.
   */
  valuesOf(definitions: readonly string[], chart: Chart, period: MeasurementPeriod): Promise<DefinitionValue[]>
}

export type DefinitionValue = { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly problem: string }

export interface MeasureGroup {
  readonly id: string
  /** `boolean` counts people; a resource type counts resources of that type. */
  readonly basis: string
  readonly populations: readonly PopulationCode[]
  readonly definition: GroupDefinition
  /** Definitions that the criteria reach: the measure's own, then those of included libraries as `Library."Name"`. */
  readonly clauses: readonly string[]
}

/** One retrieve: a resource type and, unless null, the codes that its `path` must carry one of. */
export interface DataRequirement {
  readonly type: string
  /** Elements of the type that the logic reads, where the engine knows. */
  readonly elements?: readonly string[]
  readonly path: string | null
  readonly codes: readonly { readonly system: string; readonly code: string }[] | null
  /** A profile whose claim is as good as one of the codes. */
  readonly orProfile?: string
  /** What must be so of a resource's dates for it to matter, where that can be proved. */
  readonly dates?: DateBounds
}

/** One patient's record: FHIR R4 JSON texts, exactly one of them the Patient. */
export interface Chart {
  readonly id: string
  readonly resources: readonly string[]
  /** More of them, kept with their type and codes beside the text: what cannot matter is then not even looked at. */
  readonly facts?: readonly StoredFact[]
}

export interface StoredFact {
  readonly type: string
  /** Every code that the resource carries. */
  readonly codes: readonly { readonly code: string }[]
  readonly text: string
}

/** First and last day, both included, at a fixed offset from UTC in minutes (-300 is UTC-05:00). */
export interface MeasurementPeriod {
  readonly start: Day
  readonly end: Day
  readonly offsetMinutes: number
  /** Times of records stay in the zone that they are written in instead of moving into that offset. */
  readonly times?: 'as-written'
}

export interface MembershipResult {
  readonly chartId: string
  /** In the order of the measure's groups. Counts are after gating, so rate = numerator / (denominator - exclusions - exceptions). */
  readonly groups: readonly GroupMembership[]
  /**
   * What the measure says of the person beside its populations, by the id of the supplemental data; of what cannot be computed why
   * (`{ problem }`). Null unless wanted.
   */
  readonly supplementalData: Readonly<Record<string, Plain>> | null
  /** Why this chart could not be evaluated; its counts are all zero then. Null for a good chart. */
  readonly problem: string | null
}

export interface GroupMembership extends GroupResult {
  /** The counts by code, for proportions: the numerator without those excluded from it, so that it is what the rate counts. */
  readonly populations: Readonly<Record<PopulationCode, number>>
  readonly strata: readonly StratumMembership[]
  /** `Type/id` of resources that definitions returned; without repeats, at most 50. */
  readonly evidence: readonly string[]
  /** Clauses that held, with what they returned. */
  readonly clauses: readonly ClauseResult[]
}

export interface StratumMembership extends StratumResult {
  readonly populations: GroupMembership['populations']
}

export interface ClauseResult {
  /** Index among the group's clauses. */
  readonly clause: number
  /** `Type/id`; empty for a clause that is true or returned something else. */
  readonly resources: readonly string[]
}
