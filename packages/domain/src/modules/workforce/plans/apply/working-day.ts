import type { Day } from '@carecommons/kernel'
import type { WorkingDay } from './place-hours.ts'

interface DatedDay extends WorkingDay {
  readonly since: Day
  readonly source: string
}

/** Between which hours a plan puts new work, and how much of it on one day. In dated rows: the latest that has begun counts. */
const workingDays: readonly DatedDay[] = [
  {
    since: '2020-01-01',
    from: 8 * 60,
    until: 17 * 60,
    most: 8 * 60,
    source: 'CareCommons: a beginning, until the region agrees on its own.',
  },
]

export const workingDayOn = (day: Day): DatedDay => workingDays.findLast(({ since }) => since <= day)!
