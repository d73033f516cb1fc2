/**
 * Statements after facts of the charts in the temporary table `chart` changed: what was worked out of them may rest on what is labelled, gone or
 * another's now, so all of it goes at once. A job works it out anew. Labelled records are no part of it: where nothing else came it stays, or it would
 * tell that something had come.
 */
export const FORGET_RISK: readonly string[] = [
  'delete from risk_score r using chart c where r.practice_id = c.practice_id and r.patient_id = c.patient_id and not c.labelled_only',
  'delete from risk_outcome o using chart c where o.practice_id = c.practice_id and o.patient_id = c.patient_id and not c.labelled_only',
  `insert into patient_risk as r (practice_id, patient_id) select practice_id, patient_id from chart where not labelled_only
   on conflict (practice_id, patient_id) do update set tier = 0, segment = null, opportunity = 0, reasons = '{}', worked_out_on = '-infinity', watermark = null`,
  `update patient_summary s set risk_rank = 0 from chart c
    where s.practice_id = c.practice_id and s.patient_id = c.patient_id and not c.labelled_only and s.risk_rank <> 0`,
]
