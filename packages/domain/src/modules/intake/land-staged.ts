import type { Bulk } from '#shared/bulk'
import { linkPersons } from './link-persons.ts'
import { isOlder } from './older-version.ts'

/** Where staged lines come from, and the step of the data watermark they belong to. */
export interface Landing {
  readonly watermark: string
  readonly importFileId: string
  /** Only charts of this practice; null: whichever practice knows the patient. */
  readonly practiceId: string | null
}

const LANDS = `o.change in ('created', 'updated')`

/** What a line is to the version that stands: `older` ones change nothing, and those that were here before are nothing new. */
const change = (stands: string, wasHere: string): string => `
  case when ${stands}.hash is null then 'created' when ${stands}.hash = i.hash then 'unchanged'
       when not ${isOlder('i.content', `${stands}.content`)} then 'updated' when ${wasHere} then 'unchanged' else 'older' end`

/** SQL: the same content has been in this chart. */
export const WAS_HERE = (practice: string, patient: string, type: string): string => `
  exists (select from resource_version h where h.practice_id = ${practice} and h.patient_id = ${patient} and h.type = ${type} and h.fhir_id = i.fhir_id
           and h.hash = i.hash)`

/** Directory entries: a new version where the content is new. */
export async function landDirectory(bulk: Bulk, { watermark, importFileId }: Landing): Promise<void> {
  await bulk.query(`
    insert into outcome (line, type, change, fhir_id)
    select i.line, i.type, ${change('old', 'exists (select from directory_version h where h.type = i.type and h.fhir_id = i.fhir_id and h.hash = i.hash)')}, i.fhir_id
      from incoming_directory i
      left join lateral (select d.hash, d.content from directory_version d where d.type = i.type and d.fhir_id = i.fhir_id
                          order by d.watermark desc limit 1) old on true`)
  await bulk.query(
    `insert into directory_version (type, fhir_id, watermark, hash, name, content, import_file_id, line)
     select i.type, i.fhir_id, $1, i.hash, i.name, i.content, $2, i.line
       from incoming_directory i join outcome o using (line) where ${LANDS}`,
    [watermark, importFileId],
  )
}

/** Charts: made or corrected, of one person with those whose strong identifier and birth date they share. */
export async function landPatients(bulk: Bulk, { watermark, importFileId }: Landing): Promise<void> {
  await bulk.query(`
    insert into outcome (line, type, change, practice_id, patient_id, fhir_id)
    select i.line, 'Patient', ${change('old', WAS_HERE('p.practice_id', 'p.id', "'Patient'"))},
           i.practice_id, coalesce(p.id, i.new_id), i.fhir_id
      from incoming_patient i
      left join patient p on p.practice_id = i.practice_id and p.fhir_id = i.fhir_id
      left join lateral (select v.hash, v.content from resource_version v
                          where v.practice_id = p.practice_id and v.patient_id = p.id and v.type = 'Patient' and v.fhir_id = i.fhir_id
                          order by v.watermark desc limit 1) old on true`)
  await bulk.query(`
    insert into person (id, created_at)
    select i.new_person_id, now() from incoming_patient i join outcome o using (line) where o.patient_id = i.new_id`)
  await bulk.query(`
    insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, birth_date, gender, deceased, deceased_on,
                         record_number, phone, address, postal_code, clinician)
    select o.patient_id, i.practice_id, i.new_person_id, i.fhir_id, i.family_name, i.given_name, i.birth_date::date, i.gender,
           i.deceased, i.deceased_on::date, i.record_number, i.phone, i.address, i.postal_code, i.clinician
      from incoming_patient i join outcome o using (line) where ${LANDS}
    on conflict (practice_id, fhir_id) do update
      set family_name = excluded.family_name, given_name = excluded.given_name, birth_date = excluded.birth_date, gender = excluded.gender,
          deceased = excluded.deceased, deceased_on = excluded.deceased_on, record_number = excluded.record_number, phone = excluded.phone,
          address = excluded.address, postal_code = excluded.postal_code, clinician = excluded.clinician`)
  await linkPersons(bulk)
  await bulk.query(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line)
     select o.practice_id, o.patient_id, 'Patient', o.fhir_id, $1, i.hash, '{}', i.content, $2, i.line
       from incoming_patient i join outcome o using (line) where ${LANDS}`,
    [watermark, importFileId],
  )
  await supersede(bulk, watermark, `o.type = 'Patient' and o.change = 'updated'`)
  await bulk.query(`
    delete from patient_search s using outcome o
     where o.type = 'Patient' and o.change = 'updated' and s.practice_id = o.practice_id and s.patient_id = o.patient_id`)
  await bulk.query(`
    insert into patient_search (practice_id, term, patient_id)
    select distinct o.practice_id, term, o.patient_id
      from incoming_patient i join outcome o using (line), unnest(i.terms) term where ${LANDS}`)
}

/**
 * Finds the chart of every clinical and payer resource. Of several charts with the patient's id, the one in the practice that the patient
 * is assigned to is meant.
 */
export async function matchClinical(bulk: Bulk, { practiceId }: Landing): Promise<void> {
  // A practice is declared a program under 42 CFR Part 2 before this batch, which then labels, or after it: then what it landed is labelled.
  await bulk.query(`select from organization where kind = 'practice' for share`)
  await bulk.query(
    `insert into outcome (line, type, change, practice_id, patient_id, fhir_id, sensitivity)
     with chart as (
       select p.fhir_id, p.practice_id, p.id as patient_id, h.part2_program, count(*) over ref as charts, array_agg(p.practice_id) over ref as practices,
              row_number() over ref as place
         from (select distinct patient_ref from incoming) i join patient p on p.fhir_id = i.patient_ref and ($1::uuid is null or p.practice_id = $1)
         join organization h on h.id = p.practice_id
       window ref as (partition by p.fhir_id)
     )
     select i.line, i.type, case when c.charts > 1 and c.practice_id is distinct from i.practice_id then 'ambiguous' else 'created' end,
            c.practice_id, c.patient_id, i.fhir_id, case when c.part2_program then 'part2' else i.sensitivity end
       from incoming i
       join chart c on c.fhir_id = i.patient_ref
        and (c.charts = 1 or c.practice_id = i.practice_id or c.place = 1 and (i.practice_id = any (c.practices)) is not true)`,
    [practiceId],
  )
}

/**
 * Looks for earlier versions, chart by chart and type by type first: in a first import there is nothing to compare line by line.
 * The same content with a new label is a new version; without one it keeps its label.
 */
export async function compareClinical(bulk: Bulk): Promise<void> {
  await bulk.query(`
    with known as materialized (
      select k.* from (select distinct practice_id, patient_id, type from outcome where change = 'created') k
       cross join lateral (select from resource_version v
                            where v.practice_id = k.practice_id and v.patient_id = k.patient_id and v.type = k.type limit 1) present
    )
    update outcome o set change = case when c.is_same and coalesce(o.sensitivity, c.label) is distinct from c.label then 'updated' else c.change end,
           earlier_sensitivity = c.label
      from (select m.line, i.hash = earlier.hash as is_same, ${change('earlier', WAS_HERE('m.practice_id', 'm.patient_id', 'm.type'))} as change, earlier.sensitivity as label
              from known k
              join outcome m on m.practice_id = k.practice_id and m.patient_id = k.patient_id and m.type = k.type and m.change = 'created'
              join incoming i on i.line = m.line
             cross join lateral (select v.hash, v.content, v.sensitivity from resource_version v
                                  where v.practice_id = m.practice_id and v.patient_id = m.patient_id and v.type = m.type and v.fhir_id = m.fhir_id
                                  order by v.watermark desc limit 1) earlier) c
     where c.line = o.line`)
}

/** Tables of facts, and the column that tells the resource's type. */
export const FACT_TABLES = [
  ['clinical_fact', 'type'],
  ['payer_evidence', 'source'],
] as const

/** A new version of each resource whose content is new, and its facts instead of the old ones. */
export async function landClinical(bulk: Bulk, { watermark, importFileId }: Landing, hasUpdates: boolean): Promise<void> {
  await bulk.query(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, first_day, last_day, content, import_file_id, line,
                                   sensitivity)
     select o.practice_id, o.patient_id, o.type, o.fhir_id, $1, i.hash, i.codes, i.first_day, i.last_day, i.content, $2, i.line, o.sensitivity
       from incoming i join outcome o using (line) where o.change in ('created', 'updated')`,
    [watermark, importFileId],
  )
  if (hasUpdates) await supersede(bulk, watermark, `o.change = 'updated'`)
  if (hasUpdates) await labelOlderVersions(bulk, watermark)
  if (hasUpdates)
    for (const [table, type] of FACT_TABLES)
      await bulk.query(`
    delete from ${table} f using outcome o
     where o.change = 'updated' and f.practice_id = o.practice_id and f.patient_id = o.patient_id and f.${type} = o.type and f.fhir_id = o.fhir_id`)
  await bulk.query(`
    insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, code_id, category, status, verification, starts_at, ends_at,
                               starts_on, value, comparator, unit, value_code_id, value_text, sensitivity)
    select o.practice_id, o.patient_id, o.type, o.fhir_id, f.part, f.code_id, f.category, f.status, f.verification, f.starts_at::timestamptz,
           f.ends_at::timestamptz, f.starts_on::date, f.value::numeric, f.comparator, f.unit, f.value_code_id, f.value_text, o.sensitivity
      from incoming_fact f join outcome o using (line) where o.change in ('created', 'updated')`)
  await bulk.query(`
    insert into payer_evidence (practice_id, patient_id, source, fhir_id, part, starts_on, ends_on, payer_id)
    select o.practice_id, o.patient_id, o.type, o.fhir_id, e.part, e.starts_on::date, e.ends_on::date, e.payer_id
      from incoming_payer e join outcome o using (line) where o.change in ('created', 'updated')`)
}

/** Versions that newer ones replace say when, so that a run finds what stood at its watermark without comparing versions. */
export const supersede = (bulk: Bulk, watermark: string, which: string, source = 'outcome'): Promise<object[]> =>
  bulk.query(
    `update resource_version v set superseded_at = $1 from ${source} o
      where ${which} and v.practice_id = o.practice_id and v.patient_id = o.patient_id and v.type = o.type and v.fhir_id = o.fhir_id
        and v.watermark < $1 and v.superseded_at is null`,
    [watermark],
  )

/** A label that comes with a correction covers what stood before: an older version would otherwise show what the newest hides. */
const labelOlderVersions = (bulk: Bulk, watermark: string): Promise<object[]> =>
  bulk.query(
    `update resource_version v set sensitivity = o.sensitivity from outcome o
      where o.change = 'updated' and o.sensitivity is not null and v.practice_id = o.practice_id and v.patient_id = o.patient_id
        and v.type = o.type and v.fhir_id = o.fhir_id and v.watermark < $1 and v.sensitivity is distinct from o.sensitivity`,
    [watermark],
  )

/**
 * Charts whose facts changed wait for their projections. A mark that is there already is held: no projection takes it without these facts. Where
 * nothing but labelled records came or changed, the mark says so.
 */
export const markDirty = (bulk: Bulk): Promise<object[]> =>
  bulk.query(`
    insert into dirty_chart as d (practice_id, patient_id, labelled_only)
    select practice_id, patient_id, bool_and(is_labelled)
      from (select practice_id, patient_id, case change when 'created' then sensitivity else earlier_sensitivity end is not null as is_labelled
              from outcome where change in ('created', 'updated') and patient_id is not null
             union all select practice_id, patient_id, false from moved) o
     group by practice_id, patient_id order by 1, 2
    on conflict (practice_id, patient_id) do update set labelled_only = d.labelled_only and excluded.labelled_only`)
