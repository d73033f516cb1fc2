import { coveragePeriods, type PayerEvidence } from '@carecommons/interop'
import type { Day } from '@carecommons/kernel'
import type { Bulk } from '#shared/bulk'

interface EvidenceRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly source: PayerEvidence['source']
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly payer_id: string | null
}

/** Coverage periods of the charts at hand, out of everything that says who pays. */
export async function rebuildCoverage(bulk: Bulk): Promise<void> {
  await bulk.query('delete from coverage v using chart c where v.practice_id = c.practice_id and v.patient_id = c.patient_id')
  const rows = await bulk.query<EvidenceRow>(
    `select e.practice_id, e.patient_id, e.source, e.starts_on::text, e.ends_on::text, e.payer_id
       from payer_evidence e join chart c using (practice_id, patient_id) order by e.practice_id, e.patient_id`,
  )
  const periods = [...Map.groupBy(rows, ({ practice_id, patient_id }) => `${practice_id} ${patient_id}`).values()].flatMap(periodsOf)
  await bulk.query(
    `insert into coverage (practice_id, patient_id, starts_on, ends_on, payer_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::date[], $4::date[], $5::uuid[])`,
    [
      periods.map((period) => period.practiceId),
      periods.map((period) => period.patientId),
      periods.map((period) => period.from),
      periods.map((period) => period.to),
      periods.map((period) => period.payerId),
    ],
  )
}

function periodsOf(rows: EvidenceRow[]) {
  const { practice_id: practiceId, patient_id: patientId } = rows[0]!
  const evidence = rows.map((row): PayerEvidence => ({
    payerName: null,
    // The payer is known by now: its id in the region stands for whatever the source called it.
    payerReference: row.payer_id,
    isUninsured: row.payer_id === null,
    from: row.starts_on,
    to: row.ends_on,
    memberNumber: null,
    source: row.source,
  }))
  return coveragePeriods(evidence).map(({ payerReference, from, to }) => ({ practiceId, patientId, payerId: payerReference, from, to }))
}
