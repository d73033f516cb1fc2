import { type Answer, type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled, secrets } from '../support/sensitive-charts.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
let chart: string
beforeAll(async () => {
  api = await openTestApi()
  chart = await plantLabelled(api, 'alder', 1)
})
afterAll(() => api.close())

const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename
  ... on Consent { id isOpen category recipient { name } recordedByName } ... on Refused { code } } }`
const END = `mutation ($id: ID!) { endConsent(id: $id) { __typename ... on Consent { id isOpen endedByName } ... on Refused { code } } }`
const CHART = `query ($id: ID!) { patient(id: $id) { redisclosureNotice latestPhq9 { value } openGapCount resourceCount conditions { key }
  problems { text sensitivity } medications { text } allergies { text } immunizations { text } encounters { text } careTeam { name }
  series { key points { value } } gaps { measure { id } evidence } } }`

let keys = 0
const consent = (more: object = {}) => ({
  patientId: chart,
  kind: 'SENSITIVE',
  category: 'BEHAVIORAL',
  manner: 'WRITTEN',
  givenBy: 'Ben Example',
  givenAs: 'patient',
  givenOn: '2026-03-01',
  scope: 'Notes of the counselor, for treatment here',
  idempotencyKey: `consent-key-${keys++}`,
  ...more,
})
const record = async (caller: Caller, more: object = {}) => (await caller.ask(RECORD, { input: consent(more) })).data.recordConsent
const end = async (caller: Caller, id: string) => (await caller.ask(END, { id })).data.endConsent
const look = (caller: Caller): Promise<Answer> => caller.ask(CHART, { id: chart })
const metBy = ({ text }: Answer) => Object.entries(secrets).flatMap(([category, word]) => (text.includes(word) ? [category] : []))
const as = (user: UserKey) => api.signedIn(user)

/** Everything that counts or lists by a condition or a gap. */
async function counts(caller: Caller) {
  const { data } = await caller.ask(`{ depressed: patients(condition: "depression") { totalCount edges { node { id } } }
    open: patients(openGap: "control") { totalCount } }`)
  return { depressed: data.depressed.totalCount, listed: data.depressed.edges.length, open: data.open.totalCount }
}

test('without consent labelled records stand in no list, count, search, drill-down or summary', async () => {
  const clinician = await as('alderClinician')
  const seen = await look(clinician)
  expect(seen.errors).toEqual([])
  expect(metBy(seen)).toEqual([])
  expect(seen.text).not.toContain('27')
  expect(seen.data.patient).toMatchObject({ redisclosureNotice: null, conditions: [] })
  expect(seen.data.patient.gaps.map((gap: { measure: { id: string } }) => gap.measure.id)).toEqual(['poor'])
  const before = await counts(clinician)
  expect(before).toMatchObject({ depressed: 0, listed: 0 })
  const { data } = await clinician.ask(
    '{ practice { conditionCounts { condition { key } count } gapCounts { measure { id } open } scores { measure { id } numerator denominator } } }',
  )
  expect(data.practice.conditionCounts.map((one: { condition: { key: string } }) => one.condition.key)).not.toContain('depression')
  const scores = JSON.stringify(data.practice.scores)

  const given = await record(clinician)
  expect(given).toMatchObject({
    __typename: 'Consent',
    isOpen: true,
    category: 'BEHAVIORAL',
    recipient: { name: 'Alder Family Practice' },
    recordedByName: 'Casey Alder',
  })
  expect(metBy(await look(clinician))).toEqual(['behavioral'])
  expect(await counts(clinician)).toEqual({ depressed: 1, listed: 1, open: before.open + 1 })
  const after = await clinician.ask(
    '{ practice { conditionCounts { condition { key } count } gapCounts { measure { id } open } scores { measure { id } numerator denominator } } }',
  )
  expect(after.data.practice.conditionCounts).toContainEqual({ condition: { key: 'depression' }, count: 1 })
  const opened = (of: Answer['data']) => of.practice.gapCounts.find((one: { measure: { id: string } }) => one.measure.id === 'control').open
  expect(opened(after.data)).toBe(opened(data) + 1)
  // Official scores are of everybody, whatever is shown of a chart.
  expect(JSON.stringify(after.data.practice.scores)).toBe(scores)

  expect(await end(clinician, given.id)).toMatchObject({ isOpen: false, endedByName: 'Casey Alder' })
  expect(metBy(await look(clinician))).toEqual([])
  expect(await counts(clinician)).toEqual(before)
})

test('a consent opens its category to its recipient only', async () => {
  const [clinician, careManager] = [await as('alderClinician'), await as('careManager')]
  const { coordinatingBody } = api.world
  const part2 = await record(clinician, { category: 'PART2', recipientId: coordinatingBody })
  expect(metBy(await look(careManager))).toEqual(['part2'])
  expect(metBy(await look(clinician))).toEqual([])
  await end(careManager, part2.id)
  expect(metBy(await look(careManager))).toEqual([])
})

test('the PHQ-9 of a labelled record shows in the values once consented, and never in the summary', async () => {
  const clinician = await as('alderClinician')
  const { id } = await record(clinician)
  const { data } = await look(clinician)
  expect(data.patient.series).toContainEqual({ key: 'phq9', points: [{ value: 27 }] })
  expect(data.patient.latestPhq9?.value ?? null).not.toBe(27)
  await end(clinician, id)
})

test('the notice of 42 CFR 2.32 goes wherever a record under Part 2 goes', async () => {
  const clinician = await as('alderClinician')
  const { id } = await record(clinician, { category: 'PART2' })
  const { data } = await look(clinician)
  expect(data.patient.redisclosureNotice).toMatch(
    /^This record which has been disclosed to you is protected .* 42 CFR part 2.*\(see 42 CFR 2\.31\)\.$/,
  )
  expect(data.patient.problems).toContainEqual({ text: secrets.part2, sensitivity: 'PART2' })
  await end(clinician, id)
  expect((await look(clinician)).data.patient.redisclosureNotice).toBeNull()
})

test('so it does with every other answer that shows one: a list, its drill-down', async () => {
  const clinician = await as('alderClinician')
  const notice = async (ask: string) => {
    const { text } = await clinician.ask(ask)
    return (JSON.parse(text) as { extensions?: { redisclosureNotice: string } }).extensions?.redisclosureNotice
  }
  const [list, filtered] = [
    '{ patients { edges { node { conditions { key } } } } }',
    '{ patients(condition: "depression") { totalCount } }',
  ]
  await api.sql(`update patient_condition set sensitivity = 'part2' where patient_id = $1 and condition = 'depression'`, [chart])
  for (const ask of [list, filtered]) expect(await notice(ask)).toBeUndefined()
  const { id } = await record(clinician, { category: 'PART2' })
  for (const ask of [list, filtered]) expect(await notice(ask)).toMatch(/42 CFR part 2/)
  expect(await notice('{ patients { edges { node { id } } } }')).toBeUndefined()
  await end(clinician, id)
  await api.sql(`update patient_condition set sensitivity = 'behavioral' where patient_id = $1 and condition = 'depression'`, [chart])
  expect(await notice(list)).toBeUndefined()
})

test('roles without sensitive records never see one, consent or not; a patient always sees her own', async () => {
  const clinician = await as('alderClinician')
  const given = [await record(clinician), await record(clinician, { category: 'PART2' })]
  expect(metBy(await look(clinician))).toEqual(['part2', 'behavioral'])
  const lead = await as('alderQualityLead')
  expect(metBy(await look(lead))).toEqual([])
  expect(await counts(lead)).toMatchObject({ depressed: 0, listed: 0 })
  const staff = await (
    await as('alderStaff')
  ).ask('query ($id: ID!) { patient(id: $id) { careTeam { name } redisclosureNotice } }', { id: chart })
  expect({ met: metBy(staff), notice: staff.data.patient.redisclosureNotice }).toEqual({ met: [], notice: null })
  for (const { id } of given) await end(clinician, id)

  const [{ patient_id: own }] = (await api.sql(`select patient_id from membership where role = 'patient'`)) as [{ patient_id: string }]
  await api.sql(`update clinical_fact set sensitivity = 'part2' where patient_id = $1 and fhir_id = 'condition-2'`, [own])
  const text = async (user: UserKey) => (await (await as(user)).ask(CHART, { id: own })).text
  expect(await text('alderPatient')).toContain('Sprain')
  expect(await text('alderClinician')).not.toContain('Sprain')
})

test('past its end a consent opens nothing', async () => {
  const clinician = await as('alderClinician')
  const { id } = await record(clinician, { expiresOn: '2099-12-31' })
  expect(metBy(await look(clinician))).toEqual(['behavioral'])
  await api.sql(`update consent set expires_at = now() - interval '1 second' where id = $1`, [id])
  expect(metBy(await look(clinician))).toEqual([])
})

test('what is refused, and in which words; the same key is the same consent', async () => {
  const clinician = await as('alderClinician')
  const codes = async (more: object) => (await record(clinician, more)).code
  expect(await codes({ manner: 'VERBAL' })).toBe('ConsentNotWritten')
  expect(await codes({ category: null })).toBe('CategoryMissing')
  expect(await codes({ kind: 'PROGRAM' })).toBe('CategoryMissing')
  expect(await codes({ givenOn: '2026-03-03' })).toBe('ConsentInFuture')
  expect(await codes({ expiresOn: '2026-03-01' })).toBe('ConsentOver')
  expect(await codes({ givenBy: ' ' })).toBe('WordsMissing')
  expect(await codes({ recipientId: api.world.payers.pine })).toBe('RecipientUnknown')
  expect(await codes({ idempotencyKey: 'short' })).toBe('IdempotencyKeyMalformed')
  const twice = [await record(clinician, { idempotencyKey: 'the-same-key' }), await record(clinician, { idempotencyKey: 'the-same-key' })]
  expect(twice[0].id).toBe(twice[1].id)
  expect(await codes({ idempotencyKey: 'the-same-key', category: 'PART2' })).toBe('IdempotencyKeyReused')
  for (const other of [
    { givenBy: 'Somebody Else' },
    { givenAs: 'the guardian' },
    { scope: 'a narrower scope' },
    { expiresOn: '2999-01-01' },
  ])
    expect(await codes({ idempotencyKey: 'the-same-key', ...other })).toBe('IdempotencyKeyReused')
  await end(clinician, twice[0].id)
  const program = await record(clinician, { kind: 'PROGRAM', category: null, manner: 'VERBAL' })
  expect(program).toMatchObject({ recipient: { name: 'Riverton Collaborative' }, isOpen: true })
})

test('hardening 1, 2, 4: foreign ids in consents answer like missing ones, and change nothing', async () => {
  const [clinician, birch] = [await as('alderClinician'), await as('birchClinician')]
  const { id } = await record(clinician)
  const foreign = api.world.charts.birch[0]!
  const missing = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
  const stood = async () => JSON.stringify(await api.sql('select * from consent order by id'))
  const before = await stood()
  const text = async (caller: Caller, query: string, variables: object) => (await caller.ask(query, variables)).text
  for (const other of [foreign, 'x', '', `' or true --`]) {
    const key = { idempotencyKey: 'same-words-everywhere' }
    expect(await text(clinician, RECORD, { input: consent({ patientId: other, ...key }) })).toBe(
      await text(clinician, RECORD, { input: consent({ patientId: missing, ...key }) }),
    )
  }
  expect(await text(birch, END, { id })).toBe(await text(birch, END, { id: missing }))
  expect(await text(birch, 'query ($id: ID!) { patient(id: $id) { consents { id } } }', { id: chart })).toBe(
    await text(birch, 'query ($id: ID!) { patient(id: $id) { consents { id } } }', { id: missing }),
  )
  expect(await stood()).toBe(before)
  await end(clinician, id)
})

test('every consent recorded and revoked is noted once, by ids', async () => {
  const clinician = await as('alderClinician')
  const { id } = await record(clinician)
  await end(clinician, id)
  const noted = await api.sql(
    `select action, subject_ids::text, practice_id, outcome from audit_event where subject = 'Consent' and $1 = any (subject_ids) order by at, id`,
    [id],
  )
  const row = (action: string) => ({ action, subject_ids: `{${chart},${id}}`, practice_id: api.world.practices.alder, outcome: 'allowed' })
  expect(noted).toEqual([row('create'), row('end')])
})
