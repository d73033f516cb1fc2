import type { GroupMembership, MeasureGroup, MeasurementPeriod, MembershipResult } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import type { EnginePool } from '../pool/engine-pool.ts'
import type { DeckCase } from './deck-case.ts'

/** How a case came out. `undecided` differs from an expectation that is itself in doubt. */
export type Verdict = 'passed' | 'failed' | 'undecided'

export interface CaseOutcome {
  readonly case: DeckCase
  readonly verdict: Verdict
  readonly differences: readonly Difference[]
  /** Why the case could not be evaluated. */
  readonly problem: string | null
  readonly groups: readonly GroupMembership[]
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
): Promise<{ readonly groups: readonly MeasureGroup[]; readonly outcomes: readonly CaseOutcome[] }> {
  const { groups } = await pool.describe(pkg)
  const results = new Map<DeckCase, MembershipResult>()
  for (const part of Map.groupBy(cases, ({ period }) => `${period.start} ${period.end}`).values()) {
    const charts = part.map(({ id, resources }) => ({ id, resources }))
    const found = (await pool.evaluate([pkg], charts, periodOf(part[0]!))).get(pkg.id)!
    for (const [index, one] of part.entries()) results.set(one, found[index]!)
  }
  return { groups, outcomes: cases.map((one) => judge(one, groups, results.get(one)!)) }
}

/** Published cases are at UTC. */
export const periodOf = ({ period }: DeckCase): MeasurementPeriod => ({ ...period, offsetMinutes: 0 })

function judge(one: DeckCase, groups: readonly MeasureGroup[], { groups: memberships, problem }: MembershipResult): CaseOutcome {
  const differences = [...inGroups(one, groups, memberships), ...inStrata(one, groups, memberships)]
  const agrees = differences.length === 0 && problem === null
  const verdict = agrees ? 'passed' : one.disagreements.length > 0 ? 'undecided' : 'failed'
  return { case: one, verdict, differences, problem, groups: memberships }
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
 * What was computed for a population named by its code or its id. A deck has one number for a code, though a ratio can have two initial
 * populations and several observations: such a number may be the last of them or their sum; of observations their values or how many.
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
  const observation = definition.observations.findIndex(({ id }) => id === population)
  if (observation >= 0) return oneOf(wanted, readings(membership.observations[observation]!))
  if (population === 'measure-observation')
    return oneOf(wanted, [...readings(membership.observations.flat()), ...membership.observations.flatMap(readings)])
  const byCode = definition.populations.flatMap(({ code }, index) => (code === population ? [counts[index]!] : []))
  return oneOf(wanted, [...byCode.slice(-1), ...(byCode.length > 1 ? [sum(byCode)] : [])])
}

const readings = (values: readonly number[]): number[] => [sum(values), values.length]
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
const oneOf = (wanted: number, candidates: readonly number[]): number | null =>
  candidates.find((one) => one === wanted) ?? candidates[0] ?? null
