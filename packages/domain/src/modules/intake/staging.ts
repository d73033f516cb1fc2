import type { Bulk } from '#shared/bulk'

/** Temporary tables of one loading connection; emptied by every commit. COPY cannot write a table under row-level security. */
export const createStaging = (bulk: Bulk): Promise<object[]> =>
  bulk.query(`
    create temporary table incoming (
      line int, type text, fhir_id text, patient_ref text, practice_id uuid, hash bytea, codes int[], content text
    ) on commit delete rows;
    create temporary table incoming_fact (
      line int, part smallint, code_id int, category text, status text, verification text, starts_at timestamptz, ends_at timestamptz,
      starts_on date, value numeric, comparator text, unit text, value_code_id int, value_text text
    ) on commit delete rows;
    create temporary table incoming_payer (line int, part smallint, starts_on date, ends_on date, payer_id uuid) on commit delete rows;
    create temporary table incoming_patient (
      line int, practice_id uuid, new_id uuid, new_person_id uuid, fhir_id text, family_name text, given_name text, birth_date date,
      gender text, deceased boolean, deceased_on date, record_number text, phone text, address text, clinician text,
      keys bytea[], terms text[], hash bytea, content text
    ) on commit delete rows;
    create temporary table incoming_directory (line int, type text, fhir_id text, name text, hash bytea, content text) on commit delete rows;
    create temporary table outcome (
      line int, type text, change text, practice_id uuid, patient_id uuid, fhir_id text
    ) on commit delete rows;
  `)

export const stagingColumns = {
  incoming: ['line', 'type', 'fhir_id', 'patient_ref', 'practice_id', 'hash', 'codes', 'content'],
  incoming_fact: [
    'line',
    'part',
    'code_id',
    'category',
    'status',
    'verification',
    'starts_at',
    'ends_at',
    'starts_on',
    'value',
    'comparator',
    'unit',
    'value_code_id',
    'value_text',
  ],
  incoming_payer: ['line', 'part', 'starts_on', 'ends_on', 'payer_id'],
  incoming_patient: [
    'line',
    'practice_id',
    'new_id',
    'new_person_id',
    'fhir_id',
    'family_name',
    'given_name',
    'birth_date',
    'gender',
    'deceased',
    'deceased_on',
    'record_number',
    'phone',
    'address',
    'clinician',
    'keys',
    'terms',
    'hash',
    'content',
  ],
  incoming_directory: ['line', 'type', 'fhir_id', 'name', 'hash', 'content'],
} as const

export type StagingTable = keyof typeof stagingColumns
