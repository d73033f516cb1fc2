// When a gap that is closed opens again: from the measure's logic and the records of today, whatever the measure.
import { newId } from '@carecommons/kernel'
import { starterPackages } from '../../packages/cql/src/starter-packages.fixture.ts'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
let clinician: Caller
let ann: string

const concept = (system: string, code: string) => ({ coding: [{ system, code }] })
const visit = (id: string, day: string) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', period: { start: day, end: day } },
  class: concept('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB').coding[0],
})
const keep = (resource: { readonly resourceType: string; readonly id: string }) =>
  api.sql(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line)
     values ($1, $2, $3, $4, 3, '\\x00', '{}', $5, $6, 1)`,
    [api.world.practices.alder, ann, resource.resourceType, resource.id, JSON.stringify(resource), newId()],
  )

/** Puts a chart into a measure of the starter set, with its gap closed. */
async function close(id: string, measure: string, improvement: 'increase' | 'decrease'): Promise<void> {
  const pkg = (await starterPackages()).get(measure)!
  await api.sql(
    `insert into measure_package (hash, measure_id, url, version, title, description, improvement, source_hash, bundle, loaded_at)
     values ($1, $2, $3, $4, $5, 'In words.', $6, 'of a test', $7, now())`,
    [pkg.hash, id, pkg.url, pkg.version, pkg.title, improvement, JSON.stringify(pkg.bundle)],
  )
  await api.sql('update metric_run set package_hashes = package_hashes || $1::text', [pkg.hash])
  await api.sql(
    `insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator,
                                     denominator_exclusion, denominator_exception, numerator, evidence)
     values ($1, $2, $3, $4, 0, 1, 1, 0, 0, $5, '{}')`,
    [api.world.practices.alder, api.world.runId, ann, id, improvement === 'increase' ? 1 : 0],
  )
}

beforeAll(async () => {
  api = await openTestApi()
  ann = api.world.charts.alder[1]!
  clinician = await api.signedIn('alderClinician')
  await close('glycemic', 'glycemic-control-poor', 'decrease')
  await close('breast', 'breast-cancer-screening', 'increase')
  const records = [
    { ...{ resourceType: 'Patient', id: ann }, ...{ birthDate: '1965-03-01', gender: 'female' } },
    {
      ...{ resourceType: 'Condition', id: 'dm', onsetDateTime: '2020-01-01' },
      code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'E11.9'),
      clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
      verificationStatus: concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
    },
    {
      ...{ resourceType: 'Observation', id: 'a1c', status: 'final', effectiveDateTime: '2025-05-06' },
      code: concept('http://loinc.org', '4548-4'),
      valueQuantity: { value: 6.1, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
    },
    {
      ...{ resourceType: 'Observation', id: 'mammogram', status: 'final', effectiveDateTime: '2024-06-01' },
      ...{ code: concept('http://loinc.org', '24606-6'), valueCodeableConcept: { text: 'No sign of cancer' } },
    },
    visit('visit', '2025-05-06'),
  ]
  for (const record of records) await keep(record)
}, 60_000)
afterAll(() => api.close())

const COMING = `query ($id: ID!) { patient(id: $id) { comingGaps { measure { id } dueOn } } }`
const comingOf = async (caller = clinician) => {
  const { data, errors } = await caller.ask(COMING, { id: ann })
  expect(errors).toEqual([])
  return data.patient?.comingGaps as { readonly measure: { readonly id: string }; readonly dueOn: string }[]
}

test('nothing is due for who no longer counts by then', async () => {
  // Their only visit leaves the year with the HbA1c.
  expect(await comingOf()).toEqual([])
})

test('a gap is due on the first day on which the measure leaves it open over a year that ends then, the first due first', async () => {
  await keep(visit('later', '2025-12-10'))
  expect(await comingOf()).toEqual([
    // The year that ends then begins on the day after the HbA1c.
    { measure: { id: 'glycemic' }, dueOn: '2026-05-06' },
    // The year and the 15 months before it: the mammogram is a day too old.
    { measure: { id: 'breast' }, dueOn: '2026-09-01' },
  ])
  // What is recorded counts at once.
  await keep({
    ...{ resourceType: 'Observation', id: 'a1c-2', status: 'final', effectiveDateTime: '2025-12-10' },
    code: concept('http://loinc.org', '4548-4'),
    valueQuantity: { value: 6.3, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  } as { resourceType: string; id: string })
  expect((await comingOf()).map(({ measure }) => measure.id)).toEqual(['breast'])
}, 60_000)

test('a measure that the open records would place elsewhere than published says nothing', async () => {
  await api.sql(`update resource_version set sensitivity = 'behavioral' where patient_id = $1 and fhir_id = 'mammogram'`, [ann])
  expect(await comingOf()).toEqual([])
  await api.sql(`update resource_version set sensitivity = null where patient_id = $1`, [ann])
})

test('who may not read the chart finds nothing; a page of charts with it costs too much', async () => {
  expect((await (await api.signedIn('birchClinician')).ask(COMING, { id: ann })).data.patient).toBeNull()
  const refused: readonly UserKey[] = ['administrator', 'analyst', 'pineAnalyst', 'alderStaff']
  for (const user of refused)
    expect({ user, code: (await (await api.signedIn(user)).ask(COMING, { id: ann })).errors[0]?.extensions['code'] }).toEqual({
      ...{ user, code: 'FORBIDDEN' },
    })
  const page = '{ patients(first: 50) { edges { node { comingGaps { dueOn } } } } }'
  expect((await clinician.ask(page)).errors[0]?.extensions['code']).toBe('TOO_COSTLY')
})
