import type { GroupMembership, MembershipResult } from '../engine.ts'

/** Where charts stand, without what only people ask for: small enough to leave a thread and be stored for everybody. */
export interface PackedMemberships {
  /** Of charts that are in an initial population, by chart, then measure, then group. */
  readonly rows: readonly PackedMembership[]
  /** Indexes of charts that could not be evaluated in a measure. */
  readonly unevaluated: readonly number[]
}

export interface PackedMembership {
  /** Index among the charts, and of the measure among the packages. */
  readonly chart: number
  readonly measure: number
  readonly group: number
  /** Initial population, denominator, its exclusion and exception, numerator. */
  readonly counts: PackedCounts
  /** `Type/id` of what decided it, with a space between. */
  readonly evidence: string
  /** Of each stratifier the strata that it counts in, which sum to its counts; null where the group has no stratifiers. */
  readonly strata: readonly PackedStratum[] | null
}

type PackedCounts = readonly [number, number, number, number, number]

export interface PackedStratum {
  /** Id of the stratifier. */
  readonly stratifier: string
  /** The value that makes the stratum; IN_STRATUM of criteria that are met, OUT_OF_STRATA of what is in none. */
  readonly stratum: string
  readonly counts: PackedCounts
}

export const IN_STRATUM = 'true'
export const OUT_OF_STRATA = 'none'

/** `results` has the charts of each measure in their order, measures in the order of the packages. */
export function pack(results: readonly (readonly MembershipResult[])[]): PackedMemberships {
  const rows: PackedMembership[] = []
  const unevaluated = new Set<number>()
  const charts = results[0]?.length ?? 0
  for (let chart = 0; chart < charts; chart++) {
    for (let measure = 0; measure < results.length; measure++) {
      const { groups, problem } = results[measure]![chart]!
      if (problem !== null) unevaluated.add(chart)
      for (let group = 0; group < groups.length; group++) {
        const { populations, evidence, strata } = groups[group]!
        if (populations['initial-population'] === 0) continue
        const counts = countsOf(populations)
        rows.push({
          chart,
          measure,
          group,
          counts,
          evidence: evidence.join(' '),
          strata: strata.length > 0 ? packStrata(strata, counts) : null,
        })
      }
    }
  }
  return { rows, unevaluated: [...unevaluated] }
}

const countsOf = (of: GroupMembership['populations']): PackedCounts => [
  ...([of['initial-population'], of.denominator, of['denominator-exclusion'], of['denominator-exception'], of.numerator] as const),
]

/** Strata of a stratifier share nobody; what is in none of them makes one more, so that they sum to the whole. In one order, whatever the records'. */
function packStrata(strata: GroupMembership['strata'], whole: PackedCounts): PackedStratum[] {
  return [...Map.groupBy(strata, ({ stratifier }) => stratifier)].flatMap(([stratifier, of]) => {
    const counts = new Map<string, PackedCounts>()
    const add = (stratum: string, more: PackedCounts): void => {
      const known = counts.get(stratum)
      if (more.some((count) => count !== 0)) counts.set(stratum, known ? combined(known, more, 1) : more)
    }
    for (const { value, populations } of of) add(value === null ? IN_STRATUM : nameOf(value), countsOf(populations))
    add(OUT_OF_STRATA, [...counts.values()].reduce((rest, some) => combined(rest, some, -1), whole)) // prettier-ignore
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stratum, some]) => ({ stratifier, stratum, counts: some }))
  })
}

const combined = (a: PackedCounts, b: PackedCounts, sign: 1 | -1): PackedCounts =>
  a.map((count, at) => count + sign * b[at]!) as unknown as PackedCounts

/** Text that a database keeps. */
const nameOf = (value: string): string => value.slice(0, MOST_OF_A_NAME).replaceAll('\0', '').toWellFormed()
const MOST_OF_A_NAME = 200

/** One after the other, as if their charts had been evaluated together. */
export function joined(parts: readonly PackedMemberships[], chartsPerPart: number): PackedMemberships {
  return {
    rows: parts.flatMap(({ rows }, part) => rows.map((row) => ({ ...row, chart: row.chart + part * chartsPerPart }))),
    unevaluated: parts.flatMap(({ unevaluated }, part) => unevaluated.map((chart) => chart + part * chartsPerPart)),
  }
}
