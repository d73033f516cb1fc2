// Where charts stand in risk: worked out of their facts, by the same rules whoever looks, and of nobody whose labelled records would tell.
import { openRiskFollower } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled } from '../support/sensitive-charts.ts'
import { NOW, type PracticeKey } from '../support/world.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
  for (const [id, system, code] of CODES) await api.sql('insert into code (id, system, code) values ($1, $2, $3)', [id, system, code])
})
afterAll(() => api.close())

const [ICD, SNOMED, LOINC, ACT] = [
  'http://hl7.org/fhir/sid/icd-10-cm',
  'http://snomed.info/sct',
  'http://loinc.org',
  'http://terminology.hl7.org/CodeSystem/v3-ActCode',
]
const CODES = [
  [101, ICD, 'I50.9'],
  [102, ICD, 'N18.30'],
  [103, SNOMED, '13645005'],
  [104, SNOMED, '160903007'],
  [105, ACT, 'IMP'],
  [106, ACT, 'EMER'],
  [107, LOINC, '718-7'],
  [108, ICD, 'C50.9'],
] as const

const RISK = `query ($id: ID!) { patient(id: $id) { risk { tier tierTitle segment opportunity reasons workedOutOn
  scores { model score atMost band inputs { text points atMost facts } } } } }`
const riskOf = async (id: string, caller = clinician) => (await caller.ask(RISK, { id })).data?.patient?.risk
interface Score {
  readonly model: string
  readonly score: number
  readonly inputs: readonly { readonly facts: readonly string[] }[]
}
const scoreOf = (risk: { readonly scores: readonly Score[] }, model: string): Score => risk.scores.find((one) => one.model === model)!

/** As the worker does, until nothing is left. */
async function follow(now = NOW): Promise<number> {
  const follower = openRiskFollower(api.world.database, clockAt(now), 'America/New_York')
  let all = 0
  for (let done = -1; done !== 0; all += done) done = await follower.follow()
  return all
}
const stale = (...ids: readonly string[]) =>
  api.sql(`update patient_risk set worked_out_on = '-infinity' where patient_id = any ($1)`, [ids])

async function fact(practice: PracticeKey, id: string, type: string, more: Readonly<Record<string, unknown>>): Promise<string> {
  const row = { practice_id: api.world.practices[practice], patient_id: id, type, fhir_id: newId(), part: 0, status: 'active', ...more }
  const names = Object.keys(row)
  await api.sql(
    `insert into clinical_fact (${names.join(', ')}) values (${names.map((_, n) => `$${n + 1}`).join(', ')})`,
    Object.values(row),
  )
  return `${type}/${row.fhir_id}`
}
const on = (day: string) => ({ starts_at: `${day}T14:00:00Z`, starts_on: day })

test('a chart is scored out of its records, with the records that each line rests on', async () => {
  const id = api.world.charts.alder[1]!
  const failure = await fact('alder', id, 'Condition', { code_id: 101, ...on('2020-01-01') })
  const lungs = await fact('alder', id, 'Condition', { code_id: 103, ...on('2020-01-01') })
  const job = await fact('alder', id, 'Condition', { code_id: 104, ...on('2020-01-01') })
  await fact('alder', id, 'Condition', { code_id: 108, ...on('2020-01-01'), verification: 'refuted' })
  await fact('alder', id, 'Condition', { code_id: 108, ...on('2020-01-01'), status: 'resolved' })
  await fact('alder', id, 'Condition', { code_id: 108, ...on('2020-01-01'), ends_at: '2021-01-01T00:00:00Z' })
  const emergency = await fact('alder', id, 'Encounter', { value_code_id: 106, status: 'finished', ...on('2026-02-09') })
  const stay = await fact('alder', id, 'Encounter', {
    value_code_id: 105,
    status: 'finished',
    ...on('2026-02-10'),
    ends_at: '2026-02-15T15:00:00Z',
  })
  const low = await fact('alder', id, 'Observation', { code_id: 107, status: 'final', value: '9.8', unit: 'g/dL', ...on('2026-02-14') })
  await stale(id)
  expect(await riskOf(id)).toMatchObject({ reasons: ['Reason of Canaryalder01'] })
  expect(await follow()).toBe(1)
  const risk = await riskOf(id)
  // Two major conditions; 84 years old; a hospital stay.
  expect(risk).toMatchObject({ tier: 3, tierTitle: 'high', segment: 'COMPLEX', workedOutOn: '2026-03-02' })
  // While it is worked out anew, as it stood.
  await stale(id)
  expect(await riskOf(id)).toEqual(risk)
  await follow()
  expect(risk.reasons[0]).toBe('Discharged on 2026-02-15')
  expect(scoreOf(risk, 'charlson-1987')).toMatchObject({ score: 2, atMost: 2 })
  expect(scoreOf(risk, 'charlson-1987').inputs).toEqual([
    { text: 'Heart failure', points: 1, atMost: null, facts: [failure] },
    { text: 'Chronic pulmonary disease', points: 1, atMost: null, facts: [lungs] },
    { text: '1 problem has no code that these tables read: not counted', points: 0, atMost: null, facts: [job] },
  ])
  expect(scoreOf(risk, 'charlson-quan-2011').score).toBe(3)
  // 5 days 4, through the emergency room 3, comorbidity of 4 is 5; that visit is not one of those before.
  expect(scoreOf(risk, 'lace')).toMatchObject({ score: 12, band: 'high' })
  expect(scoreOf(risk, 'lace').inputs[1]).toMatchObject({ text: 'Admitted as an emergency', facts: [stay] })
  expect(JSON.stringify(scoreOf(risk, 'lace'))).not.toContain(emergency)
  // Hemoglobin 1, urgent 1, five days 2; of sodium nothing is told.
  expect(scoreOf(risk, 'hospital-2017')).toMatchObject({ score: 4, atMost: 5 })
  expect(scoreOf(risk, 'hospital-2017').inputs[0]!.facts).toEqual([low])
  const [row] = await api.sql('select risk_rank from patient_summary where patient_id = $1', [id])
  expect(row).toEqual({ risk_rank: 300 + risk.opportunity })
})

test('a laboratory that measures in another unit is read on the scale of the models, or left out', async () => {
  const id = api.world.charts.alder[2]!
  await api.sql(`delete from clinical_fact where patient_id = $1 and type = 'Observation'`, [id])
  await fact('alder', id, 'Condition', { code_id: 101, ...on('2020-01-01') })
  await fact('alder', id, 'Encounter', { value_code_id: 105, status: 'finished', ...on('2026-02-10'), ends_at: '2026-02-15T15:00:00Z' })
  const lab = (code: string, value: number, unit: string, day: string) =>
    fact('alder', id, 'Observation', { code_id: values.get(code), status: 'final', value, unit, ...on(day) })
  const values = new Map(
    (await api.sql(`select id, code from code where system = $1`, [LOINC])).map((row) => [row['code'] as string, row['id'] as number]),
  )
  const told = async () => {
    await stale(id)
    await follow()
    const risk = await riskOf(id)
    const inputs = [...scoreOf(risk, 'opportunity').inputs, ...scoreOf(risk, 'hospital-2017').inputs] as {
      text: string
      points: number
      facts: string[]
    }[]
    return inputs.filter(({ facts, points }) => points > 0 && facts.some((one) => one.startsWith('Observation/'))).map(({ text }) => text)
  }
  // 53 and 55 mmol/mol are 7.0 and 7.2 %; 18 and 17 kPa are 135 and 128 mm[Hg]; 7.8 mmol/L are 12.6 g/dL.
  for (const [value, day] of [[53, '2026-01-05'], [55, '2026-02-05']] as const) await lab('4548-4', value, 'mmol/mol', day) // prettier-ignore
  for (const [value, day] of [[1801, '2026-01-05'], [1701, '2026-02-05']] as const) await lab('8480-6', value, 'daPa', day) // prettier-ignore
  await lab('718-7', 7.8, 'mmol/L', '2026-02-14')
  expect(await told()).toEqual([])
  await lab('718-7', 98, 'g/L', '2026-02-14')
  expect(await told()).toEqual(['Last hemoglobin 9.8 g/dL, under 12'])
  for (const [value, day] of [[9.4, '2026-01-06'], [9.8, '2026-02-06']] as const) await lab('4548-4', value, '%', day) // prettier-ignore
  expect(await told()).toEqual([expect.stringContaining('HbA1c over 9 %'), 'Last hemoglobin 9.8 g/dL, under 12'])
})

test('what is worked out is passed over; every day it is worked out anew, and a stay is recent for thirty days', async () => {
  const id = api.world.charts.alder[1]!
  expect(await follow()).toBe(0)
  expect(await follow('2026-03-18T15:00:00Z')).toBe(42)
  expect((await riskOf(id)).scores.map(({ model }: { model: string }) => model)).toEqual([
    'tier',
    'segment',
    'opportunity',
    'charlson-1987',
    'charlson-quan-2011',
  ])
  const rows = () => api.sql('select * from risk_score order by 1, 2, 3')
  const before = await rows()
  await stale(...api.world.charts.alder)
  await follow('2026-03-18T15:00:00Z')
  expect(await rows()).toEqual(before)
})

test('a second coding is read where the first is of another vocabulary', async () => {
  const id = api.world.charts.alder[3]!
  const read = await fact('alder', id, 'Condition', { code_id: 104, ...on('2020-01-01') })
  await api.sql(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line)
     values ($1, $2, 'Condition', $3, 1, '\\x00', '{104,102}', '{}', uuidv7(), 1)`,
    [api.world.practices.alder, id, read.split('/')[1]],
  )
  await stale(id)
  await follow('2026-03-18T15:00:00Z')
  expect(scoreOf(await riskOf(id), 'charlson-1987')).toMatchObject({ score: 2, inputs: [{ text: 'Kidney disease', facts: [read] }] })
})

test('labelled records add nothing, whoever looks and whatever consent there is: with and without them the rows are the same', async () => {
  const id = api.world.charts.alder[5]!
  await fact('alder', id, 'Condition', { code_id: 101, ...on('2020-01-01') })
  const rows = async () => {
    await stale(id)
    await follow('2026-03-18T15:00:00Z')
    return [
      await api.sql('select model, score, band, inputs from risk_score where patient_id = $1 order by model', [id]),
      await api.sql('select tier, segment, opportunity, reasons from patient_risk where patient_id = $1', [id]),
    ]
  }
  const before = await rows()
  await plantLabelled(api, 'alder', 5)
  for (const [code, label] of [
    [102, 'part2'],
    [108, 'behavioral'],
  ] as const)
    await fact('alder', id, 'Condition', { code_id: code, sensitivity: label, ...on('2020-01-01') })
  await fact('alder', id, 'Encounter', {
    value_code_id: 105,
    sensitivity: 'part2',
    status: 'finished',
    ...on('2026-03-10'),
    ends_at: '2026-03-12T15:00:00Z',
  })
  expect(await rows()).toEqual(before)
  await api.sql(
    `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                          recorded_by_name, recorded_at, idempotency_key)
     values (uuidv7(), $1, $2, 'sensitive', 'part2', $1, 'written', 'x', 'patient', '2026-01-01', 'x', uuidv7(), 'x', now(), 'opened-for-risk')`,
    [api.world.practices.alder, id],
  )
  expect(await rows()).toEqual(before)
})

test('the practice and its care managers read it; patients, other practices and everybody else do not', async () => {
  const id = api.world.charts.birch[2]!
  const own = await riskOf(id, await api.signedIn('birchClinician'))
  expect(own).toMatchObject({ tierTitle: 'no major condition', segment: 'HEALTHY' })
  expect(await riskOf(id, await api.signedIn('careManager'))).toEqual(own)
  expect(await riskOf(id)).toBeUndefined()
  expect(await riskOf(api.world.charts.alder[0]!, await api.signedIn('alderPatient'))).toBeNull()
  // Nor by a place in an order, or by who fits a tier.
  const patient = await api.signedIn('alderPatient')
  const tiers = [0, 1, 2, 3, 4].map((tier) => `t${tier}: patients(tier: ${tier}) { totalCount }`)
  const { data } = await patient.ask(`{ ${tiers.join(' ')} ordered: patients(sort: RISK) { pageInfo { endCursor } } }`)
  expect([0, 1, 2, 3, 4].map((tier) => data[`t${tier}`].totalCount)).toEqual([1, 1, 1, 1, 1])
  expect(Buffer.from(data.ordered.pageInfo.endCursor, 'base64url').toString()).toMatch(/^\["NAME"/)
  for (const user of ['alderStaff', 'administrator', 'analyst', 'pineAnalyst', 'workforceManager', 'auditor'] as const) {
    const answer = await (await api.signedIn(user)).ask(RISK, { id: api.world.charts.alder[0]! })
    expect({ user, code: answer.errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
})

test('cards say of every model what, by whom, since when and with which limits', async () => {
  const { data } = await clinician.ask(
    '{ riskModels { key title version validFrom what predicts sources { words url } weights { text points } limits } }',
  )
  expect(data.riskModels.map(({ key }: { key: string }) => key)).toEqual([
    ...['tier', 'segment', 'opportunity', 'charlson-1987', 'charlson-quan-2011', 'lace', 'hospital-2017'],
  ])
  for (const card of data.riskModels) {
    expect(card.sources.length).toBeGreaterThan(0)
    expect(card.weights.length).toBeGreaterThan(0)
    expect(card.limits.some((limit: string) => limit.includes('42 CFR Part 2'))).toBe(true)
  }
})
