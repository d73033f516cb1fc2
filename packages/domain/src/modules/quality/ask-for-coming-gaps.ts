import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import { PUBLISHED_RUN } from './memberships.ts'

/**
 * With figures of the newest period that replace others, nobody's coming gaps are known until jobs have worked them out, a chunk each. What was
 * known beside the run before is carried over where it still holds; where that was not ready yet, what it carried itself, if it had the same packages.
 */
export async function askForComingGaps(db: Tx['db'], runId: string): Promise<void> {
  const newest = await sql<{ id: string | null }>`select ${PUBLISHED_RUN} as id`.execute(db)
  if (newest.rows[0]?.id !== runId) return
  // Those of the run before have nothing to do any more.
  await sql`update job set state = 'done', finished_at = now() where name = 'measures.coming-gaps' and state = 'queued'`.execute(db)
  await sql`
    insert into coming_gap_state (practice_id, run_id, state)
    select o.id, ${runId}::uuid, case when exists (select from metric_chunk c where c.run_id = ${runId} and c.practice_id = o.id)
                                      then 'under-way' else 'ready' end
      from organization o where o.kind = 'practice'
    on conflict (practice_id) do update set run_id = excluded.run_id, state = excluded.state, carries = (
      select k.id from metric_run n, metric_run b, metric_run k
       where n.id = excluded.run_id and b.id = coming_gap_state.run_id
         and k.id = case coming_gap_state.state when 'ready' then b.id when 'under-way' then coming_gap_state.carries end
         and k.period_start = n.period_start and k.period_end = n.period_end and k.engine = n.engine and k.watermark <= n.watermark
         and (k.id = b.id or k.package_hashes = b.package_hashes and b.engine = n.engine))`.execute(db)
  const { rows } = await sql<{ id: string; practice_id: string }>`
    select id, practice_id from metric_chunk where run_id = ${runId} order by ordinal, practice_id`.execute(db)
  // Practices take turns by the order of these ids.
  await sql`
    insert into job (id, name, subject_id, practice_id, state, created_at)
    select id, 'measures.coming-gaps', subject_id, practice_id, 'queued', now()
      from unnest(${rows.map(() => newId<'Job'>())}::uuid[], ${rows.map(({ id }) => id)}::uuid[], ${rows.map((row) => row.practice_id)}::uuid[])
           j (id, subject_id, practice_id)`.execute(db)
  await keepJobEvent(db, { action: 'read', subject: 'ClinicalRecord', subjectIds: [runId], correlationId: runId })
}
