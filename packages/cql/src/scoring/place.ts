import type { PopulationCode } from '../engine.ts'

/** Where a chart stands in a group of a measure, from outside to the numerator. */
export const places = ['outside', 'initial-population', 'excluded', 'excepted', 'denominator', 'numerator'] as const
export type PlaceName = (typeof places)[number]

/** The furthest place that a chart has a count in: one with several visits stands where the best of them does. */
export function placeOf(counts: Readonly<Partial<Record<PopulationCode, number>>>): PlaceName {
  const of = (code: PopulationCode): number => counts[code] ?? 0
  if (of('numerator') > 0) return 'numerator'
  if (of('denominator') > of('denominator-exclusion') + of('denominator-exception')) return 'denominator'
  if (of('denominator-exception') > 0) return 'excepted'
  if (of('denominator-exclusion') > 0) return 'excluded'
  return of('initial-population') > 0 ? 'initial-population' : 'outside'
}
