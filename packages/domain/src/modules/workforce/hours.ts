import { type Refusal, refused } from '@carecommons/kernel'

/** A stretch of one day of every week. */
export interface WeeklyHours {
  /** ISO 8601: 1 is Monday, 7 Sunday. */
  readonly weekday: number
  /** Minutes after midnight, on the clocks of the region. */
  readonly from: number
  readonly until: number
}

const DAY = 24 * 60
const MOST = 28

export const minutesOf = (hours: readonly WeeklyHours[]): number => hours.reduce((sum, { from, until }) => sum + until - from, 0)

export const inOrder = (hours: readonly WeeklyHours[]): WeeklyHours[] =>
  hours.toSorted((a, b) => a.weekday - b.weekday || a.from - b.from || a.until - b.until)

/** Why such hours cannot be somebody's week; null when they can. */
export function unusableHours(hours: readonly WeeklyHours[]): Refusal | null {
  if (hours.length > MOST) return refused('TooManyHours', `A week takes up to ${MOST} stretches of hours.`)
  for (const { weekday, from, until } of hours) {
    if (weekday < 1 || weekday > 7) return refused('WeekdayUnknown', 'Weekdays are numbered 1 (Monday) to 7 (Sunday).')
    if (from < 0 || until > DAY || from >= until)
      return refused('HoursUnusable', 'Hours begin before they end, within one day: minutes after midnight from 0 to 1440.')
  }
  const sorted = inOrder(hours)
  const twice = sorted.some((one, i) => i > 0 && sorted[i - 1]!.weekday === one.weekday && sorted[i - 1]!.until > one.from)
  return twice ? refused('HoursOverlap', 'Two stretches of one day overlap.') : null
}
