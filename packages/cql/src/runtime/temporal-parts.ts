import { daysInMonth, epochDay, MS_PER_DAY } from './civil.ts'
import { CqlError } from './cql-error.ts'
import { Decimal } from './decimal.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import { Precision } from './precision.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

type Component = number | null

/** `Date(year, month, day)` (CQL 1.5, Reference, Date): nothing finer may follow what is null. */
export function date(year: Component, month: Component = null, day: Component = null): CqlDate | null {
  const precision = precisionOf([year, month, day], 'Date')
  if (precision === 0) return null
  return new CqlDate(checkedDay(year!, month ?? 1, day ?? 1), precision)
}

/** `DateTime(...)` (Reference, DateTime); `timezoneOffset` in hours, that of the evaluation when null. */
export function dateTime(
  ctx: EvaluationContext,
  year: Component,
  month: Component = null,
  day: Component = null,
  hour: Component = null,
  minute: Component = null,
  second: Component = null,
  millisecond: Component = null,
  timezoneOffset: Decimal | number | null = null,
): CqlDateTime | null {
  const precision = precisionOf([year, month, day, hour, minute, second, millisecond], 'DateTime')
  if (precision === 0) return null
  const offset = timezoneOffset === null ? ctx.now.offset : Math.round(Number(timezoneOffset.toString()) * 60)
  return new CqlDateTime(checkedDay(year!, month ?? 1, day ?? 1), checkedMs(hour, minute, second, millisecond), precision, offset)
}

/** `Time(...)` (Reference, Time). */
export function time(hour: Component, minute: Component = null, second: Component = null, millisecond: Component = null): CqlTime | null {
  const precision = precisionOf([hour, minute, second, millisecond], 'Time')
  if (precision === 0) return null
  return new CqlTime(checkedMs(hour, minute, second, millisecond), (precision + Precision.Day) as Precision)
}

function precisionOf(components: readonly Component[], type: string): Precision | 0 {
  const missing = components.indexOf(null)
  if (missing === -1) return components.length as Precision
  if (components.slice(missing).some((component) => component !== null)) {
    throw new CqlError(`A ${type} was given a component below one that is null.`)
  }
  return missing as Precision | 0
}

function checkedDay(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new CqlError('A date has a component out of range.')
  }
  return epochDay(year, month, day)
}

function checkedMs(hour: Component, minute: Component, second: Component, millisecond: Component): number {
  const [h, m, s, ms] = [hour ?? 0, minute ?? 0, second ?? 0, millisecond ?? 0]
  if (h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 59 || ms < 0 || ms > 999)
    throw new CqlError('A time has a component out of range.')
  return h * 3_600_000 + m * 60_000 + s * 1000 + ms
}

/** `year from` and the others (Reference, Date and Time Component From); null where the value ends before. */
export function dateTimeComponentFrom(value: CqlDate | CqlDateTime | CqlTime | null, precision: Precision): number | null {
  if (value === null) return null
  switch (precision) {
    case Precision.Year:
      return value instanceof CqlTime ? null : value.year
    case Precision.Month:
      return value instanceof CqlTime ? null : value.month
    case Precision.Day:
      return value instanceof CqlTime ? null : value.dayOfMonth
    case Precision.Hour:
      return value instanceof CqlDate ? null : value.hour
    case Precision.Minute:
      return value instanceof CqlDate ? null : value.minute
    case Precision.Second:
      return value instanceof CqlDate ? null : value.second
    case Precision.Millisecond:
      return value instanceof CqlDate ? null : value.millisecond
    default:
      throw new CqlError('A week is no component of a date.')
  }
}

/** The date in the zone of the evaluation, as its time (Reference, Component From). */
export function dateFrom(ctx: EvaluationContext, value: CqlDateTime | CqlDate | null): CqlDate | null {
  if (!(value instanceof CqlDateTime) || value.precision < Precision.Hour) return withoutTime(value)
  return new CqlDate(value.day + Math.floor((value.ms + (ctx.now.offset - value.offset) * 60_000) / MS_PER_DAY), Precision.Day)
}

/** The date as written, in its own zone. */
export function withoutTime(value: CqlDateTime | CqlDate | null): CqlDate | null {
  if (value === null || value instanceof CqlDate) return value
  return new CqlDate(value.day, value.precision < Precision.Day ? value.precision : Precision.Day)
}

/** The time of day in the zone of the evaluation. */
export function timeFrom(ctx: EvaluationContext, value: CqlDateTime | null): CqlTime | null {
  if (value === null || value.precision < Precision.Hour) return null
  const ms = (((value.ms + (ctx.now.offset - value.offset) * 60_000) % 86_400_000) + 86_400_000) % 86_400_000
  return new CqlTime(ms, value.precision)
}

/** Hours ahead of UTC. */
export const timezoneOffsetFrom = (value: CqlDateTime | null): Decimal | null =>
  value === null ? null : Decimal.of(value.offset).divide(Decimal.of(60))

/** Reference, Now, Today and TimeOfDay: one moment for the whole evaluation. */
export const now = (ctx: EvaluationContext): CqlDateTime => ctx.now
export const today = (ctx: EvaluationContext): CqlDate => new CqlDate(ctx.now.day, Precision.Day)
export const timeOfDay = (ctx: EvaluationContext): CqlTime => new CqlTime(ctx.now.ms, ctx.now.precision)
