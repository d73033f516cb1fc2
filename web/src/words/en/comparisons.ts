import { n, plural } from './counting.ts'

export const comparisons = {
  title: 'Compared on live charts',
  note: 'who would stand elsewhere, before anything is switched',
  compare: 'Compare',
  explained:
    'A job evaluates both versions over every chart as it stands now. You see counts and definitions, none of 1 to 10 charts, and never a patient; practices see their own people by name.',
  with: 'Compare with',
  none: 'This version has not been compared with another.',
  progress: 'Charts compared',
  chartsOf: (done: number, total: number) => `${n(done)} of ${plural(total, 'chart', 'charts')}`,
  from: (title: string, version: string) => `${title} ${version}`,
  between: (before: string, after: string, period: string) => `${before} → ${after}, ${period}`,
  nobody: 'Nobody would stand elsewhere.',
  head: ['From', 'To', 'Charts', 'Definitions that decide it'],
  groupOf: (index: number) => `Group ${n(index)}`,
  hidden: 'hidden',
  hiddenNote: 'Hidden: 1 to 10 charts, or a count that such a one would follow from.',
  places: {
    OUTSIDE: 'Not looked at',
    INITIAL_POPULATION: 'Initial population only',
    EXCLUDED: 'Excluded',
    EXCEPTED: 'Excepted',
    DENOMINATOR: 'Counted, not in the numerator',
    NUMERATOR: 'In the numerator',
  },
  reason: (definition: string, change: 'LOST' | 'GAINED', charts: string) =>
    change === 'LOST' ? `"${definition}" no longer holds (${charts})` : `"${definition}" now holds (${charts})`,
  movers: 'If a version changes',
  moversNote: (title: string, before: string, after: string, period: string) => `${title}, ${before} to ${after}, over ${period}`,
  moversHead: ['Patient', 'Stands now', 'Would stand', 'What decides it'],
  lost: (definition: string) => `"${definition}" no longer holds`,
  gained: (definition: string) => `"${definition}" now holds`,
}
