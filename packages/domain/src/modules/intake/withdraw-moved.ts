import type { Bulk } from '#shared/bulk'
import { FACT_TABLES, type Landing, supersede, WAS_HERE } from './land-staged.ts'
import { isOlder } from './older-version.ts'

/**
 * Finds lines whose resource stands in another chart of their practice: corrections of the patient, or versions from before such a correction, which
 * change nothing. In another practice the same id is another resource.
 */
export async function findMoved(bulk: Bulk, practicesBefore: readonly string[]): Promise<boolean> {
  const moved = await bulk.query<{ older: boolean }>(
    `insert into moved (line, practice_id, patient_id, type, fhir_id, sensitivity, older)
     select o.line, v.practice_id, v.patient_id, v.type, v.fhir_id, coalesce(o.sensitivity, v.sensitivity), ${isOlder('i.content', 'v.content')}
       from outcome o join incoming i using (line)
      cross join lateral (
        select distinct on (r.patient_id) r.practice_id, r.patient_id, r.type, r.fhir_id, r.sensitivity, r.withdrawn, r.content from resource_version r
         where r.practice_id = o.practice_id and r.type = o.type and r.fhir_id = o.fhir_id and r.patient_id <> o.patient_id
         order by r.patient_id, r.watermark desc) v
      where o.change in ('created', 'updated') and o.type <> 'Patient' and o.practice_id = any ($1::uuid[]) and not v.withdrawn
     returning older`,
    [practicesBefore],
  )
  if (moved.some(({ older }) => older)) {
    await bulk.query(`
      update outcome o set change = case when ${WAS_HERE('o.practice_id', 'o.patient_id', 'o.type')} then 'unchanged' else 'older' end
        from incoming i where i.line = o.line and o.line in (select line from moved where older)`)
    await bulk.query('delete from moved where line in (select line from moved where older)')
  }
  return moved.some(({ older }) => !older)
}

/** The old chart gets a version without content, and its facts go; a label that comes with the correction covers what stood there. */
export async function withdrawMoved(bulk: Bulk, { watermark, importFileId }: Landing): Promise<void> {
  await bulk.query(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line, sensitivity, withdrawn)
     select practice_id, patient_id, type, fhir_id, $1, '', '{}', '{}', $2, line, sensitivity, true from moved`,
    [watermark, importFileId],
  )
  await supersede(bulk, watermark, 'true', 'moved')
  await bulk.query(`
    update resource_version v set sensitivity = m.sensitivity from moved m
     where m.sensitivity is not null and v.practice_id = m.practice_id and v.patient_id = m.patient_id and v.type = m.type
       and v.fhir_id = m.fhir_id and v.sensitivity is distinct from m.sensitivity`)
  for (const [table, type] of FACT_TABLES)
    await bulk.query(`
    delete from ${table} f using moved m
     where f.practice_id = m.practice_id and f.patient_id = m.patient_id and f.${type} = m.type and f.fhir_id = m.fhir_id`)
}
