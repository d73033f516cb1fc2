import { releaseTable } from './release-table.ts'
import type { PopulationCounts } from './suppress.ts'
import type { Release, ReleasedRow, ReleaseRow } from './told-table.ts'

export const counts = (denominator: number, numerator: number): PopulationCounts => ({
  initialPopulation: denominator,
  denominator,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator,
})
export const row = (practiceId: string | null, of: PopulationCounts, measure = 'm'): ReleaseRow => ({ practiceId, measure, counts: of })
export const name = (index: number): string => 'abcdefghijklmnop'[index]!
/** Of a region and its practices in order. */
export const tableOf = (region: PopulationCounts, practices: readonly PopulationCounts[]): ReleaseRow[] => [
  row(null, region),
  ...practices.map((of, index) => row(name(index), of)),
]
export const first = (rows: readonly ReleaseRow[]): Release[] => releaseTable(rows, [], [])
/** What is remembered of a release. */
export const toldOf = (rows: readonly ReleaseRow[], releases: readonly Release[]): ReleasedRow[] =>
  rows.map((one, index) => (releases[index] === 'new' ? one : { ...one, counts: null }))
