import { conditionGroups } from '@carecommons/cql'
import type { ComingAsked, PopulationAsked } from '#modules/quality'
import { badInput } from '#shared/bad-input'

/** Whom a list of patients shows; everybody in the own reach unless told. */
export interface PatientFilter {
  /** Every word is the start of a name, of the record number, or of the birth date. */
  readonly search?: string | null
  /** Id of a practice. */
  readonly practice?: string | null
  /** Key of a condition group. */
  readonly condition?: string | null
  /** Name of the clinician whose panel it is, as charts have it. */
  readonly clinician?: string | null
  /** Name of the care manager, as charts have it. */
  readonly careManager?: string | null
  /** Id of a measure in which the newest published run found a gap. */
  readonly openGap?: string | null
  /** With a closed gap that comes due soon. */
  readonly comingGap?: ComingAsked | null
  /** Id of a registry that they are in. */
  readonly registry?: string | null
  /** Everybody behind a number of a published score, those who died since included. */
  readonly inPopulation?: PopulationAsked | null
  /** Tier of risk, 0 to 4. */
  readonly tier?: number | null
}

const MOST_DAYS_AHEAD = 730
const HIGHEST_TIER = 4

export function assertFilter({ condition, comingGap, tier }: PatientFilter): void {
  if (condition != null && !conditionGroups.some(({ key }) => key === condition)) throw badInput('There is no such condition group.')
  if (comingGap && (comingGap.withinDays < 1 || comingGap.withinDays > MOST_DAYS_AHEAD))
    throw badInput(`'comingGap.withinDays' is 1 to ${MOST_DAYS_AHEAD}: so far ahead coming gaps are looked for.`)
  if (tier != null && (tier < 0 || tier > HIGHEST_TIER)) throw badInput(`'tier' is 0 to ${HIGHEST_TIER}.`)
}

/** Who is on a list filtered by a clinical fact, or where on a list sorted by one, tells the fact. */
export const isClinical = ({ condition, openGap, comingGap, registry, inPopulation, tier }: PatientFilter, sort?: unknown): boolean =>
  [condition, openGap, comingGap, registry, inPopulation, tier].some((one) => one != null) || CLINICAL_ORDERS.includes(sort)

const CLINICAL_ORDERS: readonly unknown[] = ['A1C', 'SYSTOLIC', 'PHQ9', 'OPEN_GAPS', 'RISK', 'DUE']
