import { coarseDay, coarseMs } from './coarsened.ts'
import { Decimal } from './decimal.ts'
import { lastDay, lastMs } from './point.ts'
import { Precision } from './precision.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/** Digits of a date, date and time, or time, by precision: 4 is a year, 17 down to milliseconds (CQL 1.5, Reference, Precision). */
const dateDigits = [0, 4, 6, 8, 10, 12, 14, 17] as const
const timeDigits = [0, 0, 0, 0, 2, 4, 6, 9] as const

export function precision(value: Decimal | CqlDate | CqlDateTime | CqlTime | null): number | null {
  if (value === null) return null
  if (value instanceof Decimal) return value.scale
  return (value instanceof CqlTime ? timeDigits : dateDigits)[value.precision as 1] ?? null
}

/** The greatest value that it may stand for (Reference, HighBoundary), in so many digits; null for more digits than there are. */
export function highBoundary(value: unknown, digits: number | null): unknown {
  return boundary(value, digits, 1)
}

/** The least value that it may stand for (Reference, LowBoundary). */
export function lowBoundary(value: unknown, digits: number | null): unknown {
  return boundary(value, digits, -1)
}

function boundary(value: unknown, digits: number | null, sign: 1 | -1): unknown {
  if (value instanceof Decimal) return decimalBoundary(value, digits ?? 8, sign)
  if (value instanceof CqlDate) return dateBoundary(value, precisionFor(dateDigits, digits ?? 8, Precision.Day), sign)
  if (value instanceof CqlDateTime) return dateTimeBoundary(value, precisionFor(dateDigits, digits ?? 17, Precision.Millisecond), sign)
  if (value instanceof CqlTime) return timeBoundary(value, precisionFor(timeDigits, digits ?? 9, Precision.Millisecond), sign)
  return null
}

function precisionFor(table: readonly number[], digits: number, finest: Precision): Precision | null {
  const found = table.indexOf(digits)
  return found > 0 && found <= finest ? (found as Precision) : null
}

/** Digits that were not written may have been anything: 1.587 reaches from 1.58700000 to 1.58799999. */
function decimalBoundary(value: Decimal, digits: number, sign: 1 | -1): Decimal | null {
  if (digits < 0 || digits > 8) return null
  const cut = 10n ** BigInt(8 - Math.min(digits, 8))
  const written = 10n ** BigInt(8 - value.scale)
  const units = value.wideUnits()
  const outward = sign > 0 === units >= 0n
  const farthest = outward && digits > value.scale ? units + (units < 0n ? -(written - 1n) : written - 1n) : units
  return Decimal.fromUnits(farthest - (farthest % cut), digits)
}

function dateBoundary(value: CqlDate, precision: Precision | null, sign: 1 | -1): CqlDate | null {
  if (precision === null) return null
  return new CqlDate(coarseDay(sign > 0 ? lastDay(value.day, value.precision) : value.day, precision), precision)
}

function dateTimeBoundary(value: CqlDateTime, precision: Precision | null, sign: 1 | -1): CqlDateTime | null {
  if (precision === null) return null
  const day = sign > 0 ? lastDay(value.day, value.precision) : value.day
  const ms = sign > 0 ? lastMs(value.ms, value.precision) : value.ms
  return new CqlDateTime(coarseDay(day, precision), coarseMs(ms, precision), precision, value.offset)
}

function timeBoundary(value: CqlTime, precision: Precision | null, sign: 1 | -1): CqlTime | null {
  if (precision === null) return null
  return new CqlTime(coarseMs(sign > 0 ? lastMs(value.ms, value.precision) : value.ms, precision), precision)
}
