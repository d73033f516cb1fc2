import { sql } from 'kysely'
import { allPractices } from '#modules/practice'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { askForComingGaps } from './ask-for-coming-gaps.ts'
import { currentRun, LIVE_LOCK } from './live-run.ts'
import { countOpenGaps } from './open-gaps.ts'
import { releaseToPayers } from './release-to-payers.ts'
import { showStrata } from './show-strata.ts'

/** Makes a scored run the one that everybody reads for its period, in one transaction: readers see the old figures or the new, whole. */
export async function publishRun(sessions: Sessions, runId: string): Promise<void> {
  const practiceIds = await allPractices(sessions)
  await sessions.within({ kind: 'worker', practiceIds }, async ({ db }) => {
    await sql`select pg_advisory_xact_lock(hashtext(${LIVE_LOCK}))`.execute(db)
    const run = await sql<{ state: string }>`select state from metric_run where id = ${runId} for update`.execute(db)
    if (run.rows[0]?.state === 'published' || run.rows[0]?.state === 'failed') return
    if (run.rows[0]?.state !== 'scoring') throw new Error(`Run ${runId} was to be published before it was scored.`)
    await sql`update metric_run set state = 'published', finished_at = now() where id = ${runId}`.execute(db)
    // A run that read older facts does not replace one that read newer ones, nor one that was planned later, whose measures were agreed on
    // later, over the same. A live run is as old as what it began as. What is repeated is looked at beside what stands.
    const replaced = await sql`
      insert into publication (period_start, period_end, run_id, published_at)
      select period_start, period_end, id, now() from metric_run where id = ${runId}
      on conflict (period_start, period_end) do update set run_id = excluded.run_id, published_at = excluded.published_at
       where (select n.repeats is null and (b.watermark, coalesce(b.started_at, b.requested_at)) < (n.watermark, coalesce(n.started_at, n.requested_at))
                from metric_run n, metric_run r join metric_run b on b.id = coalesce(r.live_of, r.id)
               where r.id = publication.run_id and n.id = excluded.run_id)
      returning 1`.execute(db)
    if (replaced.rows.length > 0) {
      await releaseToPayers(db, runId)
      await showStrata(db, runId)
      await followFrom(db, runId)
      await askForComingGaps(db, runId)
    }
    await countOpenGaps(db)
    await tellMovement(db, { what: 'runs' })
    await tellMovement(db, { what: 'figures', practiceId: null, patientIds: null })
  })
}

/** Charts that changed after a run had read them wait to be followed; places of live runs before it are not needed any more. */
async function followFrom(db: Tx['db'], runId: string): Promise<void> {
  const now = await currentRun(db)
  if (now?.id !== runId) return
  await sql`delete from changed_chart where watermark <= (select watermark from metric_run where id = ${runId})`.execute(db)
  await sql`update changed_chart set evaluated = false where evaluated`.execute(db)
  for (const table of ['measure_membership', 'open_membership', 'run_member'])
    await sql`delete from ${sql.table(table)} where run_id in (${liveBefore(runId)})`.execute(db)
}

const liveBefore = (runId: string) => sql`
  select l.id from metric_run l join metric_run r on r.period_start = l.period_start and r.period_end = l.period_end
   where r.id = ${runId} and l.live_of is not null`
