import { n, plural } from './counting.ts'

const hours = (minutes: number): string => `${n(Math.round(minutes / 6) / 10)} h`
type Kind = 'STAYS' | 'BEGINS' | 'CHANGES' | 'ENDS'

export const planInForce = {
  title: 'Put the plan in force',
  note: 'From its first day on, tomorrow at the earliest. Before that you see what it changes, person by person, and every handoff that follows.',
  inForceTitle: 'Plan in force',
  look: 'See what it would change',
  refused: 'This plan cannot be put in force',
  summary: (day: string, { changes }: { changes: readonly { kind: Kind }[] }) => {
    const of = (kind: Kind, one: string, several: string): string[] => {
      const many = changes.filter((change) => change.kind === kind).length
      return many === 0 ? [] : [plural(many, one, several)]
    }
    const parts = [
      ...of('BEGINS', 'assignment begins', 'assignments begin'),
      ...of('ENDS', 'ends', 'end'),
      ...of('CHANGES', 'gets other hours', 'get other hours'),
      ...of('STAYS', 'stays as it is', 'stay as they are'),
    ]
    return `From ${day}: ${parts.length === 0 ? 'nothing changes' : parts.join(', ')}. Covers and other work are not touched.`
  },
  withNobody: (names: readonly string[]) => `On the first day nobody would work at ${names.join(', ')}.`,
  changes: 'What changes',
  changesHead: ['Who, where', 'What', 'Hours', 'A week', 'What stands against it'],
  what: (duty: string, kind: Kind, until: string | null) =>
    `${duty}, ${
      {
        STAYS: 'stays',
        BEGINS: until === null ? 'begins' : `begins, until ${until}`,
        CHANGES: until === null ? 'other hours' : `other hours, until ${until}`,
        ENDS: `ends on ${until ?? ''}`,
      }[kind]
    }`,
  times: (from: string, until: string) => `${from}–${until}`,
  on: (weekday: string, times: readonly string[]) => `${weekday} ${times.join(', ')}`,
  noHours: 'none agreed on',
  until: (text: string) => `So far ${text}`,
  then: (text: string) => `Then ${text}`,
  fromTo: (before: number, after: number) => `${hours(before)} → ${hours(after)}`,
  nothingAgainst: 'Nothing',
  handoffs: 'Handoffs it causes',
  handoffsNote: 'People who are led there, as numbers. Nobody is moved by the plan; choose for each whom to ask under',
  toCaseload: 'Caseload',
  handoffsHead: ['Who hands over, where', 'Why', 'People', 'Points', 'Due by a week in', 'Who could take them'],
  leaves: 'Does not work there any more',
  fewer: (minutes: number) => `${hours(minutes)} a week less`,
  count: (many: number) => n(many),
  taker: (name: string, minutes: number) => `${name}, ${hours(minutes)} a week there`,
  noTaker: 'Nobody in the plan',
  handoffsCaused: (many: number) => `It causes ${plural(many, 'handoff', 'handoffs')}: nobody is handed over by itself.`,
  nothing: 'Everybody works as this plan has it already.',
  impossible: 'It cannot be put in force as things stand',
  impossibleAdvice:
    'The table says what stands against it. Change that, or pin and rule out in the grid, and have another plan worked out.',
  apply: 'Put in force',
  applyTitle: (day: string) => `Put the plan in force from ${day}`,
  applyWhat:
    'Access to charts follows: it opens on the first day and closes with the last. You can take all of it back within a day, before the first day begins.',
  inForce: (day: string, since: boolean) => (since ? `In force since ${day}` : `In force from ${day}`),
  by: (name: string, at: string) => `${name} put it in force on ${at}.`,
  undo: 'Take back',
  undoUntil: (at: string) => `It can be taken back until ${at}.`,
  undoOver: 'It cannot be taken back any more. Change assignments one by one, or put another plan in force.',
  undoTitle: 'Take the plan back',
  undoWhat: 'Everybody works as they would have without it. Nothing is taken back if somebody changed a part of it since.',
  undone: (name: string, at: string) => `${name} took it back on ${at}.`,
}
