import { endOf, startOf } from './interval-bounds.ts'
import { overlaps, overlapsAfter, overlapsBefore, meets } from './interval-relations.ts'
import { Interval, type PointType } from './interval-value.ts'
import { or } from './logic.ts'
import { order } from './order.ts'
import { intervalPointType, neighbourOrNull } from './point.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

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
  return made(lowOf(left, right, -1, false), highOf(left, right, 1, false), typeOf(left, right))
}

/** From the later start to the earlier end; null unless they overlap. */
export function intersectIntervals(left: Interval | null, right: Interval | null): Interval | null {
  if (left === null || right === null || overlaps(left, right) !== true) return null
  return made(lowOf(left, right, 1, true), highOf(left, right, -1, true), typeOf(left, right))
}

/** The boundary of the one that starts later (`sign` 1) or earlier (-1). */
const lowOf = (left: Interval, right: Interval, sign: 1 | -1, precise: boolean): Boundary =>
  chosen(startOf(left), startOf(right), low(left), low(right), sign, precise)

const highOf = (left: Interval, right: Interval, sign: 1 | -1, precise: boolean): Boundary =>
  chosen(endOf(left), endOf(right), high(left), high(right), sign, precise)

/** Unknown when one of them is. Of dates that cannot be told apart the less precise bounds a union, the more precise an intersection. */
function chosen(left: unknown, right: unknown, ofLeft: Boundary, ofRight: Boundary, sign: 1 | -1, precise: boolean): Boundary {
  if (left === null || right === null) return unknown
  const found = order(left, right) * sign
  if (found === found) return found >= 0 ? ofLeft : ofRight
  if (left instanceof Uncertainty || right instanceof Uncertainty) return unknown
  const difference = precisionOf(left) - precisionOf(right)
  return (precise ? difference : -difference) >= 0 ? ofLeft : ofRight
}

const precisionOf = (value: unknown): number =>
  value instanceof CqlDate || value instanceof CqlDateTime || value instanceof CqlTime ? value.precision : 0

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
