import { coarsened } from './coarsened.ts'
import { endAtLeast, endAtMost, endOf, startAtLeast, startAtMost, startOf } from './interval-bounds.ts'
import { Interval } from './interval-value.ts'
import { and, not, or, type Truth } from './logic.ts'
import { less, lessOrEqual, order } from './order.ts'
import { neighbourOrNull } from './point.ts'
import type { Precision } from './precision.ts'

/**
 * How intervals lie to each other (CQL 1.5, Reference, Interval Operators). Each relation is an order of starts and ends; a
 * point beside an interval starts and ends at itself. A boundary that is unknown decides only what holds wherever it lies.
 */
type P = Precision | 0

const startKnown = (value: unknown): unknown => (value instanceof Interval ? startOf(value) : value)
const endKnown = (value: unknown): unknown => (value instanceof Interval ? endOf(value) : value)
const startLeast = (value: unknown): unknown => (value instanceof Interval ? startAtLeast(value) : value)
const startMost = (value: unknown): unknown => (value instanceof Interval ? startAtMost(value) : value)
const endLeast = (value: unknown): unknown => (value instanceof Interval ? endAtLeast(value) : value)
const endMost = (value: unknown): unknown => (value instanceof Interval ? endAtMost(value) : value)

/** Whether a < b, both anywhere in their ranges. */
function lessIn(aLeast: unknown, aMost: unknown, bLeast: unknown, bMost: unknown, precision: P): Truth {
  if (less(aMost, bLeast, precision) === true) return true
  return less(aLeast, bMost, precision) === false ? false : null
}

function sameIn(aLeast: unknown, aMost: unknown, bLeast: unknown, bMost: unknown, precision: P): Truth {
  if (aLeast === null || aMost === null || bLeast === null || bMost === null) return null
  return order(aMost, bLeast, precision) < 0 || order(aLeast, bMost, precision) > 0 ? false : null
}

const same = (found: number): Truth => (found === 0 ? true : found === found ? false : null)

function endBeforeStart(left: unknown, right: unknown, precision: P): Truth {
  const [last, first] = [endKnown(left), startKnown(right)]
  if (last !== null && first !== null) return less(last, first, precision)
  return lessIn(endLeast(left), endMost(left), startLeast(right), startMost(right), precision)
}

function endNotAfterStart(left: unknown, right: unknown, precision: P): Truth {
  const [last, first] = [endKnown(left), startKnown(right)]
  if (last !== null && first !== null) return lessOrEqual(last, first, precision)
  return not(lessIn(startLeast(right), startMost(right), endLeast(left), endMost(left), precision))
}

function startBeforeStart(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [startKnown(left), startKnown(right)]
  if (a !== null && b !== null) return less(a, b, precision)
  return lessIn(startLeast(left), startMost(left), startLeast(right), startMost(right), precision)
}

function endBeforeEnd(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [endKnown(left), endKnown(right)]
  if (a !== null && b !== null) return less(a, b, precision)
  return lessIn(endLeast(left), endMost(left), endLeast(right), endMost(right), precision)
}

function startNotAfterStart(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [startKnown(left), startKnown(right)]
  if (a !== null && b !== null) return lessOrEqual(a, b, precision)
  return not(lessIn(startLeast(right), startMost(right), startLeast(left), startMost(left), precision))
}

function endNotAfterEnd(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [endKnown(left), endKnown(right)]
  if (a !== null && b !== null) return lessOrEqual(a, b, precision)
  return not(lessIn(endLeast(right), endMost(right), endLeast(left), endMost(left), precision))
}

function sameStart(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [startKnown(left), startKnown(right)]
  if (a !== null && b !== null) return same(order(a, b, precision))
  return sameIn(startLeast(left), startMost(left), startLeast(right), startMost(right), precision)
}

function sameEnd(left: unknown, right: unknown, precision: P): Truth {
  const [a, b] = [endKnown(left), endKnown(right)]
  if (a !== null && b !== null) return same(order(a, b, precision))
  return sameIn(endLeast(left), endMost(left), endLeast(right), endMost(right), precision)
}

/** Reference, Before: of dates and times, of intervals, and of one beside the other. */
export const before = (left: unknown, right: unknown, precision: P = 0): Truth =>
  left === null || right === null ? null : endBeforeStart(left, right, precision)

export const after = (left: unknown, right: unknown, precision: P = 0): Truth => before(right, left, precision)

export const sameOrBefore = (left: unknown, right: unknown, precision: P = 0): Truth =>
  left === null || right === null ? null : endNotAfterStart(left, right, precision)

export const sameOrAfter = (left: unknown, right: unknown, precision: P = 0): Truth => sameOrBefore(right, left, precision)

export function sameAs(left: unknown, right: unknown, precision: P = 0): Truth {
  if (left === null || right === null) return null
  if (!(left instanceof Interval || right instanceof Interval)) return same(order(left, right, precision))
  return and(sameStart(left, right, precision), sameEnd(left, right, precision))
}

/** Reference, Includes of intervals; of a point it is the same as Contains. */
export function intervalIncludes(left: Interval | null, right: unknown, precision: P = 0): Truth {
  if (left === null || right === null) return null
  if (!(right instanceof Interval)) return holdsPoint(left, right, precision)
  return and(startNotAfterStart(left, right, precision), endNotAfterEnd(right, left, precision))
}

/**
 * Reference, In and Contains of intervals: an open boundary is compared exclusively, not as the neighbour of its value, and a closed
 * one that is null always holds; what equals a closed boundary is in, wherever the other one is. 10 o'clock of January 31 is before an open February 1, though it cannot be told from January 31.
 */
function holdsPoint(interval: Interval, point: unknown, precision: P): Truth {
  const { low, high, lowClosed, highClosed } = interval
  if ((lowClosed && low !== null && order(low, point) === 0) || (highClosed && high !== null && order(high, point) === 0)) return true
  const fromLow =
    low === null ? lowClosed || startNotAfterStart(interval, point, precision) : (lowClosed ? lessOrEqual : less)(low, point, precision)
  if (fromLow === false) return false
  const toHigh =
    high === null ? highClosed || endNotAfterEnd(point, interval, precision) : (highClosed ? lessOrEqual : less)(point, high, precision)
  return and(fromLow, toHigh)
}

/** Reference, In of intervals: no interval holds no point; no point is in an unknown place. */
export function inInterval(point: unknown, interval: Interval | null, precision: P = 0): Truth {
  if (interval === null) return point === null ? null : false
  return point === null ? null : holdsPoint(interval, point, precision)
}

/** Reference, Properly Includes of intervals. */
export const intervalProperlyIncludes = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(intervalIncludes(left, right, precision), not(sameAs(left, right, precision)))

/** Logical Specification, ProperContains and ProperIn: strictly between the start and the end. */
export function properlyInInterval(point: unknown, interval: Interval | null, precision: P = 0): Truth {
  if (interval === null || point === null) return null
  return and(startBeforeStart(interval, point, precision), endBeforeEnd(point, interval, precision))
}

export const overlaps = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(endNotBeforeStart(left, right, precision), endNotBeforeStart(right, left, precision))

function endNotBeforeStart(left: unknown, right: unknown, precision: P): Truth {
  return not(endBeforeStart(left, right, precision))
}

export const overlapsBefore = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(startBeforeStart(left, right, precision), overlaps(left, right, precision))

export const overlapsAfter = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(endBeforeEnd(right, left, precision), overlaps(left, right, precision))

export const starts = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(sameStart(left, right, precision), endNotAfterEnd(left, right, precision))

export const ends = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  left === null || right === null ? null : and(startNotAfterStart(right, left, precision), sameEnd(left, right, precision))

/** Reference, Meets: the left one ends just before the right one starts. At the end of the range nothing follows. */
export function meetsBefore(left: Interval | null, right: Interval | null, precision: P = 0): Truth {
  if (left === null || right === null) return null
  const [least, most] = [follow(endAtLeast(left), precision), follow(endAtMost(left), precision)]
  const [first, last] = [endOf(left), startOf(right)]
  if (first !== null && last !== null) return least === null ? false : same(order(least, last, precision))
  return sameIn(least ?? endAtLeast(left), most ?? endAtMost(left), startAtLeast(right), startAtMost(right), precision)
}

/** The next point, or the next day (hour, ...) where the relation is asked at that precision. */
const follow = (point: unknown, precision: P): unknown =>
  point === null ? null : neighbourOrNull(precision === 0 ? point : coarsened(point, precision), 1)

export const meetsAfter = (left: Interval | null, right: Interval | null, precision: P = 0): Truth => meetsBefore(right, left, precision)

export const meets = (left: Interval | null, right: Interval | null, precision: P = 0): Truth =>
  or(meetsBefore(left, right, precision), meetsAfter(left, right, precision))
