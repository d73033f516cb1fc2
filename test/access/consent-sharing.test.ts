import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled, secrets } from '../support/sensitive-charts.ts'
import { canaries, type UserKey } from '../support/world.ts'

let api: TestApi
let chart: string
beforeAll(async () => {
  api = await openTestApi()
  chart = await plantLabelled(api, 'alder', 0)
})
afterAll(() => api.close())

const SHARE = `mutation ($input: ShareChartInput!) { shareChart(input: $input) { __typename
  ... on ShareGrant { id isOpen categories recipient { name } } ... on Refused { code } } }`
const END = `mutation ($id: ID!) { endShareGrant(id: $id) { __typename ... on ShareGrant { isOpen } ... on Refused { code } } }`
const CHART = `query ($id: ID!) { patient(id: $id) { familyName birthDate phone address recordNumber latestA1c { value } openGapCount careManager
  guestAccess { rule practice { name } categories words } viewerCan { recordConsent share openInEmergency } redisclosureNotice
  problems { text } medications { text } allergies { text } immunizations { text } encounters { text } careTeam { name } series { key }
  conditions { key } coverage { payer } gaps { state } consents { id } shareGrants { id } } }`
const MISSING = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'

let keys = 0
const grant = (more: object = {}) => ({
  patientId: chart,
  recipientId: api.world.practices.birch,
  categories: ['PROBLEMS', 'MEDICATIONS'],
  basis: 'TREATMENT',
  expiresOn: '2099-12-31',
  idempotencyKey: `share-key-${keys++}`,
  ...more,
})
const as = (user: UserKey) => api.signedIn(user)
const share = async (caller: Caller, more: object = {}) => (await caller.ask(SHARE, { input: grant(more) })).data.shareChart
const end = async (caller: Caller, id: string) => (await caller.ask(END, { id })).data.endShareGrant
const look = (caller: Caller, id = chart) => caller.ask(CHART, { id })
const listed = async (caller: Caller) =>
  nodesOf(
    (await caller.ask('{ sharedCharts { edges { node { patientId familyName practice { name } categories } } } }')).data.sharedCharts,
  ) as { patientId: string }[]

test('a shared chart is listed and opened, of it the named categories and nothing else; the grant ends at once', async () => {
  const [alder, birch] = [await as('alderClinician'), await as('birchClinician')]
  const closed = await look(birch)
  expect(closed.data).toEqual({ patient: null })
  expect(await listed(birch)).toEqual([])
  const { id } = await share(alder)

  expect(await listed(birch)).toEqual([
    {
      patientId: chart,
      familyName: `${canaries.alder}00`,
      practice: { name: 'Alder Family Practice' },
      categories: ['MEDICATIONS', 'PROBLEMS'],
    },
  ])
  const { data, errors, text } = await look(birch)
  expect(errors).toEqual([])
  expect(data.patient).toMatchObject({
    familyName: `${canaries.alder}00`,
    birthDate: '1940-05-01',
    problems: [{ text: 'Diabetes as Canaryalder says it' }, { text: `Sprain of ${canaries.alder}` }],
    medications: [{ text: 'Metformin 500 MG by Canaryalder' }],
    conditions: [{ key: 'diabetes' }, { key: 'hypertension' }],
    guestAccess: {
      rule: 'SHARE_GRANT',
      practice: { name: 'Alder Family Practice' },
      words: 'Alder Family Practice shared problems, medications. Everything else stays with them: ask them if you need more.',
    },
    viewerCan: { recordConsent: false, share: false, openInEmergency: false },
  })
  const nothing = {
    phone: null,
    address: null,
    recordNumber: null,
    latestA1c: null,
    openGapCount: 0,
    careManager: null,
    redisclosureNotice: null,
  }
  const lists = ['allergies', 'immunizations', 'encounters', 'careTeam', 'series', 'coverage', 'gaps', 'consents', 'shareGrants']
  expect(data.patient).toMatchObject({ ...nothing, ...Object.fromEntries(lists.map((list) => [list, []])) })
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
  // Neither in the registry of the other practice nor in its counts.
  const found = await birch.ask(`{ patients(search: "${canaries.alder}") { totalCount } }`)
  expect(found.data.patients.totalCount).toBe(0)
  expect((await look(birch, api.world.charts.alder[1])).data).toEqual({ patient: null })

  expect(await end(alder, id)).toMatchObject({ __typename: 'ShareGrant', isOpen: false })
  expect((await look(birch)).text).toBe(closed.text)
  expect(await listed(birch)).toEqual([])
})

test('a grant past its end opens nothing', async () => {
  const [alder, birch] = [await as('alderClinician'), await as('birchClinician')]
  const { id } = await share(alder)
  expect((await look(birch)).data.patient).not.toBeNull()
  await api.sql(`update share_grant set expires_at = now() - interval '1 second' where id = $1`, [id])
  expect((await look(birch)).data).toEqual({ patient: null })
})

test('sensitive records are shared only when named and while the patient consents to that practice', async () => {
  const [alder, birch] = [await as('alderClinician'), await as('birchClinician')]
  expect(await share(alder, { categories: ['PROBLEMS', 'PART2'] })).toMatchObject({ code: 'ConsentMissing' })
  const consent = (recipientId: string) =>
    alder.ask(`mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { ... on Consent { id } } }`, {
      input: {
        patientId: chart,
        kind: 'SENSITIVE',
        category: 'PART2',
        recipientId,
        manner: 'WRITTEN',
        givenBy: 'x',
        givenAs: 'patient',
        givenOn: '2026-03-01',
        scope: 'x',
        idempotencyKey: `share-consent-${keys++}`,
      },
    })
  const given = await consent(api.world.practices.birch)
  // Consented and not named: closed.
  const plain = await share(alder)
  expect((await look(birch)).text).not.toContain(secrets.part2)
  await end(alder, plain.id)
  const named = await share(alder, { categories: ['PROBLEMS', 'PART2'] })
  const seen = await look(birch)
  expect(seen.data.patient.problems).toContainEqual({ text: secrets.part2 })
  expect(seen.data.patient.redisclosureNotice).toContain('42 CFR part 2')
  expect(seen.text).not.toContain(secrets.behavioral)
  expect(seen.data.patient.medications).toEqual([])
  await alder.ask('mutation ($id: ID!) { endConsent(id: $id) { __typename } }', { id: given.data.recordConsent.id })
  expect((await look(birch)).text).not.toContain(secrets.part2)
  await end(alder, named.id)
})

test("a grant is the other practice's, not its patients' or payers'; its front desk sees who it is and no record", async () => {
  const alder = await as('alderClinician')
  const { id } = await share(alder)
  for (const user of ['careSupervisor', 'alderPatient'] as const) {
    const other = await as(user)
    expect((await look(other, api.world.charts.birch[0])).data?.patient ?? null).toBeNull()
  }
  const { recipientId: alderId } = { recipientId: api.world.practices.alder }
  const birch = await as('birchAdministrator')
  const back = (
    await birch.ask(SHARE, { input: grant({ patientId: api.world.charts.birch[0], recipientId: alderId, categories: ['RESULTS'] }) })
  ).data.shareChart
  const staff = await as('alderStaff')
  const seen = await staff.ask('query ($id: ID!) { patient(id: $id) { familyName careTeam { name } } }', { id: api.world.charts.birch[0] })
  expect(seen.data.patient).toEqual({ familyName: `${canaries.birch}00`, careTeam: [] })
  await end(alder, id)
  await end(birch, back.id)
})

test('what is refused: itself, a payer, a stranger, an end in the past, nothing named; the same key is the same grant', async () => {
  const alder = await as('alderClinician')
  const codes = async (more: object) => (await share(alder, more)).code
  expect(await codes({ recipientId: api.world.practices.alder })).toBe('RecipientUnknown')
  expect(await codes({ recipientId: api.world.payers.pine })).toBe('RecipientUnknown')
  expect(await codes({ recipientId: MISSING })).toBe('RecipientUnknown')
  expect(await codes({ expiresOn: '2026-03-01' })).toBe('GrantOver')
  expect(await codes({ categories: [] })).toBe('CategoriesMissing')
  expect(await codes({ categories: ['PART2'] })).toBe('CategoriesMissing')
  expect(await codes({ patientId: api.world.charts.birch[0] })).toBe('ChartNotFound')
  const twice = [await share(alder, { idempotencyKey: 'one-grant-only' }), await share(alder, { idempotencyKey: 'one-grant-only' })]
  expect(twice[0].id).toBe(twice[1].id)
  expect(await codes({ idempotencyKey: 'one-grant-only', categories: ['RESULTS'] })).toBe('IdempotencyKeyReused')
  await end(alder, twice[0].id)
})

test('hardening 1, 3, 19: a grant to the own practice can be ended by the practice that gave it only; a disclosure is noted for it', async () => {
  const [alder, birch] = [await as('alderClinician'), await as('birchAdministrator')]
  const { id } = await share(alder)
  const foreign = await birch.ask(END, { id })
  expect(foreign.text).toBe((await birch.ask(END, { id: MISSING })).text)
  await look(birch)
  await listed(birch)
  const noted = await api.sql(
    `select action, purpose, practice_id, outcome, subject_ids::text from audit_event
      where subject = 'Chart' and $1 = any (subject_ids) and user_id = (select id from app_user where email = $2) order by at, id`,
    [chart, api.world.users.birchAdministrator.email],
  )
  const row = { action: 'read', purpose: 'shared', practice_id: api.world.practices.alder, outcome: 'allowed', subject_ids: `{${chart}}` }
  expect(noted).toEqual([row, row])
  await end(alder, id)
})

test('many requests over two connections that read shared charts do not wait for each other for ever', async () => {
  const alder = await as('alderClinician')
  const { id } = await share(alder)
  const birch = await as('birchClinician')
  const answers = await Promise.all(Array.from({ length: 24 }, () => look(birch)))
  expect(answers.every(({ data }) => data?.patient?.familyName === `${canaries.alder}00`)).toBe(true)
  await end(alder, id)
})
