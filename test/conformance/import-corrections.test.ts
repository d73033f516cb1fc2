// A correction is a new version: the old one is kept, a watermark finds what stood then, and facts are those of the newest.
import { rmSync } from 'node:fs'
import { tableChecksums } from './import/checksum.ts'
import { openRegion, type Region } from './import/region.ts'
import { a1c, diabetes, encounter, folderOf, patient, type Resource } from './import/resources.ts'

let region: Region
beforeEach(async () => void (region = await openRegion()), 60_000)
afterEach(async () => {
  // Whatever happened: each version knows from when the next one stands, and only that.
  const wrong = await region.sql(`
    select type, fhir_id, watermark, superseded_at, next
      from (select *, lead(watermark) over (partition by practice_id, patient_id, type, fhir_id order by watermark) as next from resource_version) v
     where superseded_at is distinct from next`)
  await region.close()
  expect(wrong).toEqual([])
})

async function importFiles(files: Record<string, readonly Resource[]>, options = {}) {
  const folder = folderOf(files)
  try {
    return await region.import(folder, options)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const watermark = async (): Promise<string> => (await region.sql('select value from data_watermark'))[0]!.value

/** What a measure run at this watermark reads: each resource in its newest version up to there. */
async function stoodAt(value: string): Promise<Record<string, any>[]> {
  const rows = await region.sql<{ content: string }>(
    `select content from (select distinct on (patient_id, type, fhir_id) * from resource_version where watermark <= $1
                           order by patient_id, type, fhir_id, watermark desc) v where not withdrawn order by type, fhir_id, content`,
    [value],
  )
  return rows.map(({ content }) => JSON.parse(content))
}

test('each correction is a version; a watermark selects what stood then', async () => {
  const first = { 'Patient.ndjson': [patient('p1')], 'Observation.ndjson': [a1c('o1', 'p1', 9.9), a1c('o2', 'p1', 6)] }
  await importFiles(first)
  const before = await watermark()
  const correction = a1c('o1', 'p1', 7.7, { status: 'corrected', effectiveDateTime: '2020-06-01T08:00:00-05:00' })
  const outcome = await importFiles({ 'Observation.ndjson': [correction, a1c('o2', 'p1', 6)] })
  expect(outcome.counts['Observation']).toEqual({ created: 0, corrected: 1, unchanged: 1, rejected: 0, lines: 2 })

  expect(await stoodAt(before)).toEqual([...first['Observation.ndjson'], ...first['Patient.ndjson']])
  expect(await stoodAt(await watermark())).toEqual([correction, first['Observation.ndjson'][1], ...first['Patient.ndjson']])
  expect(await region.sql('select count(*)::int as versions from resource_version')).toEqual([{ versions: 4 }])
  const facts = await region.sql(`select fhir_id, value::float, status, starts_on::text from clinical_fact order by fhir_id`)
  expect(facts).toEqual([
    { fhir_id: 'o1', value: 7.7, status: 'corrected', starts_on: '2020-06-01' },
    { fhir_id: 'o2', value: 6, status: 'final', starts_on: '2020-05-03' },
  ])
  expect(await region.sql('select a1c::float, a1c_on::text, resource_count from patient_summary')).toEqual([
    { a1c: 7.7, a1c_on: '2020-06-01', resource_count: 3 },
  ])
})

test('the count of living people follows deaths, deaths taken back, and charts that come later', async () => {
  const count = async () =>
    (
      await region.sql(`select r.living, (select count(*)::int from patient_summary where not deceased) as counted from registry_count r`)
    )[0]
  await importFiles({ 'Patient.ndjson': [patient('p1'), patient('p2'), patient('p3')] })
  expect(await count()).toEqual({ living: 3, counted: 3 })
  await importFiles({ 'Patient.ndjson': [patient('p1', { deceasedDateTime: '2021-03-04' }), patient('p2', { deceasedBoolean: true })] })
  expect(await count()).toEqual({ living: 1, counted: 1 })
  await importFiles({ 'Patient.ndjson': [patient('p2', { deceasedBoolean: false }), patient('p4')] })
  expect(await count()).toEqual({ living: 3, counted: 3 })
  await importFiles({ 'Patient.ndjson': [patient('p5', { deceasedBoolean: true })], 'Observation.ndjson': [a1c('o1', 'p1', 6)] })
  expect(await count()).toEqual({ living: 3, counted: 3 })
})

test('a correction takes its old facts with it: fewer components, another payer, no condition any more', async () => {
  const pressure = (components: object[]) => a1c('bp', 'p1', 0, { valueQuantity: undefined, component: components })
  const part = (code: string, value: number) => ({
    code: { coding: [{ system: 'http://loinc.org', code }] },
    valueQuantity: { value, unit: 'mm[Hg]', code: 'mm[Hg]', system: 'http://unitsofmeasure.org' },
  })
  await importFiles({
    'Patient.ndjson': [patient('p1', { name: [{ family: 'Before' }] })],
    'Observation.ndjson': [pressure([part('8480-6', 150), part('8462-4', 95)])],
    'Condition.ndjson': [diabetes('c1', 'p1')],
    'Coverage.ndjson': [coverage('v1', 'p1', 'First Mutual')],
  })
  const summary = 'select systolic::float, diastolic::float, condition_count, sort_name from patient_summary'
  expect(await region.sql(summary)).toEqual([{ systolic: 150, diastolic: 95, condition_count: 1, sort_name: 'before ' }])
  await importFiles({
    'Patient.ndjson': [patient('p1', { name: [{ family: 'After' }] })],
    'Observation.ndjson': [pressure([part('8480-6', 120)])],
    'Condition.ndjson': [
      diabetes('c1', 'p1', { verificationStatus: { coding: [{ code: 'entered-in-error' }] }, clinicalStatus: undefined }),
    ],
    'Coverage.ndjson': [coverage('v1', 'p1', 'Second Mutual')],
  })
  expect(await region.sql(summary)).toEqual([{ systolic: null, diastolic: null, condition_count: 0, sort_name: 'after ' }])
  expect(await region.sql(`select part from clinical_fact where fhir_id = 'bp' order by part`)).toEqual([{ part: 0 }, { part: 1 }])
  expect(await region.sql('select term from patient_search order by term')).toEqual([
    { term: '1960-04-17' },
    { term: 'after' },
    { term: 'mr-p1' },
  ])
  const payers = await region.sql('select o.name from coverage v join organization o on o.id = v.payer_id')
  expect(payers).toEqual([{ name: 'Second Mutual' }])
})

test('a correction of the patient: the resource leaves its old chart and stands in the new one, and may come back', async () => {
  const elsewhere = patient('p3', { managingOrganization: { reference: 'Organization/oak', display: 'Oak Street Practice' } })
  const people = [patient('p1'), patient('p2'), elsewhere]
  const [first, twin] = [a1c('o1', 'p1', 9.9), a1c('o9', 'p3', 6)]
  await importFiles({
    'Patient.ndjson': people,
    'Observation.ndjson': [first, twin],
    'Coverage.ndjson': [coverage('v1', 'p1', 'First Mutual')],
  })
  const before = await watermark()

  const moved = [a1c('o1', 'p2', 9.9), a1c('o9', 'p1', 6)]
  await importFiles({ 'Observation.ndjson': moved, 'Coverage.ndjson': [coverage('v1', 'p2', 'First Mutual')] })
  expect(await standing()).toEqual([
    { chart: 'p1', a1c: 6, resources: 2, payers: 0 },
    { chart: 'p2', a1c: 9.9, resources: 3, payers: 1 },
    // In another practice the same id is another resource.
    { chart: 'p3', a1c: 6, resources: 2, payers: 0 },
  ])
  expect(
    await region.sql('select f.fhir_id, p.fhir_id as chart from clinical_fact f join patient p on p.id = f.patient_id order by 1, 2'),
  ).toEqual([
    { fhir_id: 'o1', chart: 'p2' },
    { fhir_id: 'o9', chart: 'p1' },
    { fhir_id: 'o9', chart: 'p3' },
  ])
  const observationsAt = async (value: string) => (await stoodAt(value)).filter(({ resourceType }) => resourceType === 'Observation')
  expect(await observationsAt(before)).toEqual([first, twin])
  expect(await observationsAt(await watermark())).toEqual([...moved, twin])

  await importFiles({ 'Observation.ndjson': [first] })
  expect(await standing()).toMatchObject([{ a1c: 9.9, resources: 3 }, { a1c: null, resources: 2 }, { a1c: 6 }])
  const again = await tableChecksums(region)
  await importFiles({ 'Observation.ndjson': [first] })
  expect(await tableChecksums(region)).toEqual(again)
})

test('a label that comes with a correction of the patient covers what stood in the old chart', async () => {
  const label = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ETH' }] } }
  await importFiles({ 'Patient.ndjson': [patient('p1'), patient('p2')], 'Observation.ndjson': [a1c('o1', 'p1')] })
  await importFiles({ 'Observation.ndjson': [a1c('o1', 'p2', 7.1, label)] })
  expect(
    await region.sql(`select sensitivity, withdrawn from resource_version where fhir_id = 'o1' order by withdrawn, watermark`),
  ).toEqual([
    { sensitivity: 'part2', withdrawn: false },
    { sensitivity: 'part2', withdrawn: false },
    { sensitivity: 'part2', withdrawn: true },
  ])
})

test('the care manager is of a team that is active now, not of one that was', async () => {
  const people = { 'Patient.ndjson': [patient('p1')] }
  await importFiles({ ...people, 'CareTeam.ndjson': [careTeam('t1', 'active', 'Ada First'), careTeam('t2', 'active', 'Ben Second')] })
  await importFiles({ 'CareTeam.ndjson': [careTeam('t2', 'inactive', 'Ben Second')] })
  expect(await region.sql('select care_manager from patient_summary')).toEqual([{ care_manager: 'Ada First' }])
  await importFiles({ 'CareTeam.ndjson': [careTeam('t1', 'inactive', 'Ada First')] })
  expect(await region.sql('select care_manager from patient_summary')).toEqual([{ care_manager: null }])
})

test('a care manager whom a team only refers to is named as the directory names them', async () => {
  const team = careTeam('t1', 'active', { reference: 'Practitioner/n1' })
  const nurse = (family: string) => ({ resourceType: 'Practitioner', id: 'n1', name: [{ given: ['Nia'], family }] })
  await importFiles({ 'Patient.ndjson': [patient('p1')], 'CareTeam.ndjson': [team] })
  expect(await region.sql('select care_manager from patient_summary')).toEqual([{ care_manager: null }])
  await importFiles({ 'Practitioner.ndjson': [nurse('First')], 'CareTeam.ndjson': [{ ...team, name: 'The same team' }] })
  expect(await region.sql('select care_manager from patient_summary')).toEqual([{ care_manager: 'Nia First' }])
})

test('one id in two files of an import with other content: the second is reported, whatever the files are named for, and again nothing changes', async () => {
  const folder = folderOf({
    'Patient.ndjson': [patient('p1')],
    'Encounter.ndjson': [encounter('e1', 'p1'), diabetes('c1', 'p1', { onsetDateTime: '2016-01-01' })],
    'Condition.ndjson': [diabetes('c1', 'p1'), patient('p1', { gender: 'male' }), patient('p1')],
    'Observation-1.ndjson': [a1c('o1', 'p1', 9), a1c('o2', 'p1', 6)],
    'Observation-2.ndjson': [a1c('o2', 'p1', 6), a1c('o1', 'p1', 8)],
  })
  const told = (type: string, file: string, line: number, first: string) => ({
    file: `${folder}/${file}`,
    line,
    reason: `${type}: the same id stands in ${first} with other content.`,
  })
  try {
    const first = await region.import(folder)
    expect(first.counts.all).toEqual({ created: 5, corrected: 0, unchanged: 2, rejected: 3, lines: 10 })
    expect(first.reports).toEqual([
      told('Condition', 'Condition.ndjson', 1, `line 2 of ${folder}/Encounter.ndjson`),
      told('Patient', 'Condition.ndjson', 2, `line 1 of ${folder}/Patient.ndjson`),
      told('Observation', 'Observation-2.ndjson', 2, `line 1 of ${folder}/Observation-1.ndjson`),
    ])
    const before = await tableChecksums(region)
    const again = await region.import(folder)
    expect(again.counts.all).toEqual({ created: 0, corrected: 0, unchanged: 7, rejected: 3, lines: 10 })
    expect(again.reports).toEqual(first.reports)
    expect(await tableChecksums(region)).toEqual(before)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('several versions of one record in an import: the newest stands wherever it comes, older ones are reported, and again nothing changes', async () => {
  const at = (lastUpdated: string) => ({ meta: { lastUpdated } })
  const [one, two, three] = ['2020-05-04T00:00:00Z', '2020-05-05T00:00:00Z', '2020-05-06T00:00:00Z'].map(at)
  const directory = (name: string, meta: object) => ({ resourceType: 'Organization', id: 'elm', name, ...meta })
  const folder = folderOf({
    'Organization.ndjson': [directory('New Name', two!), directory('Old Name', one!)],
    'Patient.ndjson': [patient('p1', { gender: 'male', ...two }), patient('p1', one)],
    'Observation-1.ndjson': [a1c('up', 'p1', 1, one), a1c('up', 'p1', 2, two), a1c('up', 'p1', 3, three), a1c('down', 'p1', 3, three)],
    'Observation-2.ndjson': [a1c('down', 'p1', 1, one), a1c('down', 'p1', 2, two), a1c('up', 'p1', 1, one)],
  })
  const told = (type: string, file: string, line: number) => ({
    ...{ file: `${folder}/${file}`, line },
    reason: `${type}: a newer version stands, by meta.lastUpdated or meta.versionId. This one changes nothing.`,
  })
  const stands = async () => ({
    values: await region.sql('select fhir_id, value::int from clinical_fact order by 1'),
    people: await region.sql('select gender from patient'),
    names: await region.sql('select name from directory_version'),
  })
  try {
    const first = await region.import(folder)
    expect(await stands()).toEqual({
      values: ['down', 'up'].map((fhir_id) => ({ fhir_id, value: 3 })),
      people: [{ gender: 'male' }],
      names: [{ name: 'New Name' }],
    })
    expect(first.reports).toEqual([
      told('Organization', 'Organization.ndjson', 2),
      told('Patient', 'Patient.ndjson', 2),
      told('Observation', 'Observation-2.ndjson', 1),
      told('Observation', 'Observation-2.ndjson', 2),
    ])
    expect(first.counts.all).toEqual({ created: 4, corrected: 2, unchanged: 1, rejected: 4, lines: 11 })
    const before = await tableChecksums(region)
    const again = await region.import(folder)
    expect(again.reports).toEqual(first.reports)
    expect(await tableChecksums(region)).toEqual(before)
    expect(await region.sql('select from import_pending')).toEqual([])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('whatever is first in the folder, a chart finds its lines; a patient who is nowhere is reported', async () => {
  const mixed = [a1c('o1', 'p1'), encounter('e1', 'p2'), a1c('o3', 'p9'), diabetes('c1', 'p1'), patient('p2'), a1c('o2', 'p2')]
  const outcome = await importFiles({ 'a-mixed.ndjson': mixed, 'b-people.ndjson': [diabetes('c2', 'p1'), patient('p1')] })
  expect(outcome).toMatchObject({ reports: [{ line: 3, reason: expect.stringContaining('Send the Patient first') }] })
  expect(outcome.counts.all).toEqual({ created: 7, corrected: 0, unchanged: 0, rejected: 1, lines: 8 })
  expect(await region.sql(`select fhir_id from resource_version order by type, fhir_id`)).toHaveLength(7)
  expect(await region.sql('select 1 from import_pending')).toEqual([])
  const missing = await importFiles({ 'Patient.ndjson': [patient('p9')], 'mixed.ndjson': mixed })
  expect(missing).toMatchObject({ reports: [], counts: { all: { created: 2, unchanged: 5, rejected: 0 } } })
})

const standing = (): Promise<object[]> =>
  region.sql(
    `select p.fhir_id as chart, s.a1c::float, s.resource_count as resources, (select count(*)::int from coverage v where v.patient_id = p.id) as payers
       from patient p join patient_summary s on s.patient_id = p.id order by 1`,
  )

function careTeam(id: string, status: string, manager: string | { readonly reference: string }): Resource {
  return {
    resourceType: 'CareTeam',
    id,
    status,
    subject: { reference: 'Patient/p1' },
    participant: [
      {
        role: [{ coding: [{ system: 'http://nucc.org/provider-taxonomy', code: '171M00000X' }] }],
        member: typeof manager === 'string' ? { display: manager } : manager,
      },
    ],
  }
}

function coverage(id: string, patientId: string, payer: string): Resource {
  return {
    resourceType: 'Coverage',
    id,
    status: 'active',
    beneficiary: { reference: `Patient/${patientId}` },
    payor: [{ display: payer }],
    period: { start: '2020-01-01' },
  }
}
