// What tells of a labelled record is accounted for (42 CFR 2.25), by whatever road it is told, and a file takes the notice along (42 CFR 2.32).
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled } from '../support/sensitive-charts.ts'

const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }`

let api: TestApi
let chart: string
let careManager: Caller
beforeAll(async () => {
  api = await openTestApi()
  chart = await plantLabelled(api, 'alder', 1)
  careManager = await api.signedIn('careManager')
  await api.sql(`update measure_membership set sensitivity = 'part2' where patient_id = $1 and measure_id = 'control'`, [chart])
  const [body] = await api.sql(`select id from organization where kind = 'coordinating-body'`)
  for (const category of ['PART2', 'BEHAVIORAL']) {
    const given = { manner: 'WRITTEN', givenBy: 'Ben Example', givenAs: 'patient', givenOn: '2026-03-01', scope: 'Care management' }
    const input = {
      patientId: chart,
      kind: 'SENSITIVE',
      category,
      recipientId: body!['id'],
      ...given,
      idempotencyKey: `consent-${category}`,
    }
    expect((await careManager.ask(RECORD, { input })).data.recordConsent).toEqual({ __typename: 'Consent' })
  }
})
afterAll(() => api.close())
beforeEach(() => api.sql('delete from audit_event'))

const notedOf = async (action: string): Promise<unknown[]> =>
  (
    await api.sql(`select subject_ids from audit_event where subject = 'SensitiveRecord' and action = $1 and outcome = 'allowed'`, [action])
  ).map(({ subject_ids: ids }) => ids)

const ofChart = (fields: string): string => `{ patient(id: "${chart}") { ${fields} } }`
const listOf = (argument: string): string => `{ patients(${argument}, first: 100) { edges { node { id } } } }`

test.each([
  ['problems', () => ofChart('problems { text }')],
  ['conditions of the registry', () => ofChart('conditions { key }')],
  ['a gap', () => ofChart('gaps { measure { id } }')],
  ['a care team', () => ofChart('careTeam { name }')],
  ['standing in a list by condition', () => listOf('condition: "depression"')],
  ['standing in a list by gap', () => listOf('openGap: "control"')],
  ['standing behind a figure', () => listOf('inPopulation: { measure: "control", population: OPEN }')],
])('%s: who is told of a labelled record by it is noted', async (_what, question) => {
  const answer = await careManager.ask(question())
  expect(answer.errors).toEqual([])
  expect(await notedOf('read')).toEqual([[chart]])
})

test('what is not labelled leaves no such row', async () => {
  const other = api.world.charts.alder[2]!
  await careManager.ask(`{ patient(id: "${other}") { problems { text } conditions { key } gaps { measure { id } } careTeam { name } } }`)
  await careManager.ask(listOf('openGap: "poor"'))
  expect(await notedOf('read')).toEqual([])
})

test('a file to call people from has the notice beside those whom such a record put there, and is noted', async () => {
  const text = await (await careManager.fetch('/exports/outreach.csv?measure=control')).text()
  const lines = text.trim().split(/\r?\n/)
  const withNotice = lines.filter((line) => line.includes('42 CFR part 2 prohibits unauthorized use or disclosure of these records.'))
  expect(withNotice.map((line) => line.split(',')[0])).toEqual([chart])
  expect(lines.length).toBeGreaterThan(2)
  expect(await notedOf('export')).toEqual([[chart]])
})

test('hardening 71: who may not take such a file along is refused, and noted', async () => {
  const staff = await api.signedIn('alderStaff')
  await api.sql('delete from audit_event')
  expect((await staff.fetch('/exports/outreach.csv?measure=control')).status).toBe(403)
  expect(await api.sql(`select action, subject, outcome from audit_event where subject <> 'Session'`)).toEqual([
    { action: 'export', subject: 'Chart', outcome: 'denied' },
  ])
})
