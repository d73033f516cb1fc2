// Which records are protected: as their source marks them, as the person who imports says, as the practice is a Part 2 program.
import { rmSync } from 'node:fs'
import type { ImportOptions } from '../../services/cli/src/import-command.ts'
import { openRegion, type Region } from './import/region.ts'
import { a1c, diabetes, encounter, folderOf, patient, type Resource } from './import/resources.ts'

let region: Region
beforeEach(async () => void (region = await openRegion()), 60_000)
afterEach(() => region?.close())

const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const marked = (...codes: readonly (readonly [system: string | undefined, code: string])[]) => ({
  meta: { security: codes.map(([system, code]) => ({ ...(system && { system }), code })) },
})

async function importFiles(files: Record<string, readonly Resource[]>, options: ImportOptions = {}) {
  const folder = folderOf(files)
  try {
    return await region.import(folder, options)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Labels by resource, of the versions and of the facts made from them: the two never differ. */
async function labels(): Promise<Record<string, string | null>> {
  const of = async (table: string) =>
    Object.fromEntries(
      (
        await region.sql<{ fhir_id: string; labels: (string | null)[] }>(
          `select fhir_id, array_agg(distinct sensitivity) as labels from ${table} where type <> 'Patient' group by fhir_id order by fhir_id`,
        )
      ).map((row) => [row.fhir_id, row.labels.length === 1 ? row.labels[0]! : `several: ${row.labels.join()}`]),
    ) as Record<string, string | null>
  const [versions, facts] = [await of('resource_version'), await of('clinical_fact')]
  expect(facts).toEqual(versions)
  return versions
}

const charts: Record<string, readonly Resource[]> = {
  'Patient.ndjson': [patient('p1'), patient('p2')],
  'Condition.ndjson': [diabetes('c1', 'p1'), diabetes('c2', 'p2')],
  'Observation.ndjson': [a1c('o1', 'p1')],
}

test('security tags of HL7 v3 ActCode label a record; confidentiality, other systems and no tags do not; of two the stricter one', async () => {
  const condition = (id: string, more: object) => diabetes(id, 'p1', more)
  const outcome = await importFiles({
    'Patient.ndjson': [patient('p1')],
    'Condition.ndjson': [
      condition('alcohol', marked([ACT_CODE, 'ETH'])),
      condition('substance', marked(['http://hl7.org/fhir/v3/ActCode', 'SUD'])),
      condition('oid', marked(['urn:oid:2.16.840.1.113883.5.4', 'SUDx'])),
      condition('psychiatry', marked([ACT_CODE, 'PSY'])),
      condition('therapy', marked([ACT_CODE, 'PSYTHPN'])),
      condition('both', marked([ACT_CODE, 'MH'], [ACT_CODE, 'ETH'])),
      condition('bare', marked([undefined, 'BH'])),
      condition('confidential', marked(['http://terminology.hl7.org/CodeSystem/v3-Confidentiality', 'R'])),
      condition('elsewhere', marked(['http://example.org/codes', 'ETH'])),
      condition('other', marked([ACT_CODE, 'HIV'])),
      condition('empty', { meta: { security: [] } }),
      condition('odd', { meta: { security: 'ETH' } }),
      condition('plain', {}),
    ],
  })
  expect(await labels()).toEqual({
    alcohol: 'part2',
    substance: 'part2',
    oid: 'part2',
    psychiatry: 'behavioral',
    therapy: 'behavioral',
    both: 'part2',
    bare: 'behavioral',
    confidential: null,
    elsewhere: null,
    other: null,
    plain: null,
  })
  // Tags that cannot be read might be labels: such a record does not land.
  expect(outcome.counts.all).toMatchObject({ rejected: 2 })
})

test('what is made of labelled records is labelled or left out: conditions, latest values, counts and search keys', async () => {
  const protect = marked([ACT_CODE, 'ETH'])
  await importFiles({
    'Patient.ndjson': [patient('p1'), patient('p2')],
    'Condition.ndjson': [diabetes('c1', 'p1', protect), diabetes('c2', 'p2', protect), diabetes('c3', 'p2')],
    'Observation.ndjson': [
      a1c('o1', 'p1', 9.9, protect),
      a1c('o2', 'p2', 9.9, protect),
      a1c('o3', 'p2', 6.1, { effectiveDateTime: '2019-01-01' }),
    ],
    'Encounter.ndjson': [encounter('e1', 'p1', protect)],
  })
  const rows = await region.sql(
    `select p.fhir_id, s.a1c::float8 as a1c, s.condition_count, s.last_visit_on, s.data_through,
            (select sensitivity from patient_condition k where k.patient_id = p.id and k.condition = 'diabetes') as diabetes
       from patient p join patient_summary s on s.patient_id = p.id order by 1`,
  )
  expect(rows).toMatchObject([
    { fhir_id: 'p1', a1c: null, condition_count: 0, last_visit_on: null, diabetes: 'part2' },
    { fhir_id: 'p2', a1c: 6.1, condition_count: 1, last_visit_on: null, diabetes: null },
  ])
  expect(rows[0]!['data_through']).toBeNull()
  const [counted] = await region.sql(
    `select resource_count from patient_summary s join patient p on p.id = s.patient_id where p.fhir_id = 'p1'`,
  )
  const [plain] = await region.sql(
    `select count(*)::int as n from resource_version v join patient p on p.id = v.patient_id where p.fhir_id = 'p1' and v.sensitivity is null`,
  )
  expect(counted!['resource_count']).toBe(plain!['n'])
  expect(await region.sql(`select term from patient_search where term ~* 'diabetes|9.9|44054006'`)).toEqual([])
})

test('--part2 labels everything in the files, also what was here before without a label, and in all its versions', async () => {
  await importFiles(charts)
  expect(await labels()).toEqual({ c1: null, c2: null, o1: null })
  const again = await importFiles(
    { 'Condition.ndjson': [diabetes('c1', 'p1'), diabetes('c2', 'p2', marked([ACT_CODE, 'PSY']))] },
    { part2: true },
  )
  expect(again.counts.all).toMatchObject({ corrected: 2, rejected: 0 })
  expect(await labels()).toEqual({ c1: 'part2', c2: 'part2', o1: null })
  // The very same again changes nothing.
  const third = await importFiles({ 'Condition.ndjson': [diabetes('c1', 'p1')] }, { part2: true })
  expect(third.counts.all).toMatchObject({ corrected: 0, unchanged: 1 })
})

test('a practice that is said to be a Part 2 program: what arrives for it is labelled, and the saying is noted in its audit', async () => {
  await importFiles(charts)
  const [practice] = await region.sql<{ id: string; slug: string }>(`select id, slug from organization where kind = 'practice'`)
  expect(await region.commons('organizations', 'part2', practice!.slug)).toContain('is a program under 42 CFR Part 2 from now on.')
  expect(await region.commons('organizations', 'part2', practice!.slug)).toContain('already.')
  expect(await labels()).toEqual({ c1: null, c2: null, o1: null })
  await importFiles({ ...charts, 'Condition.ndjson': [diabetes('c1', 'p1'), diabetes('c9', 'p1')] })
  expect(await labels()).toEqual({ c1: 'part2', c2: null, c9: 'part2', o1: 'part2' })

  expect(await region.commons('organizations', 'part2', practice!.slug, '--off')).toContain('Records keep the labels they have.')
  await importFiles({ 'Condition.ndjson': [diabetes('c10', 'p1')] })
  expect(await labels()).toEqual({ c1: 'part2', c2: null, c9: 'part2', c10: null, o1: 'part2' })
  await expect(region.commons('organizations', 'part2', 'nowhere')).rejects.toThrow('No practice has the short name nowhere')
  const noted = await region.sql(
    `select role, action, practice_id, subject_ids::text from audit_event where subject = 'Organization' and action = 'update' order by at, id`,
  )
  const row = { role: 'worker', action: 'update', practice_id: practice!.id, subject_ids: `{${practice!.id}}` }
  expect(noted).toEqual([row, row])
}, 60_000)
