/**
 * Statements after facts of the charts in the temporary table `chart` changed: what was worked out of them may rest on what is labelled, gone or
 * another's now, so all of it goes at once, for every such chart alike. A job works it out anew.
 */
export const FORGET_RISK: readonly string[] = [
  'delete from risk_score r using chart c where r.practice_id = c.practice_id and r.patient_id = c.patient_id',
  'delete from risk_outcome o using chart c where o.practice_id = c.practice_id and o.patient_id = c.patient_id',
  `insert into patient_risk as r (practice_id, patient_id) select practice_id, patient_id from chart
   on conflict (practice_id, patient_id) do update set tier = 0, segment = null, opportunity = 0, reasons = '{}', worked_out_on = '-infinity', watermark = null`,
  `update patient_summary s set risk_rank = 0 from chart c
    where s.practice_id = c.practice_id and s.patient_id = c.patient_id and s.risk_rank <> 0`,
]
