import { n, plural } from './counting.ts'

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
