import { canonicalUnit } from './calendar-unit.ts'
import { FIRST_DAY, LAST_DAY, MS_PER_DAY, daysInMonth, epochDay, packedDate } from './civil.ts'
import { CqlError } from './cql-error.ts'
import { Precision, STEP_MS } from './precision.ts'
import type { Quantity } from './structured-values.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/**
 * A date or time moved by a duration (CQL 1.5, Reference, Add and Subtract of dates and times): by calendar years and months,
 * landing on the last day of a month that is too short. A duration finer than the value is first counted in the value's own precision.
 * Null of an end of the range, which stands for no end, that is moved out of it.
 */
export function addToDate(date: CqlDate, duration: Quantity, sign: 1 | -1): CqlDate | null {
  const { unit, count } = steps(duration, date.precision, sign)
  const day = movedDay(date.day, unit, count)
  return day === null ? null : new CqlDate(day, date.precision)
}

export function addToDateTime(at: CqlDateTime, duration: Quantity, sign: 1 | -1): CqlDateTime | null {
  const { unit, count } = steps(duration, at.precision, sign)
  if (unit <= Precision.Day || unit === Precision.Week) {
    const day = movedDay(at.day, unit, count)
    return day === null ? null : new CqlDateTime(day, at.ms, at.precision, at.offset)
  }
  const total = at.ms + count * STEP_MS[unit]!
  const days = Math.floor(total / MS_PER_DAY)
  const day = inRange(at.day + days, at.day)
  return day === null ? null : new CqlDateTime(day, total - days * MS_PER_DAY, at.precision, at.offset)
}

/** The clock goes round: an hour after 23:30 it is 00:30. */
export function addToTime(at: CqlTime, duration: Quantity, sign: 1 | -1): CqlTime {
  const { unit, count } = steps(duration, at.precision, sign)
  if (unit < Precision.Hour || unit === Precision.Week) throw new CqlError(`A time of day cannot be moved by ${duration.unit}.`)
  const total = (at.ms + count * STEP_MS[unit]!) % MS_PER_DAY
  return new CqlTime(total < 0 ? total + MS_PER_DAY : total, at.precision)
}

const units: Record<string, Precision | undefined> = {
  year: Precision.Year,
  month: Precision.Month,
  // Definite years and months are accepted as calendar ones, as both published engines do.
  a: Precision.Year,
  mo: Precision.Month,
  wk: Precision.Week,
  d: Precision.Day,
  h: Precision.Hour,
  min: Precision.Minute,
  s: Precision.Second,
  ms: Precision.Millisecond,
}

/** Whole steps of a unit that the value can take; fractions count only where seconds hold milliseconds. */
function steps(duration: Quantity, known: Precision, sign: 1 | -1): { unit: Precision; count: number } {
  const unit = units[duration.unit] ?? units[canonicalUnit(duration.unit)]
  if (unit === undefined) throw new CqlError(`A date or time cannot be moved by ${duration.unit}.`)
  if (unit === Precision.Second && known === Precision.Millisecond) {
    return { unit: Precision.Millisecond, count: sign * Math.trunc(duration.value.toNumber() * 1000) }
  }
  const whole = Math.trunc(duration.value.toNumber())
  if (unit === Precision.Week)
    return known >= Precision.Day ? { unit, count: sign * whole } : coarser(whole * 7, Precision.Day, known, sign)
  return unit <= known ? { unit, count: sign * whole } : coarser(whole, unit, known, sign)
}

/** How many of the coarser unit make one of a finer: 1 year is 12 months or 365 days, 1 month 30 days (Reference, Equal). */
function coarser(count: number, unit: Precision, known: Precision, sign: 1 | -1): { unit: Precision; count: number } {
  if (unit === Precision.Month) return { unit: Precision.Year, count: sign * Math.trunc(count / 12) }
  const ms = count * STEP_MS[unit]!
  if (known >= Precision.Day) return { unit: known, count: sign * Math.trunc(ms / STEP_MS[known]!) }
  return { unit: known, count: sign * Math.trunc(ms / MS_PER_DAY / (known === Precision.Year ? 365 : 30)) }
}

function movedDay(day: number, unit: Precision, count: number): number | null {
  if (unit === Precision.Day) return inRange(day + count, day)
  if (unit === Precision.Week) return inRange(day + count * 7, day)
  const packed = packedDate(day)
  const months = Math.floor(packed / 10_000) * 12 + (Math.floor(packed / 100) % 100) - 1 + count * (unit === Precision.Year ? 12 : 1)
  const year = Math.floor(months / 12)
  if (year < 1 || year > 9999) return outOfRange(day)
  const month = (months % 12) + 1
  return epochDay(year, month, Math.min(packed % 100, daysInMonth(year, month)))
}

const inRange = (day: number, from: number): number | null => (day >= FIRST_DAY && day <= LAST_DAY ? day : outOfRange(from))

/**
 * A stay that goes on ends at the last moment there is (Reference, End), and 30 days after that nobody knows when: one such stay must not
 * take everything else of the chart with it. What has a date of its own is past the range by mistake.
 */
function outOfRange(from: number): null {
  if (from === FIRST_DAY || from === LAST_DAY) return null
  throw new CqlError('A date was moved out of the years 1 to 9999.')
}
