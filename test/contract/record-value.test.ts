// What clinicians measure themselves stands on the chart as what record systems send does, in their own name.
import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { canaries } from '../support/world.ts'

const RECORD = `mutation ($input: RecordValueInput!) { recordValue(input: $input) {
  __typename ... on RecordedValue { reference } ... on Refused { code } } }`

let api: TestApi
let clinician: Caller
let chart: string
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
  chart = api.world.charts.alder[0]!
})
afterAll(() => api.close())

const record = async (more: object = {}, caller = clinician) => {
  const input = { patientId: chart, kind: 'A1C', value: 9.4, on: '2026-03-02', idempotencyKey: 'typed-once', ...more }
  const { data, errors } = await caller.ask(RECORD, { input })
  expect(errors).toEqual([])
  return data.recordValue
}
const rows = () =>
  api.sql(
    `select role, action, subject, subject_ids, outcome from audit_event where subject = 'ClinicalRecord' and action = 'create' order by at`,
  )
const versions = async () => (await api.sql(`select count(*)::int as n from resource_version where fhir_id like 'typed-%'`))[0]!.n

test('a value lands in its chart with its summary, who typed it, and one audit row; the same key is the same value', async () => {
  const made = await record()
  expect(made).toMatchObject({ __typename: 'RecordedValue', reference: expect.stringMatching(/^Observation\/typed-/) })
  expect(await rows()).toEqual([
    { role: 'clinician', action: 'create', subject: 'ClinicalRecord', subject_ids: [chart], outcome: 'allowed' },
  ])
  const [summary] = await api.sql('select a1c::float, a1c_on::text, lab_on::text from patient_summary where patient_id = $1', [chart])
  expect(summary).toEqual({ a1c: 9.4, a1c_on: '2026-03-02', lab_on: '2026-03-02' })
  const [kept] = await api.sql(`select content from resource_version where type = 'Observation' and fhir_id = $1`, [
    made.reference.slice('Observation/'.length),
  ])
  const [user] = await api.sql('select u.name from app_user u where u.email = $1', [api.world.users.alderClinician.email])
  expect(JSON.parse(kept!.content)).toMatchObject({ performer: [{ display: user!.name }], meta: { source: 'urn:carecommons:form' } })

  expect(await record()).toEqual(made)
  expect(await versions()).toBe(1)
  expect(await record({ value: 7.1 })).toMatchObject({ code: 'IdempotencyKeyReused' })
  expect(await record({ kind: 'BLOOD_PRESSURE', value: 142, second: 88, idempotencyKey: 'a-pressure' })).toMatchObject({
    __typename: 'RecordedValue',
  })
  expect((await api.sql('select systolic::int, diastolic::int from patient_summary where patient_id = $1', [chart]))[0]).toEqual({
    systolic: 142,
    diastolic: 88,
  })
  expect(await versions()).toBe(2)
})

test('a foreign chart answers as one that never was, what cannot be is refused, and nothing is written', async () => {
  const before = await versions()
  const told = await Promise.all(
    [api.world.charts.birch[0]!, newId(), 'x'].map((patientId, n) => record({ patientId, idempotencyKey: `foreign-${n}` })),
  )
  expect(told).toEqual(told.map(() => ({ __typename: 'Refused', code: 'ChartNotFound' })))
  expect(await record({ value: 94, idempotencyKey: 'a-digit-off' })).toMatchObject({ code: 'ValueImpossible' })
  expect(await record({ on: '2126-03-02', idempotencyKey: 'in-a-century' })).toMatchObject({ code: 'DayAhead' })
  expect(await versions()).toBe(before)
  const denied = await api.sql(
    `select outcome, count(*)::int as n from audit_event where subject = 'ClinicalRecord' and action = 'create' and outcome <> 'allowed' group by 1 order by 1`,
  )
  expect(denied).toEqual([
    { outcome: 'denied', n: 3 },
    { outcome: 'not-found', n: 3 },
  ])
})

test.each(['careManager', 'alderQualityLead', 'alderStaff', 'alderPatient', 'administrator', 'analyst', 'pineAnalyst'] as const)(
  '%s records nothing',
  async (who) => {
    const caller = await api.signedIn(who)
    const { errors, data } = await caller.ask(RECORD, {
      input: { patientId: chart, kind: 'A1C', value: 9.4, on: '2026-03-02', idempotencyKey: 'not-mine-to-do' },
    })
    expect(data?.recordValue ?? null).toBeNull()
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect(JSON.stringify(errors)).not.toContain(canaries.alder)
  },
)
