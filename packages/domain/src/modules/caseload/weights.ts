import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'

/**
 * Rows (practice_id, patient_id, points, due_on) of charts whose case begins today: what they weigh by the tier that lists follow, and by when
 * somebody is to be in touch. From then on a trigger of the summary keeps both.
 */
export const weightsOf = (charts: RawBuilder<unknown>, today: Day): RawBuilder<unknown> => sql`(
  select s.practice_id, s.patient_id, rule.points, ${today}::date + rule.contact_days as due_on
    from patient_summary s
    join lateral (select r.points, r.contact_days from case_rule r where r.tier = s.risk_rank / 100 and r.since <= ${today}::date
                   order by r.since desc limit 1) rule on true
   where (s.practice_id, s.patient_id) in (select practice_id, patient_id from ${charts} chosen))`
