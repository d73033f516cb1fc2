/** Days of the proleptic Gregorian calendar counted from 1970-01-01; years 1 to 9999 (CQL 1.5, Reference, Date). */
export const MS_PER_DAY = 86_400_000

const daysBefore = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const
const monthLengths = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const daysInMonth = (year: number, month: number): number => (month === 2 && isLeapYear(year) ? 29 : monthLengths[month]!)

export function epochDay(year: number, month: number, day: number): number {
  const past = year - 1
  const leaps = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400)
  return past * 365 + leaps + daysBefore[month]! + (month > 2 && isLeapYear(year) ? 1 : 0) + day - 1 - 719_162
}

export const FIRST_DAY: number = epochDay(1, 1, 1)
export const LAST_DAY: number = epochDay(9999, 12, 31)

/** Year, month and day packed as year * 10000 + month * 100 + day, so that taking a date apart allocates nothing. */
export function packedDate(day: number): number {
  // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: years that begin in March.
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const march = Math.floor((5 * dayOfYear + 2) / 153)
  const month = march < 10 ? march + 3 : march - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return year * 10_000 + month * 100 + (dayOfYear - Math.floor((153 * march + 2) / 5) + 1)
}

export const yearOf = (day: number): number => Math.floor(packedDate(day) / 10_000)
export const monthOf = (day: number): number => Math.floor(packedDate(day) / 100) % 100
export const dayOf = (day: number): number => packedDate(day) % 100
