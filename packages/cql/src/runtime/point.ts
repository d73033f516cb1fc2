import { FIRST_DAY, LAST_DAY, MS_PER_DAY, daysInMonth, epochDay, packedDate } from './civil.ts'
import { CqlError } from './cql-error.ts'
import { Decimal } from './decimal.ts'
import type { Interval, PointType } from './interval-value.ts'
import { MAX_INTEGER, MAX_LONG, MIN_INTEGER, MIN_LONG, integerBetween } from './number-range.ts'
import { Precision, STEP_MS } from './precision.ts'
import { Quantity } from './structured-values.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

/** Points of intervals: their types, ends and neighbours (CQL 1.5, Reference, Maximum, Minimum, Successor, Predecessor). */
const MAX_DECIMAL = Decimal.of('99999999999999999999.99999999')
const STEP = Decimal.fromUnits(1)!

const maxima: Record<PointType, unknown> = {
  Integer: MAX_INTEGER,
  Long: MAX_LONG,
  Decimal: MAX_DECIMAL,
  Date: new CqlDate(LAST_DAY, Precision.Day),
  DateTime: new CqlDateTime(LAST_DAY, MS_PER_DAY - 1, Precision.Millisecond, 0),
  Time: new CqlTime(MS_PER_DAY - 1, Precision.Millisecond),
  Quantity: new Quantity(MAX_DECIMAL, '1'),
}
const minima: Record<PointType, unknown> = {
  Integer: MIN_INTEGER,
  Long: MIN_LONG,
  Decimal: MAX_DECIMAL.negate(),
  Date: new CqlDate(FIRST_DAY, Precision.Day),
  DateTime: new CqlDateTime(FIRST_DAY, 0, Precision.Millisecond, 0),
  Time: new CqlTime(0, Precision.Millisecond),
  Quantity: new Quantity(MAX_DECIMAL.negate(), '1'),
}

/** DateTime's ends are given in UTC, as the specification allows. */
export const maxValue = (type: string): unknown => extreme(maxima, type)
export const minValue = (type: string): unknown => extreme(minima, type)

function extreme(ends: Record<string, unknown>, type: string): unknown {
  if (Object.hasOwn(ends, type)) return ends[type]
  throw new CqlError(`${type} has no smallest and no largest value.`)
}

function pointTypeOf(point: unknown): PointType | null {
  if (typeof point === 'number' || point instanceof Uncertainty) return 'Integer'
  if (point instanceof CqlDateTime) return 'DateTime'
  if (point instanceof CqlDate) return 'Date'
  if (point instanceof Decimal) return 'Decimal'
  if (point instanceof Quantity) return 'Quantity'
  if (point instanceof CqlTime) return 'Time'
  return typeof point === 'bigint' ? 'Long' : null
}

export const intervalPointType = (interval: Interval): PointType | null => pointTypeOf(interval.low ?? interval.high) ?? interval.pointType

/** Ends of a quantity are in the unit of the other boundary, else they could not be compared. */
export const largestLike = (type: PointType, sample: unknown): unknown =>
  sample instanceof Quantity ? new Quantity(MAX_DECIMAL, sample.unit) : maxima[type]
export const smallestLike = (type: PointType, sample: unknown): unknown =>
  sample instanceof Quantity ? new Quantity(MAX_DECIMAL.negate(), sample.unit) : minima[type]

export const successor = (point: unknown): unknown => neighbour(point, 1)
export const predecessor = (point: unknown): unknown => neighbour(point, -1)

/** The next point, or null past the end of the range; interval boundaries are made of it. */
export function neighbourOrNull(point: unknown, step: 1 | -1): unknown {
  if (typeof point === 'number') return point === (step > 0 ? MAX_INTEGER : MIN_INTEGER) ? null : point + step
  if (point instanceof CqlDateTime) return nextDateTime(point, step)
  if (point instanceof CqlDate) return nextDate(point, step)
  if (point instanceof Decimal) return nextDecimal(point, step)
  if (point instanceof Quantity) {
    const value = nextDecimal(point.value, step)
    return value && new Quantity(value, point.unit)
  }
  if (point instanceof CqlTime) {
    const ms = point.ms + step * STEP_MS[point.precision]!
    return ms < 0 || ms >= MS_PER_DAY ? null : new CqlTime(ms, point.precision)
  }
  if (point instanceof Uncertainty) return integerBetween(point.low + step, point.high + step)
  if (typeof point === 'bigint') return point === (step > 0 ? MAX_LONG : MIN_LONG) ? null : point + BigInt(step)
  throw new CqlError('Only numbers, quantities, dates and times have neighbours.')
}

function neighbour(point: unknown, step: 1 | -1): unknown {
  if (point === null) return null
  const found = neighbourOrNull(point, step)
  if (found === null) throw new CqlError(`${String(point)} has no ${step > 0 ? 'successor' : 'predecessor'}.`)
  return found
}

/** The step of a Decimal is that of its type, 10^-8, whatever was written. */
const nextDecimal = (value: Decimal, step: 1 | -1): Decimal | null => value.add(step > 0 ? STEP : STEP.negate())

function nextDateTime(point: CqlDateTime, step: 1 | -1): CqlDateTime | null {
  if (point.precision < Precision.Hour) {
    const day = nextDay(point.day, point.precision, step)
    return day === null ? null : new CqlDateTime(day, 0, point.precision, point.offset)
  }
  let ms = point.ms + step * STEP_MS[point.precision]!
  let day = point.day
  if (ms < 0 || ms >= MS_PER_DAY) {
    day += step
    ms -= step * MS_PER_DAY
  }
  return day < FIRST_DAY || day > LAST_DAY ? null : new CqlDateTime(day, ms, point.precision, point.offset)
}

function nextDate(point: CqlDate, step: 1 | -1): CqlDate | null {
  const day = nextDay(point.day, point.precision, step)
  return day === null ? null : new CqlDate(day, point.precision)
}

function nextDay(day: number, precision: Precision, step: 1 | -1): number | null {
  let next = day + step
  if (precision < Precision.Day) {
    const packed = packedDate(day)
    const months = Math.floor(packed / 10_000) * 12 + (Math.floor(packed / 100) % 100) - 1 + (precision === Precision.Year ? 12 : 1) * step
    if (months < 12 || months >= 120_000) return null
    next = epochDay(Math.floor(months / 12), (months % 12) + 1, 1)
  }
  return next < FIRST_DAY || next > LAST_DAY ? null : next
}

/** The last moment that a partial value may be, as low boundaries keep the first. */
export function lastDay(day: number, precision: Precision): number {
  if (precision >= Precision.Day) return day
  const packed = packedDate(day)
  const year = Math.floor(packed / 10_000)
  if (precision === Precision.Year) return epochDay(year, 12, 31)
  const month = Math.floor(packed / 100) % 100
  return epochDay(year, month, daysInMonth(year, month))
}

export const lastMs = (ms: number, precision: Precision): number => (precision >= Precision.Millisecond ? ms : ms + STEP_MS[precision]! - 1)
