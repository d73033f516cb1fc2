import { n, plural } from './counting.ts'

export const performance = {
  title: 'Performance',
  download: 'Download CSV',
  answer: (members: number | null, period: string) =>
    `${members === null ? 'Your attributed members' : `${n(members)} or more attributed members (counted in tens)`}, ${period}.`,
  published: 'Published',
  members: 'Your members in the region',
  membersHead: ['Measure', 'People', 'Rate', '95% interval'],
  spoken: (title: string, rate: string | null) => `${title}: ${rate ?? 'no rate'}`,
  table: 'By practice',
  counts: (rows: number, hidden: number) => `${plural(rows, 'row', 'rows')}, ${n(hidden)} hidden`,
  suppression:
    'A row is hidden when one of its counts, or what is left beside it, is 1 to 10 people, or when such a count would follow from it and others: of the region, of another measure, of an earlier day. A row that has changed by so few keeps the figures of the day that it names.',
  hidden: 'hidden',
  kept: 'as of',
  keptWhy: 'Since then too few of your members have come or moved to show it.',
  allHidden: 'Every row of this period is hidden, because so few of your members are in it. Another period may show more.',
  wholeRegion: 'Whole region',
  columns: {
    who: 'Practice',
    measure: 'Measure',
    initialPopulation: 'Initial population',
    denominator: 'Denominator',
    denominatorExclusion: 'Exclusions',
    denominatorException: 'Exceptions',
    numerator: 'Numerator',
    rate: 'Rate',
    interval: '95% interval',
  },
  hints: {
    initialPopulation: 'Members the measure looks at',
    denominator: 'Members the measure applies to',
    denominatorExclusion: 'Taken out before counting',
    denominatorException: 'Taken out because of a valid reason',
    numerator: 'Members who meet the measure',
  },
  source: (run: string) => `From run ${run}.`,
  none: 'No results are published for your members yet',
  noneAdvice: 'They appear after the next metric run of the region.',
}
