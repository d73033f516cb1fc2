import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { WITHOUT_LABELS } from './memberships.ts'
import { joinWhole } from './score-run.ts'

/**
 * Counts the open gaps of the newest published period into the summaries: of all charts, or of some. A summary is read without consent:
 * it counts where charts stand without their labelled records.
 */
export async function countOpenGaps(
  db: Tx['db'],
  only?: { readonly practiceId: string; readonly patientIds: readonly string[] },
): Promise<void> {
  const which = (table: string) =>
    only
      ? sql`${sql.ref(`${table}.practice_id`)} = ${only.practiceId} and ${sql.ref(`${table}.patient_id`)} = any (${[...only.patientIds]}::uuid[])`
      : sql`true`
  if (!only) await joinWhole(db)
  await sql`
    with newest as (select run_id from publication order by period_end desc, period_start desc limit 1),
    gaps as (
      select m.practice_id, m.patient_id, count(*) as open
        from newest n
        join ${WITHOUT_LABELS} m on m.run_id = n.run_id
        join metric_run r on r.id = m.run_id
        join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)
       where m.denominator - m.denominator_exclusion - m.denominator_exception > 0
         and (m.numerator = 0) = (k.improvement = 'increase')
         and ${which('m')}
       group by m.practice_id, m.patient_id
    ),
    moved as (
      update patient_summary s set open_gaps = coalesce(g.open, 0)
      from patient_summary t left join gaps g on g.practice_id = t.practice_id and g.patient_id = t.patient_id
     where s.practice_id = t.practice_id and s.patient_id = t.patient_id and s.open_gaps <> coalesce(g.open, 0) and ${which('t')}
     returning s.practice_id, s.patient_id)
    update patient_risk r set worked_out_on = '-infinity' from moved m where r.practice_id = m.practice_id and r.patient_id = m.patient_id`.execute(
    db,
  )
}
