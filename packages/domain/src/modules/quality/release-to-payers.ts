import { setImmediate } from 'node:timers/promises'
import { newId } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import { nestedFigures } from './nested-figures.ts'
import { groupOf, readPackages, readScored, readShown, readStandings, type ScoredRow, type ShownRow } from './read-released.ts'
import { releaseTable } from './release-table.ts'
import { NOBODY, type PopulationCounts } from './suppress.ts'
import type { ReleasedRow } from './told-table.ts'

/**
 * Shows payers what may be shown of a run that becomes the one of its period: each payer's table, decided beside all that it was ever shown of
 * the period. A row with too few changes keeps the figures that it had, and says of which run they are. Releases take turns.
 */
export async function releaseToPayers(db: Tx['db'], runId: string): Promise<void> {
  const [scored, shown, standings, packages] = [
    await readScored(db, runId),
    await readShown(db, runId),
    await readStandings(db, runId),
    await readPackages(db, runId),
  ]
  const cells = nestedFigures(standings.map(({ standing }) => standing))
  const released: Kept[] = []
  for (const payerId of new Set([...scored, ...shown].map((row) => row.payerId))) {
    // Seconds for a large region: whoever waits for a connection meanwhile must not be turned away.
    await setImmediate()
    const past = shown.filter((row) => row.payerId === payerId)
    const rows = [...scored.filter((row) => row.payerId === payerId), ...emptied(scored, past)].filter(({ measure }) =>
      packages.has(groupOf(measure).measureId),
    )
    const kinds = standings.map(({ standing, people }) => ({ standing, people: people.get(payerId) ?? new Map<string | null, number>() }))
    const decisions = releaseTable(rows, [...Map.groupBy(past, (row) => row.runId).values()], cells, kinds)
    for (const [index, row] of rows.entries()) {
      if (decisions[index] === 'new') {
        released.push(toKeep(row, row.counts, runId))
        continue
      }
      const last = decisions[index] === 'kept' ? past.findLast((one) => one.counts !== null && keyOf(one) === keyOf(row)) : undefined
      // Figures of another version of the measure do not stand among those of this one.
      const isOfThisVersion = last?.packageHash === packages.get(groupOf(row.measure).measureId)
      released.push(last && isOfThisVersion ? toKeep(row, last.counts, last.runId) : toKeep(row, null, null))
    }
  }
  for (let at = 0; at < released.length; at += 1000) {
    const some = released.slice(at, at + 1000).map((row) => ({ id: newId<'PayerPerformance'>(), run_id: runId, ...row }))
    await db.insertInto('payer_performance').values(some).execute()
  }
}

/** Rows that a payer knew of, and that nobody is in now: 0 is a figure too. */
function emptied(scored: readonly ScoredRow[], past: readonly ShownRow[]): ScoredRow[] {
  const present = new Set(scored.map((row) => `${row.payerId} ${keyOf(row)}`))
  const gone = past.filter((row) => !present.has(`${row.payerId} ${keyOf(row)}`))
  return [...new Map(gone.map((row) => [keyOf(row), { ...row, counts: NOBODY }])).values()]
}

const keyOf = ({ practiceId, measure }: ReleasedRow): string => `${practiceId ?? ''} ${measure}`

const toKeep = ({ payerId, practiceId, measure }: ScoredRow, counts: PopulationCounts | null, figuresOf: string | null) => ({
  payer_id: payerId,
  practice_id: practiceId,
  measure_id: groupOf(measure).measureId,
  group_index: groupOf(measure).groupIndex,
  hidden: counts === null,
  figures_of: figuresOf,
  initial_population: counts?.initialPopulation ?? null,
  denominator: counts?.denominator ?? null,
  denominator_exclusion: counts?.denominatorExclusion ?? null,
  denominator_exception: counts?.denominatorException ?? null,
  numerator: counts?.numerator ?? null,
})

type Kept = ReturnType<typeof toKeep>
