import { n } from './counting.ts'

export const huddle = {
  title: 'Huddle',
  answer: (total: number, done: number, day: string) =>
    total === 0
      ? `Nobody is on the list for ${day}.`
      : `${total === 1 ? '1 person' : `${n(total)} people`} to talk about on ${day}${done === 0 ? '.' : `, ${n(done)} done.`}`,
  day: 'Day of the huddle',
  none: 'Nobody is on this list yet',
  noneAdvice: 'Open a patient from the registry and add them: who is overdue, who got worse, who came home, who has nobody.',
  list: 'Who is talked about',
  leftOpen: 'Left open before',
  leftOpenNote: 'From the two weeks before, not done and not carried over.',
  columns: ['Patient', 'Why', 'Where they stand', 'What came of it'],
  columnsOfDesk: ['Patient', 'What came of it'],
  reasons: {
    OVERDUE: 'Something is overdue',
    WORSE: 'Got worse',
    CAME_HOME: 'Came home from hospital',
    NOBODY: 'Has nobody',
    OTHER: 'Another reason',
  },
  addedBy: (who: string) => `added by ${who}`,
  on: (day: string) => `for ${day}`,
  carriedFrom: (day: string) => `from ${day}`,
  gaps: (count: number) => (count === 1 ? '1 open gap' : `${n(count)} open gaps`),
  lastVisit: (day: string) => `last visit ${day}`,
  neverSeen: 'no visit on file',
  lead: (who: string) => `care manager ${who}`,
  noLead: 'no care manager',
  ended: {
    DONE: (who: string) => `Done, ${who}`,
    CARRIED: (who: string) => `Carried over, ${who}`,
    REMOVED: (who: string) => `Taken off, ${who}`,
  },
  done: 'Done',
  carry: 'Carry over',
  remove: 'Take off',
  act: (verb: string, name: string) => `${verb}: ${name}`,
  add: 'Add to huddle',
  addTitle: 'Add to the huddle',
  addMany: (people: number) => `Add ${n(people)} people to the huddle`,
  addExplained:
    'Everybody in the practice who opens charts reads this list, and so do its care managers. Write nothing that is under special protection.',
  reason: 'Why',
  words: 'In own words',
  wordsHint: 'Up to 500 characters. May stay empty unless the reason is another one.',
  onList: (day: string) => `On the list for ${day}.`,
  open: 'Open the huddle',
}
