import { n, plural } from './counting.ts'

type Standing = 'better' | 'worse' | 'alike'

export const home = {
  title: 'Home',
  charts: (living: number, died: number) =>
    `${plural(living, 'patient', 'patients')}${died > 0 ? `, and ${plural(died, 'chart', 'charts')} of people who died` : ''}.`,
  nobody: 'Nobody stands out today.',
  noCharts: 'No charts are here yet',
  noChartsAdvice: 'They stand here as soon as your records system sends them, or the region imports them for you.',
  /** What people of an attention group have in common, after their number: `12 people have an HbA1c above 9%`. */
  attention: {
    'a1c-over-9': (count: number) => `${count === 1 ? 'person has' : 'people have'} an HbA1c above 9%`,
    'pressure-160-100': (count: number) => `${count === 1 ? 'person has' : 'people have'} a blood pressure of 160/100 or higher`,
    'unseen-two-conditions': (count: number) =>
      `${count === 1 ? 'person has' : 'people have'} two or more conditions and no visit for a year`,
    'phq9-10': (count: number) => `${count === 1 ? 'person has' : 'people have'} a PHQ-9 of 10 or more`,
  } as Record<string, (count: number) => string>,
  shownOf: (shown: number, count: number) => (shown < count ? `the first ${n(shown)} of ${n(count)}` : plural(count, 'person', 'people')),
  seen: 'Seen',
  never: 'never',
  openGaps: (count: number) => plural(count, 'gap', 'gaps'),
  gaps: 'Open gaps',
  gapsNote: 'people, by measure',
  noGaps: 'No gaps are open, or no run has been published yet.',
  conditions: 'Conditions',
  noConditions: 'No conditions are on file yet.',
  results: 'Results',
  compare: 'Compare',
  now: 'Now',
  change: 'Since last period',
  firstPeriod: 'first period',
  moved: (points: number, verdict: Standing) => {
    const amount = points === 0 ? 'no change' : `${points > 0 ? '+' : '−'}${plural(Math.abs(points), 'point', 'points')}`
    return verdict === 'alike' ? `${amount}, may be chance` : `${amount}, ${verdict}`
  },
}
