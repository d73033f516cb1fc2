import { n, plural } from './counting.ts'

export const improvement = {
  title: 'What you try',
  note: 'aim, change and what came of it; drawn into the measure’s chart',
  none: 'Nothing is being tried yet',
  noneAdvice:
    'Write down what you do otherwise and since when. The chart of its measure shows the day, and the years before and since are compared.',
  begin: 'Try something',
  change: 'Change',
  changeOf: (aim: string) => `Change: ${aim}`,
  aim: 'Aim',
  aimHint: 'One line, such as: fewer people with an HbA1c over 9%',
  measure: 'Measure',
  tried: 'What you do otherwise',
  learned: 'What came of it',
  learnedHint: 'In your own words; may wait until you know.',
  startsOn: 'Since',
  endsOn: 'Until',
  endsOnHint: 'Empty while it goes on.',
  share: 'Let the other practices and the region read it',
  shareHint:
    'As a playbook, under your practice’s name, with rates in whole percent. Name no patient and nothing by which one could be known.',
  save: 'Save',
  days: (from: string, until: string | null) => (until === null ? `since ${from}` : `${from} to ${until}`),
  shared: 'others read it',
  writtenBy: (who: string) => `written by ${who}`,
  result: (before: string, after: string, points: number, low: number, high: number) =>
    `${before} in the year before, ${after} since: ${signed(points)} ${Math.abs(points) === 1 ? 'point' : 'points'} (95% interval ${signed(low)} to ${signed(high)})`,
  verdicts: { better: 'better', worse: 'worse', alike: 'may be chance' },
  monthsShared: (months: number) => `${plural(months, 'month is', 'months are')} still in both years`,
  noResult: 'no year before and since to compare yet',
  mark: (day: string, aim: string) => `${day}: ${aim}`,
  playbooks: 'Playbooks of the region',
  playbooksNote: 'what practices shared of what they tried; those that chance does not explain stand first',
  noPlaybooks: 'No practice has shared one yet.',
}

const signed = (points: number): string => (points === 0 ? '0' : `${points < 0 ? '−' : '+'}${n(Math.abs(points))}`)
