import { add, subtract } from './arithmetic.ts'
import { CqlError } from './cql-error.ts'
import { endOf, startOf } from './interval-bounds.ts'
import type { Interval } from './interval-value.ts'
import { order } from './order.ts'
import { neighbourOrNull } from './point.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/** End minus start (CQL 1.5, Reference, Width); dates and times have durations instead. */
export function width(interval: Interval | null): unknown {
  if (interval === null) return null
  const [from, to] = [startOf(interval), endOf(interval)]
  if (isTemporal(from) || isTemporal(to)) throw new CqlError('Intervals of dates and times have no width; ask for their duration.')
  return from === null || to === null ? null : subtract(to, from)
}

/** The width and one point more (Reference, Size). */
export function size(interval: Interval | null): unknown {
  const wide = width(interval)
  if (wide === null) return null
  const from = startOf(interval!)
  const next = neighbourOrNull(from, 1)
  return next === null ? null : add(wide, subtract(next, from))
}

/** The only point of an interval (Reference, Point From). */
export function pointFrom(interval: Interval | null): unknown {
  if (interval === null) return null
  const [from, to] = [startOf(interval), endOf(interval)]
  if (from === null || to === null) return null
  if (order(from, to) !== 0) throw new CqlError('An interval of one point was expected.')
  return from
}

const isTemporal = (value: unknown): boolean => value instanceof CqlDate || value instanceof CqlDateTime || value instanceof CqlTime
