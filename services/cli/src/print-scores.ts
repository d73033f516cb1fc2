import { abilityFor, scopeFor, type Viewer } from '@carecommons/access'
import { findPayerAnalyst, keepNotes, readPerformance, readRegionScores, type RegionIdentity } from '@carecommons/domain'
import { newId, systemClock } from '@carecommons/kernel'
import type { Commons } from './open-commons.ts'
import type { Period } from './run-measures.ts'
import { answer, table } from './terminal.ts'

/** Prints a run's figures for the region, all payers together. */
export async function printScores({ database }: Commons, runId: string): Promise<void> {
  const rows = await readRegionScores(database, runId)
  for (const line of table(
    ['measure', 'initial population', 'denominator', 'exclusions', 'exceptions', 'numerator', 'rate'],
    rows.map((row) => [
      row.title,
      row.initialPopulation,
      row.denominator,
      row.denominatorExclusion,
      row.denominatorException,
      row.numerator,
      percent(row.numerator, row.denominator - row.denominatorExclusion - row.denominatorException),
    ]),
  )) {
    answer(line)
  }
}

/** Prints what the payer with most members pulls for a period: the very use case, scope and database role of its analyst. */
export async function printPull({ database }: Commons, region: RegionIdentity, period: Period): Promise<void> {
  const found = await findPayerAnalyst(database)
  if (!found) return
  const viewer: Viewer = { ...found, role: 'payer-analyst', practiceIds: [], patientId: null }
  const pull = await database.within(scopeFor(viewer), async (tx) => {
    const ctx = {
      viewer,
      region,
      ability: abilityFor(viewer),
      clock: systemClock,
      authenticatedAt: null,
      requestId: newId(),
      notes: [],
      userName: 'commons',
      guest: null,
      guests: new Map(),
      visit: () => {
        throw new Error('The command line opens no chart.')
      },
      tx: async () => tx,
      write: <T>(work: (inside: typeof tx) => Promise<T>) => work(tx),
    }
    const performance = await readPerformance(ctx, period)
    await keepNotes(ctx)
    return performance
  })
  answer(
    `\nWhat ${pull.payer.name} pulls for its members, ${period.start} to ${period.end} (rows that would show 1 to 10 people are hidden)`,
  )
  const rows = pull.rows.map((row) => [
    row.practice?.name ?? 'Region',
    row.measure.title,
    ...(row.hidden
      ? ['hidden', 'hidden', 'hidden', 'hidden']
      : [row.denominator ?? 0, (row.denominatorExclusion ?? 0) + (row.denominatorException ?? 0), row.numerator ?? 0, rate(row.rate)]),
  ])
  for (const line of table(['', 'measure', 'denominator', 'left out', 'numerator', 'rate'], rows)) answer(line)
}

const rate = (value: number | null | undefined): string => (value === null || value === undefined ? '' : `${(value * 100).toFixed(1)} %`)
const percent = (numerator: number, denominator: number): string => (denominator > 0 ? rate(numerator / denominator) : '')
