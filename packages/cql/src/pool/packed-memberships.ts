import type { MembershipResult } from '../engine.ts'

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
  readonly counts: readonly [number, number, number, number, number]
  /** `Type/id` of what decided it, with a space between. */
  readonly evidence: string
}

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
        const { populations: of, evidence } = groups[group]!
        if (of['initial-population'] === 0) continue
        const counts = [
          ...[of['initial-population'], of.denominator, of['denominator-exclusion'], of['denominator-exception'], of.numerator],
        ] as unknown as PackedMembership['counts']
        rows.push({ chart, measure, group, counts, evidence: evidence.join(' ') })
      }
    }
  }
  return { rows, unevaluated: [...unevaluated] }
}

/** One after the other, as if their charts had been evaluated together. */
export function joined(parts: readonly PackedMemberships[], chartsPerPart: number): PackedMemberships {
  return {
    rows: parts.flatMap(({ rows }, part) => rows.map((row) => ({ ...row, chart: row.chart + part * chartsPerPart }))),
    unevaluated: parts.flatMap(({ unevaluated }, part) => unevaluated.map((chart) => chart + part * chartsPerPart)),
  }
}
