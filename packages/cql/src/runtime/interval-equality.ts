import { endAtLeast, endAtMost, endOf, startAtLeast, startAtMost, startOf } from './interval-bounds.ts'
import type { Interval } from './interval-value.ts'
import type { Truth } from './logic.ts'
import { order } from './order.ts'
import { intervalPointType } from './point.ts'

/** Same start and same end (CQL 1.5, Reference, Equal of intervals); unknown while an unknown boundary may still be the same. */
export function equalIntervals(left: Interval, right: Interval, equal: (left: unknown, right: unknown) => Truth): Truth {
  const starts = sameEnd(
    startOf(left),
    startOf(right),
    startAtLeast(left),
    startAtMost(left),
    startAtLeast(right),
    startAtMost(right),
    equal,
  )
  if (starts === false) return false
  const ends = sameEnd(endOf(left), endOf(right), endAtLeast(left), endAtMost(left), endAtLeast(right), endAtMost(right), equal)
  return ends === false ? false : starts === null || ends === null ? null : true
}

function sameEnd(
  here: unknown,
  there: unknown,
  hereLeast: unknown,
  hereMost: unknown,
  thereLeast: unknown,
  thereMost: unknown,
  equal: (left: unknown, right: unknown) => Truth,
): Truth {
  if (here !== null && there !== null) return equal(here, there)
  if (hereLeast === null || hereMost === null || thereLeast === null || thereMost === null) return null
  return order(hereMost, thereLeast) < 0 || order(hereLeast, thereMost) > 0 ? false : null
}

/** Starts and ends equivalent (Reference, Equivalent of intervals); unknown boundaries are equivalent to each other. */
export function equivalentIntervals(left: Interval, right: Interval, equivalent: (left: unknown, right: unknown) => boolean): boolean {
  const [here, there] = [intervalPointType(left), intervalPointType(right)]
  if (here !== null && there !== null && here !== there) return false
  return equivalent(startOf(left), startOf(right)) && equivalent(endOf(left), endOf(right))
}
