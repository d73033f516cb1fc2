import { isPersonsName } from '@carecommons/interop'
import type { Id } from '@carecommons/kernel'
import type { Bulk } from '#shared/bulk'
import type { RegionDirectory } from './region-directory.ts'

/** A payer that a batch names for a chart, and what its patient is called. */
interface Named {
  readonly payer_id: Id<'Organization'>
  readonly practice_id: string
  readonly patient_id: string
  readonly family_name: string
  readonly given_name: string
}

/**
 * Of payers that are only named: one with the patient's own name is the patient, who pays for themselves, and stays out of the directory;
 * the others are written with what names them. Runs between finding the charts of a batch and landing it.
 */
export async function settlePayerNames(bulk: Bulk, directory: RegionDirectory, regionId: string): Promise<void> {
  const unsettled = directory.unsettledPayers()
  if (unsettled.length === 0) return
  const named = await bulk.query<Named>(
    `select p.practice_id, p.id as patient_id, p.family_name, p.given_name, n.payer_id
       from (select distinct o.practice_id, o.patient_id, e.payer_id
               from incoming_payer e join outcome o using (line)
              where e.payer_id = any ($1) and o.patient_id is not null) n
       join patient p on p.practice_id = n.practice_id and p.id = n.patient_id`,
    [unsettled],
  )
  const own = named.filter(({ payer_id, family_name, given_name }) => {
    const called = directory.pending.get(payer_id)
    return called !== undefined && isPersonsName(called, { family: family_name, given: given_name })
  })
  if (own.length > 0)
    await bulk.query(
      `update incoming_payer e set payer_id = null
         from outcome o, unnest($1::uuid[], $2::uuid[]) own (patient_id, payer_id)
        where o.line = e.line and o.patient_id = own.patient_id and e.payer_id = own.payer_id`,
      [own.map(({ patient_id }) => patient_id), own.map(({ payer_id }) => payer_id)],
    )
  const others = named.filter((one) => !own.includes(one)).map(({ payer_id }) => payer_id)
  await directory.writePending(bulk, regionId, [...new Set(others)])
}
