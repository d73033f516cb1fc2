import type { GroupMembership, LoadedMeasure, MembershipResult } from '../engine.ts'
import { placeOf, type PlaceName } from '../scoring/place.ts'

/** A chart that stands elsewhere under another version of a measure, and the definitions that decide it. */
export interface ChartMove {
  /** Index among the charts. */
  readonly chart: number
  readonly group: number
  readonly before: PlaceName
  readonly after: PlaceName
  /** Definitions that held before and do not now, and the other way round; at most 12 each. */
  readonly lost: readonly string[]
  readonly gained: readonly string[]
  /** `Type/id` of what decided either. */
  readonly evidence: readonly string[]
}

const MOST_NAMED = 12

/** Groups of two versions stand in the same order; one that only one of them has is left out. */
export function chartMoves(
  [before, after]: readonly [LoadedMeasure, LoadedMeasure],
  results: readonly [readonly MembershipResult[], readonly MembershipResult[]],
): ChartMove[] {
  const groups = Math.min(before.groups.length, after.groups.length)
  return results[0].flatMap((old, chart) =>
    Array.from({ length: groups }, (_, group) => group).flatMap((group) => {
      const [was, is] = [old.groups[group], results[1][chart]!.groups[group]]
      const [from, to] = [was ? placeOf(was.populations) : 'outside', is ? placeOf(is.populations) : 'outside']
      if (from === to) return []
      const [held, holds] = [namesOf(before, group, was), namesOf(after, group, is)]
      return [
        {
          ...{ chart, group, before: from, after: to },
          lost: held.filter((name) => !holds.includes(name)).slice(0, MOST_NAMED),
          gained: holds.filter((name) => !held.includes(name)).slice(0, MOST_NAMED),
          evidence: [...new Set([...(was?.evidence ?? []), ...(is?.evidence ?? [])])],
        },
      ]
    }),
  )
}

const namesOf = (measure: LoadedMeasure, group: number, membership: GroupMembership | undefined): string[] =>
  (membership?.clauses ?? []).map(({ clause }) => measure.groups[group]!.clauses[clause]!)
