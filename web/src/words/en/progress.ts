import { n, plural } from './counting.ts'

type Verdict = 'better' | 'worse' | 'alike'

/** The region's page of how practices have moved. */
export const progress = {
  answer: (better: number, worse: number, of: number) =>
    `Against a year ago, of ${plural(of, 'comparison', 'comparisons')} of a practice with itself ${n(better)} ${better === 1 ? 'is' : 'are'} better and ${n(worse)} worse than chance would explain.`,
  none: 'No two years to show yet',
  noneAdvice:
    'Each practice is worked out month by month behind everything that somebody waits for. Those of ten people or fewer are never shown.',
  rounding: 'Rates are whole percent of people to the nearest ten: finer ones would tell of single people as months pass.',
  measures: 'Every practice against its own past',
  measuresNote: 'the last twelve months against the twelve before them, which share no day',
  measuresHead: ['Measure', 'Practices', 'Better', 'Worse', 'May be chance', 'No year ago'],
  choose: 'Measure',
  courses: 'Two years of every practice',
  coursesNote: (title: string, direction: string) =>
    `${title}. ${direction}. Each point is the twelve months that end with its month; grey: the middle practice; dashed upright: the day on which a shared playbook began. All charts have one scale.`,
  coursesHead: ['Practice', 'People', 'Now', '95% interval', 'A year ago', 'Change', 'Against a year ago'],
  now: (rate: string, low: string, high: string) => `${rate} (${low} to ${high})`,
  change: (points: number, verdict: Verdict) =>
    `${points === 0 ? 'No change' : `${points > 0 ? '+' : '−'}${plural(Math.abs(points), 'point', 'points')}`}: ${verdict === 'alike' ? 'may be chance' : verdict}`,
  noYearAgo: 'no year ago to compare with',
  verdicts: { better: 'better', worse: 'worse', alike: 'may be chance' } satisfies Record<Verdict, string>,
  spoken: (practice: string, from: string, first: string, to: string, last: string) => `${practice}: ${first} in ${from}, ${last} in ${to}`,
  about: 'About these figures',
  version: (version: string, hash: string, from: string, to: string) =>
    `Version ${version}, package ${hash}, data up to step ${from === to ? from : `${from} to ${to}, practice by practice`}`,
  records: 'What the figures rest on',
  recordsNote: 'charts of the living; of 1 to 10 people, or all but so few, no number is told',
  recordsHead: [
    'Practice',
    'Charts',
    'Visits until',
    'Labs until',
    'Prescriptions until',
    'No visit',
    'No lab value',
    'Cannot be linked',
    'Twice here',
    'Name and birth date of another',
  ],
  recordsExplained:
    'Cannot be linked: the chart has no identifier that another practice’s chart could share, so that a person may be counted twice. Twice here: two charts of one person in this practice. Name and birth date of another: two persons who may be one.',
  behind: (count: number) =>
    `${plural(count, 'practice has', 'practices have')} no visit or no lab value of the last 30 days: what they do now is not in these figures.`,
  upToDate: 'Every practice has visits and lab values of the last 30 days.',
  few: 'few',
  share: (count: string, share: string) => `${count} (${share})`,
  noRecord: 'none',
}
