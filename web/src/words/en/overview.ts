import { n, plural } from './counting.ts'

type Standing = 'better' | 'worse' | 'alike'

export const overview = {
  title: 'Overview',
  size: (practices: number, people: number, payers: number) =>
    `${plural(practices, 'practice', 'practices')}, ${plural(people, 'person', 'people')} counted once, ${plural(payers, 'payer', 'payers')}.`,
  latestRun: (period: string, state: string) => `Latest run: ${period}, ${state.toLocaleLowerCase()}`,
  seeRun: 'See the run',
  noRun: 'Start the first run',
  nonePublishedAdvice: 'Start a run under Runs; its results appear here as soon as it is published.',
  needHelp: (count: number, of: number) =>
    count === 0
      ? `of ${plural(of, 'practice', 'practices')} stand out; chance may explain every difference`
      : `of ${plural(of, 'practice', 'practices')} ${count === 1 ? 'does' : 'do'} worse than chance would explain`,
  reason: (measure: string, rate: string, region: string) => `${measure} ${rate}, region ${region}`,
  funnels: 'Practices against the region',
  funnelsNote: (period: string) => `${period}. Dashed: region. Lines: limits that hold 95% and 99.8% of practices if only chance differs.`,
  funnelNote: (direction: string, rate: string) => `${direction}. Region ${rate}`,
  funnelSpoken: (measure: string, practices: number, worse: number) =>
    `${measure}: ${plural(practices, 'practice', 'practices')}, ${n(worse)} worse than chance explains`,
  funnelsHead: [
    'Measure, practice',
    'People',
    'Rate',
    '95% interval',
    'Chance keeps 95% within',
    'Chance keeps 99.8% within',
    'Against the region',
  ],
  standings: { better: 'better than chance explains', worse: 'worse than chance explains', alike: 'within chance' } satisfies Record<
    Standing,
    string
  >,
  targets: 'The region against its targets',
  targetsNote: 'agreed on with each measure; every person counted once',
  targetsHead: ['Measure', 'Region', '95% interval', 'Target', 'Practices there'],
  noTarget: 'none agreed on',
  practicesAt: (there: number, of: number) => `${n(there)} of ${n(of)}`,
  practices: 'Practices',
  practicesNote: 'people in the measure, then rate; a mark where chance does not explain the difference',
  columns: {
    practice: 'Practice',
    city: 'City',
    need: 'Worse in',
    needHint: 'Measures in which chance does not explain the difference',
    charts: 'Charts',
    dataThrough: 'Data through',
  },
  regionRate: (rate: string) => `region ${rate}`,
  nobody: 'nobody counted',
  few: 'too few to tell',
  cellHint: (people: string, interval: string, standing: string) => `${people}, 95% interval ${interval}, ${standing}`,
  noPractices: 'No practices have joined yet',
  noPracticesAdvice: 'They appear with their first import.',
}
