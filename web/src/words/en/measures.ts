import { n, plural } from './counting.ts'

type Improvement = 'INCREASE' | 'DECREASE'

type Standing = 'better' | 'worse' | 'alike'

export const measures = {
  title: 'Measures',
  period: 'Period',
  measure: 'Measure',
  answer: ({ better, worse, of }: { better: number; worse: number; of: number }) => {
    if (better === 0 && worse === 0) return `In all ${plural(of, 'measure', 'measures')} the difference from the region may be chance.`
    const parts = [better > 0 && `better than the region in ${n(better)}`, worse > 0 && `worse in ${n(worse)}`].filter(Boolean)
    const rest = of - better - worse
    return `Of ${plural(of, 'measure', 'measures')} you do ${parts.join(' and ')}${rest > 0 ? '; elsewhere the difference may be chance' : ''}.`
  },
  comparison: 'You, the region and the other practices',
  comparisonHead: ['Measure', 'People', 'Your rate', '95% interval', 'Target', 'Region', 'Other practices', 'Direction'],
  targetOf: (improvement: Improvement, target: string) => (improvement === 'INCREASE' ? `Target ${target}` : `Target at most ${target}`),
  toTarget: (target: string, people: number) =>
    people === 0 ? `${target}: reached` : `${target}: ${plural(people, 'person', 'people')} to go`,
  ground: 'What the rates rest on',
  groundNote: 'people with a record in the period of what the measure looks for; where few have one, data are missing',
  groundHead: ['Measure', 'Denominator', 'With a record', 'Share', 'Newest record'],
  noRecord: 'none',
  direction: { INCREASE: 'Higher is better', DECREASE: 'Lower is better' } satisfies Record<Improvement, string>,
  verdicts: { better: 'Better than the region', worse: 'Worse than the region', alike: 'Like the region' } satisfies Record<
    Standing,
    string
  >,
  ahead: (ahead: number, of: number) => `Better than ${n(ahead)} of ${plural(of, 'other practice', 'other practices')}`,
  ofPeople: (numerator: number, people: number) => `${n(numerator)} of ${n(people)}`,
  nobodyCounted: 'Nobody counted',
  spoken: (title: string, own: string | null, region: string | null) =>
    `${title}: ${own === null ? 'no rate' : `you ${own}`}${region === null ? '' : `, region ${region}`}`,
  counts: 'Who is counted',
  countsHead: ['Measure', 'Initial population', 'Denominator', 'Exclusions', 'Exceptions', 'Numerator', 'Open gaps'],
  peopleIn: (people: number, population: string, title: string) => `${plural(people, 'person', 'people')}: ${population}, ${title}`,
  trends: 'Over time',
  trendsNote: 'published periods, with 95% interval',
  trendsHead: ['Measure', 'Period', 'People', 'Rate', '95% interval'],
  trendSpoken: (title: string, points: readonly string[]) => `${title} over time: ${points.join(', ')}`,
  onePeriod: 'One period is published so far; the line starts with the second.',
  notes: 'What is counted',
  lineage: 'What these figures were computed with',
  lineageOf: (engine: string, watermark: string) =>
    `Engine: ${engine}. Data: step ${watermark} of everything that has come in. The same versions over the same data give the same figures.`,
  countedOnce:
    'A chart counts for the payer that covered it last in the period. In the region somebody with charts at several practices counts once in each measure, by the chart that stands furthest in it, of equals the oldest, and for the payer of that chart.',
  lineageHead: ['Measure', 'Version', 'Package', 'Value sets'],
  version: (version: string, hash: string) => `version ${version}, package ${hash}`,
  nonePublished: 'No results are published yet',
  nonePublishedAdvice: 'They appear after the first metric run of your region.',
}
