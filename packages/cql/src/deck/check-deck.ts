import type { GroupMembership, MeasureGroup, MeasurementPeriod, MembershipResult, Wanted } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import type { EnginePool } from '../pool/engine-pool.ts'
import { aggregate } from '../scoring/aggregate.ts'
import type { DeckCase } from './deck-case.ts'

/** How a case came out. `undecided` differs from an expectation that is itself in doubt. */
export type Verdict = 'passed' | 'failed' | 'undecided'

export interface CaseOutcome {
  readonly case: DeckCase
  readonly verdict: Verdict
  readonly differences: readonly Difference[]
  /** Why the case could not be evaluated, or not be checked. */
  readonly problem: string | null
  readonly groups: readonly GroupMembership[]
  /** Race, ethnicity, payer, sex and what else the measure says of the person beside its populations; null unless wanted. */
  readonly supplementalData: MembershipResult['supplementalData']
}

export interface Difference {
  readonly group: string
  /** Id of the stratifier, where the difference lies in a stratum. */
  readonly stratum: string | null
  readonly population: string
  readonly expected: number
  /** Null where the measure has no such population, group or stratum. */
  readonly got: number | null
}

/** Evaluates every case and compares each population, stratum and observation that the case says something of. */
export async function checkDeck(
  pool: EnginePool,
  pkg: MeasurePackage,
  cases: readonly DeckCase[],
  wanted: Wanted = {},
): Promise<{ readonly groups: readonly MeasureGroup[]; readonly outcomes: readonly CaseOutcome[] }> {
  const { groups } = await pool.describe(pkg)
  const results = new Map<DeckCase, MembershipResult>()
  for (const part of Map.groupBy(cases, ({ period }) => `${period.start} ${period.end}`).values()) {
    const charts = part.map(({ id, resources }) => ({ id, resources }))
    const found = (await pool.evaluate([pkg], charts, periodOf(part[0]!), wanted)).get(pkg.id)!
    for (const [index, one] of part.entries()) results.set(one, found[index]!)
  }
  return { groups, outcomes: cases.map((one) => judge(one, groups, results.get(one)!)) }
}

/** Published cases are at UTC, and what they expect is by the letter: times stay in the zone that they are written in. */
export const periodOf = ({ period }: Pick<DeckCase, 'period'>): MeasurementPeriod => ({ ...period, offsetMinutes: 0, times: 'as-written' })

/** Of a case and what was computed for it. */
export function judge(
  one: DeckCase,
  groups: readonly MeasureGroup[],
  { groups: memberships, supplementalData, problem: stopped }: MembershipResult,
): CaseOutcome {
  const differences = [...inGroups(one, groups, memberships), ...inStrata(one, groups, memberships)]
  const problem = stopped ?? strataProblem(one, memberships) ?? saysNothing(one, groups)
  const agrees = differences.length === 0 && problem === null
  // Doubt is about the numbers that are expected; nothing excuses a case that has none, or that stops.
  const isDoubted = one.disagreements.length > 0 && problem === null
  const verdict = agrees ? 'passed' : isDoubted ? 'undecided' : 'failed'
  return { case: one, verdict, differences, problem, groups: memberships, supplementalData }
}

/** Of strata that a case expects something of. */
function strataProblem({ expectedStrata }: DeckCase, memberships: readonly GroupMembership[]): string | null {
  const found = expectedStrata.flatMap((expected, index) =>
    (expected ?? []).flatMap(({ id }) => memberships[index]?.strata.find(({ stratifier }) => stratifier === id)?.problem ?? []),
  )
  return found[0] ?? null
}

/** A case that leaves a group out would agree with anything there. */
function saysNothing({ expected }: DeckCase, groups: readonly MeasureGroup[]): string | null {
  const unsaid = groups.filter((_, index) => Object.keys(expected[index] ?? {}).length === 0).map(({ id }) => id)
  return unsaid.length === 0 ? null : `The case does not say what it expects in ${unsaid.join(', ')}, so it cannot be checked.`
}

function inGroups({ expected }: DeckCase, groups: readonly MeasureGroup[], memberships: readonly GroupMembership[]): Difference[] {
  return expected.flatMap((counts, index) => {
    const [group, membership] = [groups[index], memberships[index]]
    return differencesIn(
      counts,
      (population, wanted) => (group && membership ? found(group, membership, membership.counts, population, wanted) : null),
      {
        group: group?.id ?? `group ${index + 1}`,
        stratum: null,
      },
    )
  })
}

function inStrata({ expectedStrata }: DeckCase, groups: readonly MeasureGroup[], memberships: readonly GroupMembership[]): Difference[] {
  return expectedStrata.flatMap((strata, index) => {
    const [group, membership] = [groups[index], memberships[index]]
    return (strata ?? []).flatMap(({ id, populations }) => {
      const stratum = membership?.strata.find(({ stratifier }) => stratifier === id)
      const known = group?.definition.stratifiers.some((stratifier) => stratifier.id === id) ?? false
      // Somebody outside the initial population is in no stratum.
      const counts = stratum?.counts ?? (known ? membership!.counts.map(() => 0) : null)
      return differencesIn(populations, (population, wanted) => (counts ? found(group!, membership!, counts, population, wanted) : null), {
        group: group?.id ?? `group ${index + 1}`,
        stratum: id,
      })
    })
  })
}

function differencesIn(
  expected: Readonly<Record<string, number>>,
  find: (population: string, wanted: number) => number | null,
  place: Pick<Difference, 'group' | 'stratum'>,
): Difference[] {
  return Object.entries(expected).flatMap(([population, wanted]) => {
    const got = find(population, wanted)
    return got === wanted ? [] : [{ ...place, population, expected: wanted, got }]
  })
}

/**
 * What was computed for a population named by its code or its id. An observation's number is what the measure's aggregate method makes of
 * the person's values; of none it is 0. Where one code stands for several - a ratio can have two initial populations and two observations -
 * a deck has a single number for it, which is that of the last or their sum; ids say it exactly.
 */
function found(
  { definition }: MeasureGroup,
  membership: GroupMembership,
  counts: readonly number[],
  population: string,
  wanted: number,
): number | null {
  const byId = definition.populations.findIndex(({ id }) => id === population)
  if (byId >= 0) return counts[byId]!
  const observed = definition.observations.map(({ aggregate: method }, index) => aggregate(method, membership.observations[index]!) ?? 0)
  const observation = definition.observations.findIndex(({ id }) => id === population)
  if (observation >= 0) return observed[observation]!
  if (population === 'measure-observation') return lastOrSum(wanted, observed)
  return lastOrSum(
    wanted,
    definition.populations.flatMap(({ code }, index) => (code === population ? [counts[index]!] : [])),
  )
}

function lastOrSum(wanted: number, numbers: readonly number[]): number | null {
  const sum = numbers.reduce((total, number) => total + number, 0)
  return numbers.length > 1 && sum === wanted ? sum : (numbers.at(-1) ?? null)
}
