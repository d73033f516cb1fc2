import { n, plural } from './counting.ts'

interface AboutConcern {
  readonly practice: string
  readonly day: string
  readonly span: string
  readonly minutes: number
}
const inHours = (minutes: number): string => `${n(Math.round((minutes / 60) * 10) / 10)} h`

export const careManagers = {
  title: 'Care managers',
  answer: (people: number, free: number) =>
    `${plural(people, 'care manager', 'care managers')}${free === 0 ? '' : `, ${n(free)} without a practice`}.`,
  assign: 'Assign to a practice',
  search: 'Search by name or practice',
  who: 'Care manager',
  practice: 'Practice',
  findWho: 'Find a care manager',
  findPractice: 'Find a practice',
  kind: 'As',
  kinds: { ASSIGNMENT: 'assigned', COVER: 'cover' },
  from: 'First day',
  until: 'Last day',
  untilHint: 'Leave empty when it is open.',
  duty: 'Work',
  hours: 'Hours of an ordinary week',
  noHours: 'None yet: without hours neither clashes nor overtime can be told.',
  addHours: 'Add hours',
  removeHoursOf: (line: number) => `Remove: hours ${n(line)}`,
  weekdayOf: (line: number) => `Weekday of hours ${n(line)}`,
  fromOf: (line: number) => `Hours ${n(line)} from`,
  untilOf: (line: number) => `Hours ${n(line)} until`,
  weekOf: (before: number, after: number, paid: number | null) =>
    `Agreed on for a week: ${inHours(before)} now, ${inHours(after)} with this${paid === null ? '; what is paid is not recorded.' : `, of ${inHours(paid)} paid.`}`,
  concerns: 'What this would meet',
  span: (from: string, until: string) => `${from} to ${until}`,
  spanFrom: (from: string) => `from ${from}`,
  concernOf: {
    CLASH: ({ practice, day, span, minutes }: AboutConcern) =>
      `${day}: at ${practice} at the same time for ${n(minutes)} minutes (${span}).`,
    NO_TIME_TO_TRAVEL: ({ practice, day, span, minutes }: AboutConcern) =>
      `${day}: the way to or from ${practice} takes ${n(minutes)} minutes, and there is less between the two (${span}).`,
    TRAVEL_UNKNOWN: ({ practice, day }: AboutConcern) =>
      `${day}: also at ${practice}; how long the way takes is not on record (Workforce, Travel between towns).`,
    OVERTIME: ({ span, minutes }: AboutConcern) => `${inHours(minutes)} more than the paid week (${span}).`,
    AWAY: ({ span }: AboutConcern) => `Away ${span}.`,
  },
  columns: { who: 'Care manager', practice: 'Practice', kind: 'As', from: 'From', until: 'Until', end: 'End' },
  coversFor: (who: string) => `cover for ${who}`,
  open: 'open',
  endOf: (who: string, practice: string) => `End the work of ${who} at ${practice}`,
  none: 'Nobody is assigned',
  noneAdvice: 'A care manager reads the charts of a practice while she is assigned to it.',
  noPeople: 'There is no care manager yet',
  noPeopleAdvice: 'The region administrator invites them on the People page.',
  unassigned: 'no practice',
  planned: (day: string) => `from ${day}`,
}
