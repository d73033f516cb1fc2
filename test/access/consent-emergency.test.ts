import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled, secrets } from '../support/sensitive-charts.ts'
import { canaries, type UserKey } from '../support/world.ts'

let api: TestApi
let chart: string
beforeEach(async () => {
  api = await openTestApi()
  chart = await plantLabelled(api, 'alder', 0)
})
afterEach(() => api.close())

const BREAK = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename
  ... on EmergencyAccess { id patientId patientName userName organization { name } practice { name } isOpen openedAt expiresAt }
  ... on Refused { code message } } }`
const OPEN = `mutation ($patientId: ID!, $reason: String!) { openInEmergency(patientId: $patientId, reason: $reason) { __typename
  ... on EmergencyAccess { id isOpen } ... on Refused { code } } }`
const LIST = `{ emergencies { totalCount edges { cursor node { id patientName userName organization { name } reason isOpen canContest contestWords contestedByName } } } }`
const CONTEST = `mutation ($id: ID!, $words: String!) { contestEmergency(id: $id, words: $words) { __typename
  ... on EmergencyAccess { isOpen contestWords contestedByName canContest } ... on Refused { code } } }`
const CHART = `query ($id: ID!) { patient(id: $id) { familyName phone guestAccess { rule words } problems { text } careTeam { name }
  series { key } redisclosureNotice } }`

const as = (user: UserKey) => api.signedIn(user)
const person = (more: object = {}) => ({
  practiceId: api.world.practices.alder,
  familyName: `${canaries.alder}00`,
  givenName: 'Anna',
  birthDate: '1940-05-01',
  reason: 'Unconscious in our emergency room',
  ...more,
})
const breakGlass = async (caller: Caller, more: object = {}) => (await caller.ask(BREAK, { input: person(more) })).data.breakGlass
const look = (caller: Caller) => caller.ask(CHART, { id: chart })

test('hardening 19: without a reason refused; with one: four hours, everything clinical, noted, the practice told', async () => {
  const birch = await as('birchClinician')
  for (const reason of ['', '   ', 'urgent', 'xxxxxxxxxx', 'help help help help', 'a b c d e f g h', '.... .... .... ....', 'very urgent'])
    expect(await breakGlass(birch, { reason })).toMatchObject({ __typename: 'Refused', code: 'WordsMissing' })
  expect((await look(birch)).data).toEqual({ patient: null })

  const opened = await breakGlass(birch, { familyName: ` ${canaries.alder.toUpperCase()}00 ` })
  expect(opened).toMatchObject({
    __typename: 'EmergencyAccess',
    patientId: chart,
    userName: 'Casey Birch',
    isOpen: true,
    patientName: null,
  })
  expect(Date.parse(opened.expiresAt) - Date.parse(opened.openedAt)).toBe(4 * 3600_000)
  const seen = await look(birch)
  expect(seen.errors).toEqual([])
  expect(seen.data.patient).toMatchObject({ familyName: `${canaries.alder}00`, phone: null, guestAccess: { rule: 'EMERGENCY' } })
  for (const secret of Object.values(secrets)) expect(seen.text).toContain(secret)
  expect(seen.data.patient.redisclosureNotice).toContain('42 CFR part 2')
  // To the person who broke it, not to her colleagues.
  expect((await look(await as('birchAdministrator'))).data).toEqual({ patient: null })

  const noted = await api.sql(
    `select action, subject, purpose, outcome, practice_id from audit_event where $1 = any (subject_ids) order by at, id`,
    [chart],
  )
  const event = (action: string, subject: string) => ({
    action,
    subject,
    purpose: 'emergency',
    outcome: 'allowed',
    practice_id: api.world.practices.alder,
  })
  expect(noted.filter(({ outcome }) => outcome === 'allowed')).toEqual([
    event('create', 'EmergencyAccess'),
    event('read', 'Chart'),
    event('read', 'SensitiveRecord'),
  ])

  const administrator = await as('alderAdministrator')
  const { data } = await administrator.ask(LIST)
  expect(nodesOf(data.emergencies)).toEqual([
    {
      id: opened.id,
      patientName: `${canaries.alder}00, Anna`,
      userName: 'Casey Birch',
      organization: { name: 'Birch Street Clinic' },
      reason: 'Unconscious in our emergency room',
      isOpen: true,
      canContest: true,
      contestWords: null,
      contestedByName: null,
    },
  ])
  await api.sql(`update emergency_access set expires_at = now() - interval '1 second'`)
  expect((await look(birch)).data).toEqual({ patient: null })
})

test('contested by the practice, it ends at once, and her words stay', async () => {
  const [birch, administrator] = [await as('birchClinician'), await as('alderAdministrator')]
  const { id } = await breakGlass(birch)
  expect((await look(birch)).data.patient).not.toBeNull()
  for (const other of [birch, await as('alderClinician')])
    expect((await other.ask(CONTEST, { id, words: 'mine' })).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  const elsewhere = await as('birchAdministrator')
  expect((await elsewhere.ask(CONTEST, { id, words: 'mine' })).data.contestEmergency).toMatchObject({ code: 'EmergencyNotFound' })
  expect((await administrator.ask(CONTEST, { id, words: ' ' })).data.contestEmergency).toMatchObject({ code: 'WordsMissing' })
  expect((await administrator.ask(CONTEST, { id, words: 'She was not there' })).data.contestEmergency).toEqual({
    __typename: 'EmergencyAccess',
    isOpen: false,
    contestWords: 'She was not there',
    contestedByName: 'Ada Alder',
    canContest: false,
  })
  expect((await look(birch)).data).toEqual({ patient: null })
})

test('a contest ends every opening of the chart by that person, and bars the next until it is lifted', async () => {
  const LIFT = `mutation ($id: ID!) { liftEmergencyBar(id: $id) { __typename ... on EmergencyAccess { isBarred canLift } ... on Refused { code } } }`
  const [birch, colleague, administrator] = [await as('birchClinician'), await as('birchAdministrator'), await as('alderAdministrator')]
  const [first, second] = [await breakGlass(birch), await breakGlass(birch)]
  await breakGlass(colleague)
  await administrator.ask(CONTEST, { id: first.id, words: 'She was not there' })
  expect((await look(birch)).data).toEqual({ patient: null })
  expect(await api.sql('select id from emergency_access where user_name = $1 and ended_at is null', ['Casey Birch'])).toEqual([])
  // Nobody else's care hangs on her.
  expect((await look(colleague)).data.patient).not.toBeNull()
  expect(await breakGlass(birch)).toMatchObject({ __typename: 'Refused', code: 'EmergencyBarred' })
  expect((await look(birch)).data).toEqual({ patient: null })
  // What she does not know exactly is told in the words for everybody.
  expect(await breakGlass(birch, { birthDate: '1940-05-02' })).toMatchObject({ code: 'NothingOpened' })
  // A second contest says nothing anew, and lifting needs a contest.
  expect((await administrator.ask(CONTEST, { id: first.id, words: 'Again' })).data.contestEmergency).toMatchObject({
    contestWords: 'She was not there',
  })
  for (const other of [birch, await as('alderClinician')])
    expect((await other.ask(LIFT, { id: first.id })).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  expect((await administrator.ask(LIFT, { id: second.id })).data.liftEmergencyBar).toMatchObject({ code: 'EmergencyNotFound' })
  const listed = nodesOf((await administrator.ask('{ emergencies { edges { node { id isBarred canLift } } } }')).data.emergencies)
  expect(listed).toContainEqual({ id: first.id, isBarred: true, canLift: true })
  expect((await administrator.ask(LIFT, { id: first.id })).data.liftEmergencyBar).toMatchObject({ isBarred: false, canLift: false })
  expect(await breakGlass(birch)).toMatchObject({ __typename: 'EmergencyAccess' })
  const denied = await api.sql(
    `select practice_id, subject_ids::text from audit_event where subject = 'EmergencyAccess' and outcome = 'denied' and $1 = any (subject_ids)
      and action = 'create'`,
    [chart],
  )
  expect(denied).toEqual([{ practice_id: api.world.practices.alder, subject_ids: `{${chart}}` }])
})

test('who is barred from a chart in the own reach is so under every membership, and behind the walls too', async () => {
  const [careManager, administrator] = [await as('careManager'), await as('alderAdministrator')]
  const open = async (caller: Caller) =>
    (await caller.ask(OPEN, { patientId: chart, reason: 'Overdose, needs her medicines now' })).data.openInEmergency
  const { id } = await open(careManager)
  await administrator.ask(CONTEST, { id, words: 'She was on leave' })
  expect(await open(careManager)).toEqual({ __typename: 'Refused', code: 'EmergencyBarred' })
  expect(await open(await as('alderClinician'))).toMatchObject({ isOpen: true })
  // Another membership of the same person, and a caller that leaves the question out.
  const [row] = await api.sql(`select m.id, m.user_id, m.organization_id from membership m where m.role = 'care-supervisor'`)
  await api.sql(`update emergency_bar set user_id = $1`, [row!['user_id']])
  expect(await open(await as('careSupervisor'))).toEqual({ __typename: 'Refused', code: 'EmergencyBarred' })
  const opened = await api.world.database.within(
    {
      kind: 'care-manager',
      practiceIds: [api.world.practices.alder],
      userId: row!['user_id'],
      membershipId: row!['id'],
      organizationId: row!['organization_id'],
      opensSensitive: true,
    },
    ({ db }) => db.selectNoFrom((is) => is.fn('commons_open_in_emergency', [is.val(chart), is.val('Overdose')]).as('opened')).execute(),
  )
  expect(opened).toEqual([])
})

test('misses answer one constant, are noted, and after five in an hour nothing opens', async () => {
  const birch = await as('birchClinician')
  const words = new Set<string>()
  const wrong = [
    { familyName: 'Nobody' },
    { familyName: '%' },
    { birthDate: '1940-05-02' },
    { practiceId: api.world.practices.cedar },
    { practiceId: 'x' },
  ]
  for (const more of wrong) words.add(JSON.stringify(await breakGlass(birch, more)))
  words.add(JSON.stringify(await breakGlass(birch)))
  expect([...words]).toHaveLength(1)
  expect((await look(birch)).data).toEqual({ patient: null })
  const noted = await api.sql(
    `select outcome, purpose, subject_ids::text from audit_event where subject = 'EmergencyAccess' and action = 'create'`,
  )
  expect(noted).toEqual(Array.from({ length: 6 }, () => ({ outcome: 'denied', purpose: 'emergency', subject_ids: '{}' })))
  // Another person is not held up by it, and after an hour neither is she.
  expect(await breakGlass(await as('careManager'))).toMatchObject({ __typename: 'EmergencyAccess' })
  await api.sql(`update emergency_miss set at = at - interval '61 minutes'`)
  expect(await breakGlass(birch)).toMatchObject({ __typename: 'EmergencyAccess' })
})

test('twenty tries at once count like twenty tries', async () => {
  const birch = await as('birchClinician')
  await Promise.all(Array.from({ length: 20 }, (_, n) => breakGlass(birch, { birthDate: `1999-01-${String(n + 1).padStart(2, '0')}` })))
  expect(await breakGlass(birch)).toMatchObject({ __typename: 'Refused', code: 'NothingOpened' })
})

test('sensitive records of a chart in the own reach open in an emergency, to this person alone', async () => {
  const [clinician, careManager] = [await as('alderClinician'), await as('careManager')]
  const open = (caller: Caller, patientId: string, reason = 'Overdose, needs her medicines now') => caller.ask(OPEN, { patientId, reason })
  expect((await open(clinician, chart, ' ')).data.openInEmergency).toMatchObject({ code: 'WordsMissing' })
  expect((await open(clinician, api.world.charts.birch[0]!)).text).toBe(
    (await open(clinician, '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0')).text,
  )
  expect((await look(clinician)).text).not.toContain(secrets.part2)
  expect((await open(clinician, chart)).data.openInEmergency).toMatchObject({ isOpen: true })
  for (const secret of Object.values(secrets)) expect((await look(clinician)).text).toContain(secret)
  expect((await look(await as('alderAdministrator'))).text).not.toContain(secrets.part2)
  expect((await look(careManager)).text).not.toContain(secrets.part2)
  expect((await open(careManager, chart)).data.openInEmergency).toMatchObject({ isOpen: true })
  expect((await look(careManager)).text).toContain(secrets.part2)
  const staff = await as('alderStaff')
  expect((await open(staff, chart)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
})

test('why a chart is visible: by rule, and one constant for the rest', async () => {
  const why = async (caller: Caller, id: string) =>
    (await caller.ask('query ($id: ID!) { whyVisible(id: $id) { visible words reasons { rule words } } }', { id })).data.whyVisible
  const rules = async (caller: Caller, id = chart) => (await why(caller, id)).reasons.map(({ rule }: { rule: string }) => rule)
  const birch = await as('birchClinician')
  const nothing = { visible: false, words: 'This chart is not open to you, or there is none.', reasons: [] }
  for (const id of [chart, '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', 'x', '']) expect(await why(birch, id)).toEqual(nothing)
  const clinician = await as('alderClinician')
  expect(await why(clinician, chart)).toMatchObject({
    reasons: [{ rule: 'OWN_PRACTICE', words: 'You work for the practice that keeps it, as clinician.' }],
  })
  const careManager = await as('careManager')
  expect((await why(careManager, chart)).reasons[0]).toMatchObject({
    rule: 'ASSIGNMENT',
    words: expect.stringMatching(/^You are assigned to Alder Family Practice from \d{4}-/),
  })
  const [{ patient_id: own }] = (await api.sql(`select patient_id from membership where role = 'patient'`)) as [{ patient_id: string }]
  expect(await rules(await as('alderPatient'), own)).toEqual(['OWN_CHART'])
  await breakGlass(birch)
  expect(await rules(birch)).toEqual(['EMERGENCY'])
})

test("who can see a chart: everybody and their rule, for the owning practice's administrator only", async () => {
  const WHO = 'query ($id: ID!) { whoCanSee(patientId: $id) { edges { node { rule person role organization } } } }'
  const administrator = await as('alderAdministrator')
  await breakGlass(await as('birchClinician'))
  const { data } = await administrator.ask(WHO, { id: chart })
  const entry = (rule: string, person: string, role: string | null, organization: string) => ({ rule, person, role, organization })
  const alder = 'Alder Family Practice'
  expect(nodesOf(data.whoCanSee)).toEqual(
    expect.arrayContaining([
      entry('OWN_PRACTICE', 'Ada Alder', 'Practice administrator', alder),
      entry('OWN_PRACTICE', 'Casey Alder', 'Clinician', alder),
      entry('OWN_PRACTICE', 'Stef Alder', 'Front desk', alder),
      entry('ASSIGNMENT', 'Cara Manager', 'Care manager', 'Riverton Collaborative'),
      entry('EMERGENCY', 'Casey Birch', null, 'Birch Street Clinic'),
    ]),
  )
  expect(
    (nodesOf(data.whoCanSee) as { person: string }[]).some(
      ({ person }: { person: string }) => /Birch/.test(person) && person !== 'Casey Birch',
    ),
  ).toBe(false)
  expect((await administrator.ask(WHO, { id: api.world.charts.birch[0] })).data.whoCanSee.edges).toEqual([])
  expect((await (await as('alderClinician')).ask(WHO, { id: chart })).errors[0]?.extensions['code']).toBe('FORBIDDEN')
})
