import { Date as CqlDate, DateTime } from 'cql-execution'

const DATE_TIME = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d+))?)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/
const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/

/**
 * A FHIR dateTime or instant as CQL DateTime in the region's offset (minutes from UTC); null when it is not one.
 *
 * Times are moved into that offset here, once, because CQL compares at day precision without moving them: the
 * evening of 31 December must not become 1 January because a laboratory writes UTC. A value without a time zone is
 * the region's own.
 */
export function readDateTime(text: string, offsetMinutes: number): DateTime | null {
  const parts = DATE_TIME.exec(text)
  if (!parts) return null
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(numberOrNull) as [number, ...(number | null)[]]
  const millisecond = milliseconds(parts[7])
  const zone = parts[8]
  const hours = offsetMinutes / 60
  if (!zone || hour === null || hour === undefined) return dateTime([year, month, day, hour, minute, second, millisecond], hours)
  const written = Date.UTC(year, month! - 1, day!, hour, minute ?? 0, second ?? 0, millisecond ?? 0)
  const moved = new Date(written + (offsetMinutes - zoneMinutes(zone)) * 60_000)
  const fields = [moved.getUTCFullYear(), moved.getUTCMonth() + 1, moved.getUTCDate(), moved.getUTCHours()]
  return dateTime([...fields, minute === null ? null : moved.getUTCMinutes(), second ?? null, millisecond], hours)
}

export function readDate(text: string): CqlDate | null {
  const parts = DATE.exec(text)
  return parts && new CqlDate(...(parts.slice(1, 4).map(numberOrNull) as [number, number | null, number | null]))
}

/** CQL in JavaScript has no Time of its own: it is a DateTime in the year 0 without offset. */
export function readTime(text: string): DateTime | null {
  const parts = TIME.exec(text)
  if (!parts) return null
  const time = dateTime([0, 1, 1, Number(parts[1]), Number(parts[2]), numberOrNull(parts[3]), milliseconds(parts[4])], 0)
  time.timezoneOffset = null
  return time
}

function dateTime(fields: readonly (number | null | undefined)[], offsetHours: number): DateTime {
  const [year, month, day, hour, minute, second, millisecond] = fields.map((field) => field ?? null)
  return new DateTime(year, month, day, hour, minute, second, millisecond, offsetHours)
}

const numberOrNull = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits))
const milliseconds = (fraction: string | undefined): number | null =>
  fraction === undefined ? null : Number(fraction.slice(0, 3).padEnd(3, '0'))
const zoneMinutes = (zone: string): number =>
  zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)))
