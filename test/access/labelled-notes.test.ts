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
  for (const category of ['PART2', 'BEHAVIORAL']) await consentTo(category, body!['id'], careManager)
})
afterAll(() => api.close())
beforeEach(() => api.sql('delete from audit_event'))

let keys = 0
async function consentTo(category: string, recipientId: string, caller: Caller): Promise<void> {
  const given = { manner: 'WRITTEN', givenBy: 'Ben Example', givenAs: 'patient', givenOn: '2026-03-01', scope: 'Care management' }
  const input = { patientId: chart, kind: 'SENSITIVE', category, recipientId, ...given, idempotencyKey: `consent-${keys++}` }
  expect((await caller.ask(RECORD, { input })).data.recordConsent).toEqual({ __typename: 'Consent' })
}

/** The cursor of somebody whom nobody follows in the order of names. */
const BEHIND_ALL = Buffer.from(JSON.stringify(['NAME', 'zzzz', 'ffffffff-ffff-7fff-bfff-ffffffffffff'])).toString('base64url')
const noticeIn = ({ text }: { readonly text: string }): unknown =>
  (JSON.parse(text) as { extensions?: { redisclosureNotice?: string } }).extensions?.redisclosureNotice ?? null

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

test.each([
  ['a list by condition', 'condition: "depression"'],
  ['a list by gap', 'openGap: "control"'],
  ['the people behind a figure', 'inPopulation: { measure: "control", population: OPEN }'],
  ['a registry', 'registry: "depression"'],
])(
  'how long %s is counts labelled records of whatever page: it is noted of nobody, and the notice goes with it',
  async (_what, argument) => {
    const answer = await careManager.ask(`{ patients(${argument}, first: 1, after: "${BEHIND_ALL}") { totalCount edges { node { id } } } }`)
    const { data } = answer
    expect(data.patients.edges).toEqual([])
    expect(data.patients.totalCount).toBeGreaterThan(0)
    expect(await notedOf('read')).toEqual([[]])
    expect(noticeIn(answer)).toEqual(/condition|registry/.test(argument) ? null : expect.stringContaining('42 CFR part 2'))
  },
)

test.each([
  ['gaps', '{ practice { gapCounts { open } } }', true],
  ['gaps by clinician', '{ practice { panelGaps { open } } }', true],
  ['conditions', '{ practice { conditionCounts { count } } }', false],
  ['sizes of registries', '{ registries { size } }', false],
])('%s that are counted with labelled records are noted, of nobody', async (_what, question, underPart2) => {
  const clinician = await api.signedIn('alderClinician')
  await api.sql('delete from audit_event')
  await clinician.ask(question)
  expect(await notedOf('read')).toEqual([])
  for (const category of ['PART2', 'BEHAVIORAL']) await consentTo(category, api.world.practices.alder, clinician)
  await api.sql('delete from audit_event')
  const answer = await clinician.ask(question)
  expect(await notedOf('read')).toEqual([[]])
  expect(noticeIn(answer)).toEqual(underPart2 ? expect.stringContaining('42 CFR part 2') : null)
  await api.sql(`update consent set ended_at = now() where recipient_id = $1`, [api.world.practices.alder])
})

test('a labelled visit of which nobody knows when it began is not shown, and not noted', async () => {
  const visits = `{ patient(id: "${chart}") { encounters { id } } }`
  const shown = (await careManager.ask(visits)).data.patient.encounters.length
  expect(shown).toBeGreaterThan(0)
  await api.sql(`update clinical_fact set starts_at = null where patient_id = $1 and type = 'Encounter' and sensitivity is not null`, [
    chart,
  ])
  await api.sql('delete from audit_event')
  expect((await careManager.ask(visits)).data.patient.encounters.length).toBe(shown - 2)
  expect(await notedOf('read')).toEqual([])
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

test('and beside those of whom it tells a labelled exception', async () => {
  await api.sql(`update measure_membership set sensitivity = null where patient_id = $1 and measure_id = 'control'`, [chart])
  await api.sql(
    `insert into gap_exception (id, practice_id, patient_id, measure_id, reason, words, expires_on, recorded_by, recorded_by_name, recorded_at,
                                idempotency_key, sensitivity)
     select uuidv7(), practice_id, id, 'control', 'declined', 'In treatment', '2027-01-01', uuidv7(), 'Ada', now(), 'labelled-exception', 'part2'
       from patient where id = $1`,
    [chart],
  )
  const text = await (await careManager.fetch('/exports/outreach.csv?measure=control')).text()
  const line = text.split(/\r?\n/).find((one) => one.startsWith(chart))
  expect(line).toContain('2027-01-01')
  expect(line).toContain('42 CFR part 2 prohibits')
  expect(await notedOf('export')).toEqual([[chart]])
})

test('an exception beside a labelled gap comes back with the notice, when it is written down and when it is taken back', async () => {
  const clinician = await api.signedIn('alderClinician')
  await consentTo('PART2', api.world.practices.alder, clinician)
  await api.sql('delete from gap_exception')
  const made = async (sensitivity: 'part2' | null, key: string) => {
    await api.sql(`update measure_membership set sensitivity = $2 where patient_id = $1 and measure_id = 'control'`, [chart, sensitivity])
    await api.sql('delete from audit_event')
    const given = { measure: 'control', reason: 'DECLINED', words: 'Not before summer', expiresOn: '2026-08-31', idempotencyKey: key }
    const answer = await clinician.ask(
      'mutation ($input: DocumentGapExceptionInput!) { documentGapException(input: $input) { ... on GapException { id } } }',
      { input: { patientId: chart, ...given } },
    )
    return { id: answer.data.documentGapException.id as string, notice: noticeIn(answer), noted: await notedOf('read') }
  }
  const withdrawn = async (id: string) => {
    await api.sql('delete from audit_event')
    const answer = await clinician.ask('mutation ($id: ID!) { withdrawGapException(id: $id) { ... on GapException { endedAt } } }', { id })
    expect(answer.data.withdrawGapException.endedAt).not.toBeNull()
    return { notice: noticeIn(answer), noted: await notedOf('read') }
  }
  const labelled = await made('part2', 'beside-a-label')
  const told = { notice: expect.stringContaining('42 CFR part 2'), noted: [[chart]] }
  expect(labelled).toMatchObject(told)
  expect(await withdrawn(labelled.id)).toEqual(told)
  const plain = await made(null, 'beside-no-label')
  expect(plain).toMatchObject({ notice: null, noted: [] })
  expect(await withdrawn(plain.id)).toEqual({ notice: null, noted: [] })
})

test('hardening 71: who may not take such a file along is refused, and noted', async () => {
  const staff = await api.signedIn('alderStaff')
  await api.sql('delete from audit_event')
  expect((await staff.fetch('/exports/outreach.csv?measure=control')).status).toBe(403)
  expect(await api.sql(`select action, subject, outcome from audit_event where subject <> 'Session'`)).toEqual([
    { action: 'export', subject: 'Chart', outcome: 'denied' },
  ])
})
