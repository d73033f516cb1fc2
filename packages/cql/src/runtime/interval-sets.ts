import { endOf, startOf } from './interval-bounds.ts'
import { overlaps, overlapsAfter, overlapsBefore, meets } from './interval-relations.ts'
import { Interval, type PointType } from './interval-value.ts'
import { or } from './logic.ts'
import { order } from './order.ts'
import { intervalPointType, neighbourOrNull } from './point.ts'

/** Set operators of two intervals (CQL 1.5, Reference, Union, Intersect and Except of intervals). */

interface Boundary {
  readonly value: unknown
  readonly closed: boolean
}
const unknown: Boundary = { value: null, closed: false }

const low = (interval: Interval): Boundary => ({ value: interval.low, closed: interval.lowClosed })
const high = (interval: Interval): Boundary => ({ value: interval.high, closed: interval.highClosed })
const made = (from: Boundary, to: Boundary, type: PointType | null): Interval =>
  new Interval(from.value, to.value, from.closed, to.closed, type)
const typeOf = (left: Interval, right: Interval): PointType | null => intervalPointType(left) ?? intervalPointType(right)

/** From the earlier start to the later end; null unless they overlap or meet. */
export function unionOfIntervals(left: Interval | null, right: Interval | null): Interval | null {
  if (left === null || right === null || or(overlaps(left, right), meets(left, right)) !== true) return null
  return made(lowOf(left, right, -1), highOf(left, right, 1), typeOf(left, right))
}

/** From the later start to the earlier end; null unless they overlap. */
export function intersectIntervals(left: Interval | null, right: Interval | null): Interval | null {
  if (left === null || right === null || overlaps(left, right) !== true) return null
  return made(lowOf(left, right, 1), highOf(left, right, -1), typeOf(left, right))
}

/** The boundary of the one that starts later (`sign` 1) or earlier (-1); unknown when it cannot be told. */
function lowOf(left: Interval, right: Interval, sign: 1 | -1): Boundary {
  const found = ordered(startOf(left), startOf(right)) * sign
  return found >= 0 ? low(left) : found < 0 ? low(right) : unknown
}

function highOf(left: Interval, right: Interval, sign: 1 | -1): Boundary {
  const found = ordered(endOf(left), endOf(right)) * sign
  return found >= 0 ? high(left) : found < 0 ? high(right) : unknown
}

const ordered = (left: unknown, right: unknown): number => (left === null || right === null ? NaN : order(left, right))

/** What of the left one the right one does not cover; null when that is nothing, unknown, or not one interval. */
export function exceptInterval(left: Interval | null, right: Interval | null): Interval | null {
  if (left === null || right === null) return null
  const touching = overlaps(left, right)
  if (touching === false) return left
  if (touching === null) return null
  const sticksOutBefore = overlapsBefore(left, right)
  const sticksOutAfter = overlapsAfter(left, right)
  if (sticksOutBefore === true && sticksOutAfter === false) {
    const last = neighbourOrNull(startOf(right), -1)
    return last === null ? null : made(low(left), { value: last, closed: true }, typeOf(left, right))
  }
  if (sticksOutBefore === false && sticksOutAfter === true) {
    const first = neighbourOrNull(endOf(right), 1)
    return first === null ? null : made({ value: first, closed: true }, high(left), typeOf(left, right))
  }
  return null
}
