import { CqlError } from './cql-error.ts'
import { Interval, type PointType } from './interval-value.ts'
import { order } from './order.ts'
import { intervalPointType, largestLike, neighbourOrNull, smallestLike } from './point.ts'

/**
 * Where an interval starts and ends (CQL 1.5, Reference, Start and End): a closed null is the end of the type's range, an open
 * boundary the neighbour of its value, and an open null is unknown: anywhere up to the other boundary.
 */
export function start(interval: Interval | null): unknown {
  return interval === null ? null : startOf(interval)
}

export function end(interval: Interval | null): unknown {
  return interval === null ? null : endOf(interval)
}

/** Null when unknown. */
export function startOf(interval: Interval): unknown {
  if (interval.low === null) return interval.lowClosed ? smallestOf(interval) : null
  return interval.lowClosed ? interval.low : neighbourOrNull(interval.low, 1)
}

/** Null when unknown. */
export function endOf(interval: Interval): unknown {
  if (interval.high === null) return interval.highClosed ? largestOf(interval) : null
  return interval.highClosed ? interval.high : neighbourOrNull(interval.high, -1)
}

/** The range in which an unknown start lies; of a known one both are the start. Null when the point type is unknown. */
export const startAtLeast = (interval: Interval): unknown => startOf(interval) ?? smallestOf(interval)
export const startAtMost = (interval: Interval): unknown => startOf(interval) ?? endOf(interval) ?? largestOf(interval)
export const endAtLeast = (interval: Interval): unknown => endOf(interval) ?? startOf(interval) ?? smallestOf(interval)
export const endAtMost = (interval: Interval): unknown => endOf(interval) ?? largestOf(interval)

function smallestOf(interval: Interval): unknown {
  const type = intervalPointType(interval)
  return type && smallestLike(type, interval.high)
}

function largestOf(interval: Interval): unknown {
  const type = intervalPointType(interval)
  return type && largestLike(type, interval.low)
}

/** A selector of known boundaries: what ends before it starts is an error of its author (Author's Guide, Interval Values). */
export function checkedInterval(low: unknown, high: unknown, lowClosed: boolean, highClosed: boolean, type: PointType | null): Interval {
  if (low !== null && high !== null) {
    const found = order(low, high)
    const empty = found === 0 ? !(lowClosed && highClosed) : !lowClosed && !highClosed && isNext(low, high)
    if (found > 0 || empty) throw new CqlError('An interval ends before it starts.')
  }
  return new Interval(low, high, lowClosed, highClosed, type)
}

/** Whether nothing lies between two whole numbers. */
const isNext = (low: unknown, high: unknown): boolean =>
  (typeof low === 'number' && low + 1 === high) || (typeof low === 'bigint' && low + 1n === high)
