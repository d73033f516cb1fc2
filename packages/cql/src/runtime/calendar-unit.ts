import { Precision } from './precision.ts'

/**
 * Units of durations (CQL 1.5, Author's Guide, Calendar Durations; Reference, Equal). From weeks down the calendar and UCUM mean
 * the same; a calendar year or month is no definite time, so it keeps a name that no UCUM unit has.
 */
const canonical: Record<string, string | undefined> = {
  year: 'year',
  years: 'year',
  month: 'month',
  months: 'month',
  week: 'wk',
  weeks: 'wk',
  day: 'd',
  days: 'd',
  hour: 'h',
  hours: 'h',
  minute: 'min',
  minutes: 'min',
  second: 's',
  seconds: 's',
  millisecond: 'ms',
  milliseconds: 'ms',
}

/** One name for each unit that means the same: `days`, `day` and `d` are `d`. */
export const canonicalUnit = (unit: string): string => canonical[unit] ?? (unit === '' ? '1' : unit)

/** What a calendar unit is worth in the other; null where one of them is no calendar year or month. */
export function calendarFactor(from: string, to: string): number | null {
  if (from === 'year' && to === 'month') return 12
  return null
}

const precisions: Record<string, Precision | undefined> = {
  year: Precision.Year,
  month: Precision.Month,
  wk: Precision.Week,
  d: Precision.Day,
  h: Precision.Hour,
  min: Precision.Minute,
  s: Precision.Second,
  ms: Precision.Millisecond,
}

/** The precision at which a quantity of this unit moves a date; null for `a`, `mo` and everything that is no time. */
export const unitPrecision = (unit: string): Precision | null => precisions[canonicalUnit(unit)] ?? null
