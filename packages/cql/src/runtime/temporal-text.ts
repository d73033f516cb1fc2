import { MS_PER_DAY, daysInMonth, epochDay } from './civil.ts'
import { Precision } from './precision.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

const TEXT = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(?:(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?)?$/
const TIME = /^T?(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(?:Z|[+-]\d{2}:\d{2})?$/

/**
 * Dates and times as text, ISO 8601 to any precision (CQL 1.5, Reference, ToDate, ToDateTime and ToTime); null for what is none.
 * A zone counts in a DateTime, where none is that of the evaluation, and is read over in a Time.
 */
export function parseDateTime(text: string, offset: number): CqlDateTime | null {
  const parts = TEXT.exec(text)
  if (!parts) return null
  const date = dateFrom(parts)
  if (!date || parts[4] === undefined) return date && new CqlDateTime(date.day, 0, date.precision, offset)
  const time = timeFrom(parts[4], parts[5], parts[6], parts[7])
  const zone = zoneOf(parts[8], offset)
  return time && zone !== null ? new CqlDateTime(date.day, time.ms, time.precision, zone) : null
}

/** A text of date and time is its date. */
export function parseDate(text: string): CqlDate | null {
  const parts = TEXT.exec(text)
  return parts && dateFrom(parts)
}

export function parseTime(text: string): CqlTime | null {
  const parts = TIME.exec(text)
  return parts && timeFrom(parts[1]!, parts[2], parts[3], parts[4])
}

function dateFrom(parts: RegExpExecArray): CqlDate | null {
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return new CqlDate(
    epochDay(year, month, day),
    parts[2] === undefined ? Precision.Year : parts[3] === undefined ? Precision.Month : Precision.Day,
  )
}

function timeFrom(hour: string, minute?: string, second?: string, fraction?: string): CqlTime | null {
  const ms =
    Number(hour) * 3_600_000 +
    Number(minute ?? 0) * 60_000 +
    Number(second ?? 0) * 1000 +
    Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  if (Number(minute ?? 0) > 59 || Number(second ?? 0) > 59 || ms >= MS_PER_DAY) return null
  const given = [minute, second, fraction].filter((part) => part !== undefined).length
  return new CqlTime(ms, (Precision.Hour + given) as Precision)
}

function zoneOf(text: string | undefined, offset: number): number | null {
  if (text === undefined) return offset
  if (text === 'Z') return 0
  const [hours, minutes] = [Number(text.slice(1, 3)), Number(text.slice(4, 6))]
  if (hours > 14 || minutes > 59) return null
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}
