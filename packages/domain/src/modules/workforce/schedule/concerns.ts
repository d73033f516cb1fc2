import { addDays, type Day } from '@carecommons/kernel'
import { inOrder, minutesOf, type WeeklyHours } from '../hours.ts'

/** Work that somebody has, or would have. */
export interface Work {
  /** The practice by name. */
  readonly practice: string
  /** Null: the practice tells no town. */
  readonly town: string | null
  readonly startsOn: Day
  /** The last day; null: open. */
  readonly endsOn: Day | null
  readonly hours: readonly WeeklyHours[]
}

export interface PersonAtWork {
  readonly homeBase: string | null
  /** Paid in an ordinary week; null: not recorded. */
  readonly weeklyMinutes: number | null
  readonly work: readonly Work[]
  /** Days on which the person is away for all or part of it. */
  readonly away: readonly { readonly from: Day; readonly until: Day }[]
}

export const concernKinds = ['clash', 'no-time-to-travel', 'travel-unknown', 'overtime', 'away'] as const
export type ConcernKind = (typeof concernKinds)[number]

/** Something to know before work is agreed on. It does not forbid it. */
export interface Concern {
  readonly kind: ConcernKind
  /** The other practice that it is about. */
  readonly practice: string | null
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number | null
  readonly from: Day
  /** The last day; null: open. */
  readonly until: Day | null
  /** Of a clash the minutes at both places, of travel those that it takes, of overtime those past the paid week. */
  readonly minutes: number | null
}

type Travel = (from: string | null, to: string | null) => number | null

/** What stands against somebody's new work: two places at once, no time for the way between them, more than the paid week, days away. */
export function concernsOf(person: PersonAtWork, wish: Work, travel: Travel): Concern[] {
  const beside = person.work.flatMap((work) => {
    const shared = common(work, wish)
    return shared ? [{ work, shared }] : []
  })
  return [
    ...beside.flatMap(({ work, shared }) => meetings(work, wish, travel).map((found) => ({ ...found, ...shared }))),
    ...overtime(person, wish),
    ...person.away.flatMap(({ from, until }) => {
      const shared = common({ startsOn: from, endsOn: until }, wish)
      return shared ? [{ kind: 'away', practice: null, weekday: null, ...shared, minutes: null } satisfies Concern] : []
    }),
  ]
}

type Span = Pick<Work, 'startsOn' | 'endsOn'>

/** The days that two spans share. */
function common(a: Span, b: Span): { from: Day; until: Day | null } | null {
  const from = a.startsOn > b.startsOn ? a.startsOn : b.startsOn
  const until = a.endsOn === null ? b.endsOn : b.endsOn === null ? a.endsOn : a.endsOn < b.endsOn ? a.endsOn : b.endsOn
  return until === null || from <= until ? { from, until } : null
}

/** Where the stretches of two works overlap, or follow one another faster than the way between them. */
function meetings(work: Work, wish: Work, travel: Travel): Meeting[] {
  return wish.hours.flatMap((here) =>
    work.hours
      .filter(({ weekday }) => weekday === here.weekday)
      .flatMap((there): Meeting[] => {
        const about = { practice: work.practice, weekday: here.weekday }
        const both = Math.min(here.until, there.until) - Math.max(here.from, there.from)
        if (both > 0) return [{ kind: 'clash', ...about, minutes: both }]
        if (!isNext(here, there, [...work.hours, ...wish.hours])) return []
        const way = travel(work.town, wish.town)
        if (way === null) return [{ kind: 'travel-unknown', ...about, minutes: null }]
        return -both < way ? [{ kind: 'no-time-to-travel', ...about, minutes: way }] : []
      }),
  )
}
type Meeting = Pick<Concern, 'kind' | 'practice' | 'weekday' | 'minutes'>

/** Whether no other stretch of the day lies between the two. */
const isNext = (a: WeeklyHours, b: WeeklyHours, all: readonly WeeklyHours[]): boolean => {
  const [first, second] = inOrder([a, b])
  return !all.some(({ weekday, from, until }) => weekday === a.weekday && from >= first!.until && until <= second!.from && until > from)
}

/** The first day from which the agreed hours of a week are more than the paid ones, and the most by which. */
function overtime({ weeklyMinutes, work }: PersonAtWork, wish: Work): Concern[] {
  if (weeklyMinutes === null) return []
  const over = minutesByDay(work, wish).filter(({ minutes }) => minutes > weeklyMinutes)
  if (over.length === 0) return []
  const most = Math.max(...over.map(({ minutes }) => minutes)) - weeklyMinutes
  return [{ kind: 'overtime', practice: null, weekday: null, from: over[0]!.day, until: over.at(-1)!.until, minutes: most }]
}

/** Agreed minutes of a week with the new work, from each day on which they change. */
export function minutesByDay(work: readonly Work[], wish: Work): { day: Day; until: Day | null; minutes: number }[] {
  const changes = work.flatMap(({ startsOn, endsOn }) => [startsOn, ...(endsOn === null ? [] : [addDays(endsOn, 1)])])
  const days = [...new Set([wish.startsOn, ...changes])]
    .filter((day) => day >= wish.startsOn && (wish.endsOn === null || day <= wish.endsOn))
    .toSorted()
  return days.map((day, i) => ({
    day,
    until: days[i + 1] === undefined ? wish.endsOn : addDays(days[i + 1]!, -1),
    minutes: minutesOf([...work, wish].filter((one) => isOn(one, day)).flatMap(({ hours }) => hours)),
  }))
}

export const isOn = ({ startsOn, endsOn }: Span, day: Day): boolean => startsOn <= day && (endsOn === null || endsOn >= day)
