/** A calendar day without time or zone, `YYYY-MM-DD`. */
export type Day = string & { readonly __day?: true }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_PER_DAY = 86_400_000

export function isDay(value: string): value is Day {
  const match = DAY.exec(value)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** Days in a month of the proleptic Gregorian calendar; month is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

export const addDays = (day: Day, days: number): Day => toDay(epochDay(day) + days)

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => epochDay(to) - epochDay(from)

/** So many months later or earlier: the same day, or the last of a month that is too short for it. */
export function addMonths(day: Day, months: number): Day {
  const first = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1 + months, 1))
  const last = daysInMonth(first.getUTCFullYear(), first.getUTCMonth() + 1)
  return addDays(first.toISOString().slice(0, 10) as Day, Math.min(Number(day.slice(8)), last) - 1)
}

/** Completed years of age on a day: a birthday on 29 February is reached on 1 March of common years. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years
}

/** The calendar day that an instant falls on in a time zone (IANA name). */
export function dayIn(zone: string, instant: Date): Day {
  const minute = Math.floor(instant.getTime() / MS_PER_MINUTE)
  const last = lastDays.get(zone)
  if (last?.minute === minute) return last.day
  const day = formattedDay(zone, instant)
  // Clocks have been whole minutes ahead of UTC or behind it everywhere since 1972: a day begins with a minute.
  if (instant.getUTCFullYear() > 1972) lastDays.set(zone, { minute, day })
  return day
}
/** Of a time zone, what was asked for last: most ask for today. */
const lastDays = new Map<string, { readonly minute: number; readonly day: Day }>()
const MS_PER_MINUTE = 60_000

function formattedDay(zone: string, instant: Date): Day {
  const format =
    dayFormats.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  dayFormats.set(zone, format)
  return format.format(instant) as Day
}
/** A format takes twenty times as long to make as to use. */
const dayFormats = new Map<string, Intl.DateTimeFormat>()

const epochDay = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / MS_PER_DAY
const toDay = (epoch: number): Day => new Date(epoch * MS_PER_DAY).toISOString().slice(0, 10) as Day

/** Minutes by which a time zone's clocks are ahead of UTC at the start of a day: -300 in New York on 1 January. */
export function offsetMinutesIn(zone: string, day: Day): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(`${day}T12:00:00Z`))
    .find((part) => part.type === 'timeZoneName')?.value
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '')
  return match ? (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) : 0
}
