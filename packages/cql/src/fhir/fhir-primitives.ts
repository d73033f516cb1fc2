import { system, type NamedType } from '../elm/static-type.ts'
import { daysInMonth, epochDay, MS_PER_DAY } from '../runtime/civil.ts'
import { CqlDate, CqlDateTime, CqlTime, Decimal, Precision } from '../runtime/values.ts'
import { absent, withoutValue } from './misshapen-element.ts'
import { offsetIn, staysAsWritten, type RecordZone } from './record-zone.ts'

const TIME = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?$/

/** Of 20 digits before the point, as CQL has them. */
const readDecimal = (value: number): Decimal | null => (Math.abs(value) < 1e20 ? Decimal.of(value) : null)

/**
 * A FHIR dateTime or instant as a CQL DateTime in the region's offset (minutes from UTC); null when it is not one.
 *
 * Times are moved into that offset here, once, because CQL compares at day precision without moving them: the evening
 * of 31 December must not become 1 January because a laboratory writes UTC. A value without a zone is the region's own.
 * Decks of published cases are read to the letter instead: a written zone stays (`record-zone.ts`).
 */
export function readDateTime(text: string, zone: RecordZone): CqlDateTime | null {
  if (text.length <= 10) return withoutTime(text, offsetIn(zone))
  const day = dayAt(text)
  const hour = number(text, 11, 2)
  if (day === null || text.charCodeAt(10) !== 84 || !(hour <= 23)) return null
  let [at, precision, ms] = [13, Precision.Hour as Precision, hour * 3_600_000]
  if (text.charCodeAt(at) === 58) {
    const minute = number(text, at + 1, 2)
    if (!(minute <= 59)) return null
    ;[at, precision, ms] = [16, Precision.Minute, ms + minute * 60_000]
    if (text.charCodeAt(at) === 58) {
      const second = number(text, at + 1, 2)
      if (!(second <= 60)) return null
      ;[at, precision, ms] = [19, Precision.Second, ms + Math.min(second, 59) * 1000]
      if (text.charCodeAt(at) === 46) {
        const end = digitsEnd(text, at + 1)
        if (end === at + 1) return null
        ms += fraction(text, at + 1, end)
        ;[at, precision] = [end, Precision.Millisecond]
      }
    }
  }
  if (at === text.length) return new CqlDateTime(day, ms, precision, offsetIn(zone))
  const written = zoneMinutes(text, at)
  if (written !== written) return null
  if (staysAsWritten(zone)) return new CqlDateTime(day, ms, precision, written)
  const moved = ms + (zone - written) * 60_000
  const days = Math.floor(moved / MS_PER_DAY)
  return new CqlDateTime(day + days, moved - days * MS_PER_DAY, precision, zone)
}

function digitsEnd(text: string, from: number): number {
  let at = from
  while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  return at
}

/** Milliseconds of a fraction of a second; what is finer is cut off. */
function fraction(text: string, from: number, end: number): number {
  let ms = 0
  for (let index = 0; index < 3; index++) ms = ms * 10 + (from + index < end ? text.charCodeAt(from + index) - 48 : 0)
  return ms
}

/** Minutes that a zone, which must be the rest of the text, is ahead of UTC; NaN when it is none. */
function zoneMinutes(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === 90) return text.length === at + 1 ? 0 : NaN
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return NaN
  const [hours, rest] = [number(text, at + 1, 2), number(text, at + 4, 2)]
  // FHIR R4, dateTime: up to 14:00.
  if (!(rest <= 59 && hours * 60 + rest <= 840)) return NaN
  return (sign === 45 ? -1 : 1) * (hours * 60 + rest)
}

function withoutTime(text: string, offset: number): CqlDateTime | null {
  const date = readDate(text)
  return date && new CqlDateTime(date.day, 0, date.precision, offset)
}

/** A FHIR date, which may lack day and month. */
export function readDate(text: string): CqlDate | null {
  if (text.length === 10) {
    const day = dayAt(text)
    return day === null ? null : new CqlDate(day, Precision.Day)
  }
  const parts = /^(\d{4})(?:-(\d\d))?$/.exec(text)
  if (!parts) return null
  const [year, month] = [Number(parts[1]), Number(parts[2] ?? 1)]
  if (year < 1 || month < 1 || month > 12) return null
  return new CqlDate(epochDay(year, month, 1), parts[2] === undefined ? Precision.Year : Precision.Month)
}

export function readTime(text: string): CqlTime | null {
  const parts = TIME.exec(text)
  if (!parts) return null
  const [hour, minute, second] = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)]
  if (hour > 23 || minute > 59 || second > 60) return null
  const ms = (hour * 60 + minute) * 60_000 + Math.min(second, 59) * 1000 + milliseconds(parts[4])
  return new CqlTime(ms, parts[3] === undefined ? Precision.Minute : secondPrecision(parts[4]))
}

/** The day that a text begins with (`2026-12-31`), counted from 1970-01-01. */
function dayAt(text: string): number | null {
  const year = number(text, 0, 4)
  const month = number(text, 5, 2)
  const day = number(text, 8, 2)
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return null
  return day <= daysInMonth(year, month) ? epochDay(year, month, day) : null
}

/** Digits as a number; NaN where one is missing. */
function number(text: string, from: number, length: number): number {
  let value = 0
  for (let index = from; index < from + length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (!(digit >= 0 && digit <= 9)) return NaN
    value = value * 10 + digit
  }
  return value
}

const secondPrecision = (fraction: string | undefined): Precision => (fraction === undefined ? Precision.Second : Precision.Millisecond)
const milliseconds = (fraction: string | undefined): number => (fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0')))

/** The System value of a primitive's JSON; null for what is not shaped like one. */
export function readPrimitive(value: unknown, type: NamedType, offset: number): unknown {
  switch (type) {
    case system.boolean:
      return typeof value === 'boolean' ? value : null
    case system.integer:
      return typeof value === 'number' && (value | 0) === value ? value : null
    case system.decimal:
      return typeof value === 'number' ? readDecimal(value) : null
    case system.dateTime:
      return typeof value === 'string' ? readDateTime(value, offset) : null
    case system.date:
      return typeof value === 'string' ? readDate(value) : null
    case system.time:
      return typeof value === 'string' ? readTime(value) : null
    default:
      return typeof value === 'string' ? value : null
  }
}

/** The same of an element that the logic reads: what is there and cannot be read stops it. */
export const primitiveOf = (value: unknown, type: NamedType, offset: number): unknown =>
  readPrimitive(value, type, offset) ?? withoutValue(value)

export const decimalOf = (value: number): Decimal | null => readDecimal(value) ?? absent(value)
export const dateTimeOf = (text: string, offset: number): CqlDateTime | null => readDateTime(text, offset) ?? absent(text)
export const dateOf = (text: string): CqlDate | null => readDate(text) ?? absent(text)
export const timeOf = (text: string): CqlTime | null => readTime(text) ?? absent(text)
