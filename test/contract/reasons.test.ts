// From a published figure to the people behind it, and to the clauses and records that put each of them there.
import { newId } from '@carecommons/kernel'
import { starterPackages } from '../../packages/cql/src/starter-packages.fixture.ts'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD, type UserKey } from '../support/world.ts'

let api: TestApi
let clinician: Caller
let ann: string

const concept = (system: string, code: string, text?: string) => ({ coding: [{ system, code }], ...(text !== undefined && { text }) })
const result = (value: number) => ({
  ...{ resourceType: 'Observation', id: 'a1c-ann', status: 'final', effectiveDateTime: '2025-05-06' },
  code: concept('http://loinc.org', '4548-4', 'Hemoglobin A1c'),
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
})

/** A year's records of somebody with diabetes whose last HbA1c is over 9 %, and what came after the run. */
async function plantAnn(): Promise<void> {
  ann = api.world.charts.alder[1]!
  const pkg = (await starterPackages()).get('glycemic-control-poor')!
  await api.sql(
    `insert into measure_package (hash, measure_id, url, version, title, description, improvement, source_hash, bundle, loaded_at)
     values ($1, 'glycemic', $2, $3, $4, 'In words.', 'decrease', 'of a test', $5, now())`,
    [pkg.hash, pkg.url, pkg.version, pkg.title, JSON.stringify(pkg.bundle)],
  )
  await api.sql('update metric_run set package_hashes = package_hashes || $1::text', [pkg.hash])
  const keep = (
    watermark: number,
    { resourceType, id, ...rest }: { resourceType: string; id: string },
    supersededAt: number | null = null,
  ) =>
    api.sql(
      `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, superseded_at, hash, codes, content, import_file_id, line)
       values ($1, $2, $3, $4, $5, $6, '\\x00', '{}', $7, $8, 1)`,
      [api.world.practices.alder, ann, resourceType, id, watermark, supersededAt, JSON.stringify({ resourceType, id, ...rest }), newId()],
    )
  await keep(2, { ...{ resourceType: 'Patient', id: ann }, ...{ birthDate: '1980-03-01', gender: 'female' } })
  await keep(2, {
    ...{ resourceType: 'Condition', id: 'dm', onsetDateTime: '2020-01-01' },
    code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'E11.9', 'Diabetes'),
    clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    verificationStatus: concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
  } as { resourceType: string; id: string })
  await keep(2, {
    ...{ resourceType: 'Encounter', id: 'visit', status: 'finished', period: { start: '2025-02-03' } },
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  } as { resourceType: string; id: string })
  // Corrected after the run had read it: the run stands on what stood then.
  await keep(3, result(9.6), 9)
  await keep(9, result(6.1))
  await api.sql(
    `insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator,
                                     denominator_exclusion, denominator_exception, numerator, evidence)
     values ($1, $2, $3, 'glycemic', 0, 1, 1, 0, 0, 1, array['Observation/a1c-ann', 'Condition/dm'])`,
    [api.world.practices.alder, api.world.runId, ann],
  )
}

beforeAll(async () => {
  api = await openTestApi()
  await plantAnn()
  clinician = await api.signedIn('alderClinician')
}, 60_000)
afterAll(() => api.close())

const BEHIND = `query ($of: PopulationInput!) { patients(inPopulation: $of, first: 100) { totalCount edges { node { id } } } }`
const SCORES = `{ practice { scores { measure { id } initialPopulation denominator denominatorExclusion denominatorException numerator } } }`
const REASON = `query ($id: ID!, $period: PeriodInput) { reason(patientId: $id, measure: "glycemic", period: $period) {
  patientId measure { title packageHash } period { start end } watermark
  facts { reference text on value status sensitivity } populations { group population count lines { depth question answer holds mentions { text reference } } }
  mentioned { reference text on status } } }`
const whyOf = async (caller: Caller, id = ann) => caller.ask(REASON, { id })

test('behind every number of a score stand exactly so many people, those who died since among them', async () => {
  const { data } = await clinician.ask(SCORES)
  const score = data.practice.scores.find(({ measure }: { measure: { id: string } }) => measure.id === 'control')
  const numbers = {
    INITIAL_POPULATION: score.initialPopulation,
    DENOMINATOR: score.denominator,
    DENOMINATOR_EXCLUSION: score.denominatorExclusion,
    DENOMINATOR_EXCEPTION: score.denominatorException,
    NUMERATOR: score.numerator,
    COUNTED: score.denominator - score.denominatorExclusion - score.denominatorException,
    OPEN: score.denominator - score.denominatorExclusion - score.denominatorException - score.numerator,
  }
  for (const [population, number] of Object.entries(numbers)) {
    const behind = (await clinician.ask(BEHIND, { of: { measure: 'control', population, period: PERIOD } })).data.patients
    expect({ population, total: behind.totalCount, listed: behind.edges.length }).toEqual({ population, total: number, listed: number })
    for (const { node } of behind.edges) expect(api.world.charts.alder).toContain(node.id)
  }
  expect(numbers).toMatchObject({ INITIAL_POPULATION: 25, NUMERATOR: 6, OPEN: 12 })
})

test('figures of a period that nobody published have nobody behind them', async () => {
  const period = { start: '2019-01-01', end: '2019-12-31' }
  const { data } = await clinician.ask(BEHIND, { of: { measure: 'control', population: 'DENOMINATOR', period } })
  expect(data.patients).toEqual({ totalCount: 0, edges: [] })
  expect((await clinician.ask(REASON, { id: ann, period })).data.reason).toBeNull()
})

test('a place is told in clauses and records, as these stood when the run read them', async () => {
  const { data, errors } = await whyOf(clinician)
  expect(errors).toEqual([])
  const { facts, populations, mentioned, ...rest } = data.reason
  expect(rest).toMatchObject({ patientId: ann, period: PERIOD, watermark: '7' })
  const plain = { status: null, sensitivity: null, value: null }
  expect(facts).toEqual([
    { ...plain, reference: 'Observation/a1c-ann', text: 'Hemoglobin A1c', on: '2025-05-06', value: '9.6 %', status: 'final' },
    { ...plain, reference: 'Condition/dm', text: 'Diabetes', on: '2020-01-01' },
  ])
  const numerator = populations.find(({ population }: { population: string }) => population === 'numerator')
  expect(numerator).toMatchObject({ count: 1, lines: expect.arrayContaining([expect.objectContaining({ depth: 0, holds: true })]) })
  const said = numerator.lines.map(({ question, answer }: { question: string; answer: string }) => `${question}: ${answer}`).join('\n')
  expect(said).toContain('9.6 %')
  expect(said).not.toContain('6.1')
  // Records are named, and each name leads to a record that the page tells of.
  const lines = populations.flatMap((one: { lines: { question: string; answer: string; mentions: Mention[] }[] }) => one.lines)
  expect(JSON.stringify(lines.map(({ question, answer }: { question: string; answer: string }) => [question, answer]))).not.toMatch(
    /(?:Observation|Condition|Encounter|Patient)\/|[\u{e000}\u{e001}]/u,
  )
  const named = new Map(lines.flatMap(({ mentions }: { mentions: Mention[] }) => mentions.map((one) => [one.reference, one.text])))
  expect(named.get('Observation/a1c-ann')).toBe('Hemoglobin A1c, 9.6 %, 2025-05-06')
  const listed = [...facts, ...mentioned].map(({ reference }: Mention) => reference)
  expect([...named.keys()].filter((reference) => !listed.includes(reference as string))).toEqual([])
  expect(new Set(listed).size).toBe(listed.length)
}, 30_000)

interface Mention {
  readonly reference: string
  readonly text: string
}

test('each look leaves one row for the record, and one more where a labelled record was told', async () => {
  await api.sql('delete from audit_event')
  await whyOf(clinician)
  const left = () => api.sql('select action, subject, subject_ids, outcome from audit_event')
  expect(await left()).toEqual([{ action: 'read', subject: 'ClinicalRecord', subject_ids: [ann], outcome: 'allowed' }])
  await api.sql('delete from audit_event')
  await clinician.ask(BEHIND, { of: { measure: 'glycemic', population: 'NUMERATOR' } })
  expect(await left()).toEqual([{ action: 'read', subject: 'Chart', subject_ids: [ann], outcome: 'allowed' }])
})

test('what a labelled record decided is not there without consent, neither in the list nor as a reason', async () => {
  await api.sql(`update measure_membership set sensitivity = 'behavioral' where patient_id = $1 and measure_id = 'glycemic'`, [ann])
  await api.sql(`update resource_version set sensitivity = 'behavioral' where patient_id = $1 and fhir_id = 'a1c-ann'`, [ann])
  const listed = async () =>
    (await clinician.ask(BEHIND, { of: { measure: 'glycemic', population: 'NUMERATOR' } })).data.patients.totalCount as number
  expect(await listed()).toBe(0)
  expect((await whyOf(clinician)).data.reason).toBeNull()
  // A place without a label that its open records alone would not give: there is nothing to tell, or the difference would tell.
  await api.sql(`update measure_membership set sensitivity = null where patient_id = $1 and measure_id = 'glycemic'`, [ann])
  expect((await whyOf(clinician)).data.reason).toBeNull()
  await api.sql(`update measure_membership set sensitivity = 'behavioral' where patient_id = $1 and measure_id = 'glycemic'`, [ann])
  const { data } = await clinician.ask(
    `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename ... on Refused { code message } } }`,
    {
      input: {
        ...{ patientId: ann, kind: 'SENSITIVE', category: 'BEHAVIORAL', recipientId: api.world.practices.alder, manner: 'WRITTEN' },
        ...{ givenBy: 'Ann', givenAs: 'patient', givenOn: '2026-03-01', scope: 'Own practice', idempotencyKey: 'consent-of-ann' },
      },
    },
  )
  expect(data.recordConsent).toEqual({ __typename: 'Consent' })
  expect(await listed()).toBe(1)
  await api.sql('delete from audit_event')
  expect((await whyOf(clinician)).data.reason.facts[0]).toMatchObject({ reference: 'Observation/a1c-ann', sensitivity: 'BEHAVIORAL' })
  expect((await api.sql('select subject from audit_event order by subject')).map(({ subject }) => subject)).toEqual([
    'ClinicalRecord',
    'SensitiveRecord',
  ])
})

test('no way from a figure to a patient for the coordinating body, payers and the front desk; another practice meets what is not there', async () => {
  const refused: readonly UserKey[] = ['administrator', 'analyst', 'workforceManager', 'pineAnalyst', 'alderStaff', 'auditor']
  for (const user of refused) {
    const caller = await api.signedIn(user)
    for (const answer of [await whyOf(caller), await caller.ask(BEHIND, { of: { measure: 'control', population: 'OPEN' } })])
      expect({ user, code: answer.errors[0]?.extensions['code'], met: answer.text.includes(ann) }).toEqual({
        user,
        code: 'FORBIDDEN',
        met: false,
      })
  }
  const birch = await api.signedIn('birchClinician')
  const [foreign, missing] = [await whyOf(birch), await whyOf(birch, newId())]
  expect(foreign.text).toBe(missing.text)
  expect(foreign.text.trim()).toBe('{"data":{"reason":null}}')
  // A care manager finds it under a live assignment.
  expect((await whyOf(await api.signedIn('careManager'))).text).not.toContain('FORBIDDEN')
})
