import { words } from '../words/index.ts'

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(words.locale.dates, options)
const dayMonth = format({ day: 'numeric', month: 'short', timeZone: 'UTC' })
const dayMonthYear = format({ day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
const full = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** `12 Mar`, with the year when it is not this one. */
export function shortDay(day: string, today = new Date().toISOString().slice(0, 10)): string {
  return (day.slice(0, 4) === today.slice(0, 4) ? dayMonth : dayMonthYear).format(utc(day))
}

/** `Thursday 12 March 2026` */
export const fullDay = (day: string): string => full.format(utc(day))

/** `12 Mar, 14:05`, on the region's wall clock. */
export const shortInstant = (instant: string, timeZone: string): string =>
  format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(instant))

export const fullInstant = (instant: string, timeZone: string): string =>
  format({ dateStyle: 'full', timeStyle: 'long', timeZone }).format(new Date(instant))

/** The day an instant falls on in a time zone. */
export const dayOf = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant))

/** So many days later, or earlier. */
export const addDays = (day: string, days: number): string => new Date(utc(day).getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, -((utc(day).getUTCDay() + 6) % 7))

/** `2025` for a calendar year, `1 Apr 2025 – 31 Mar 2026` otherwise. */
export function periodName(period: { start: string; end: string }): string {
  const year = period.start.slice(0, 4)
  if (period.start === `${year}-01-01` && period.end === `${year}-12-31`) return year
  return dayMonthYear.formatRange(utc(period.start), utc(period.end))
}

/** Seconds as `48 s` or `3 min 5 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? words.time.seconds(whole) : words.time.minutes(Math.floor(whole / 60), whole % 60)
}

const month = format({ month: 'short', year: 'numeric', timeZone: 'UTC' })
/** `Oct 2025`: the month that a day is in. */
export const monthName = (day: string): string => month.format(utc(day))
