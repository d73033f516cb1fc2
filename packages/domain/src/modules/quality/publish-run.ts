import { sql } from 'kysely'
import { allPractices } from '#modules/practice'
import type { Sessions } from '#shared/sessions'

/** Makes a scored run the one that everybody reads for its period, in one transaction: readers see the old figures or the new, whole. */
export async function publishRun(sessions: Sessions, runId: string): Promise<void> {
  const practiceIds = await allPractices(sessions)
  await sessions.within({ kind: 'worker', practiceIds }, async ({ db }) => {
    const run = await sql<{ state: string }>`select state from metric_run where id = ${runId} for update`.execute(db)
    if (run.rows[0]?.state === 'published' || run.rows[0]?.state === 'failed') return
    if (run.rows[0]?.state !== 'scoring') throw new Error(`Run ${runId} was to be published before it was scored.`)
    await sql`update metric_run set state = 'published', finished_at = now() where id = ${runId}`.execute(db)
    // A run that read older facts does not replace one that read newer ones.
    await sql`
      insert into publication (period_start, period_end, run_id, published_at)
      select period_start, period_end, id, now() from metric_run where id = ${runId}
      on conflict (period_start, period_end) do update set run_id = excluded.run_id, published_at = excluded.published_at
       where (select watermark from metric_run where id = publication.run_id) <= (select watermark from metric_run where id = excluded.run_id)`.execute(
      db,
    )
    // A summary is read without consent: gaps that a labelled record decided are not counted in it.
    await sql`
      with newest as (select run_id from publication order by period_end desc, period_start desc limit 1),
      gaps as (
        select m.practice_id, m.patient_id, count(*) as open
          from newest n
          join measure_membership m on m.run_id = n.run_id
          join metric_run r on r.id = m.run_id
          join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)
         where m.denominator - m.denominator_exclusion - m.denominator_exception > 0
           and (m.numerator = 0) = (k.improvement = 'increase')
           and m.sensitivity is null
         group by m.practice_id, m.patient_id
      )
      update patient_summary s set open_gaps = coalesce(g.open, 0)
        from patient_summary t left join gaps g on g.practice_id = t.practice_id and g.patient_id = t.patient_id
       where s.practice_id = t.practice_id and s.patient_id = t.patient_id and s.open_gaps <> coalesce(g.open, 0)`.execute(db)
  })
}
