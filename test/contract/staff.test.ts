import { readStaff } from '@carecommons/domain'
import { clockAt } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let workforce: Caller
beforeAll(async () => {
  api = await openTestApi()
  workforce = await api.signedIn('workforceManager')
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const PERSON = `id name discipline employer ftePercent weeklyMinutes homeBase languages supervisor version educationMinutes
  credentials { id kind title state number expiresOn expiry } training { kind title day done minutes } mustMove { practice { slug } }`
const membershipOf = async (user: UserKey): Promise<string> =>
  (
    await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [api.world.users[user].email])
  )[0]!['id']
const person = async (caller: Caller, id: string) =>
  (await caller.ask(`query ($id: ID!) { sharedStaffMember(id: $id) { ${PERSON} } }`, { id })).data.sharedStaffMember
const change =
  (root: string, type: string) =>
  async (input: object, caller: Caller = workforce) => {
    const { data, errors } = await caller.ask(
      `mutation ($input: ${type}!) { ${root}(input: $input) { __typename ... on SharedStaff { ${PERSON} } ... on Refused { code message } } }`,
      { input },
    )
    return errors[0]?.extensions['code'] ?? data[root]
  }
const recordStaff = change('recordStaff', 'RecordStaffInput')
const recordCredential = change('recordCredential', 'RecordCredentialInput')
const recordTraining = change('recordTraining', 'RecordTrainingInput')
const facts = {
  discipline: 'PHARMACIST',
  employer: 'Riverton Collaborative',
  ftePercent: 80,
  weeklyMinutes: 1920,
  homeBase: 'Riverton',
  languages: ['en'],
}

let wishes = 0
const assign = async (input: object) =>
  (
    await workforce.ask(
      `mutation ($input: AssignCareManagerInput!) { assignCareManager(input: $input) { __typename
         ... on CareAssignment { id duty hours { weekday from until } practice { slug } } ... on Refused { code message } } }`,
      { input: { practiceId: api.world.practices.cedar, startsOn: '2026-03-02', idempotencyKey: `of-the-staff-${wishes++}`, ...input } },
    )
  ).data.assignCareManager

test('who somebody is at work is recorded once; of two at once one wins and the other is told', async () => {
  const id = await membershipOf('careSupervisor')
  expect(await person(workforce, id)).toMatchObject({ name: 'Sue Pervisor', discipline: 'NURSE', version: 1 })
  const both = await Promise.all([
    recordStaff({ ...facts, id, version: 1 }),
    recordStaff({ ...facts, id, discipline: 'DIETITIAN', version: 1 }),
  ])
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Refused', 'SharedStaff'])
  expect(both.find(({ code }) => code)).toMatchObject({ code: 'ChangedMeanwhile' })
  expect(await person(workforce, id)).toMatchObject({ version: 2, ftePercent: 80, weeklyMinutes: 1920 })
  expect(await recordStaff({ ...facts, id, version: 2 })).toMatchObject({ discipline: 'PHARMACIST', version: 3 })
  const events = await api.sql(
    `select action, outcome, purpose from audit_event where subject = 'Staff' and $1 = any (subject_ids) and action = 'update'`,
    [id],
  )
  expect(events.map(({ outcome }) => outcome).sort()).toEqual(['allowed', 'allowed', 'denied'])
})

test.each([
  ['StaffNotFound', { id: 'x' }],
  ['FteUnusable', { ftePercent: 101 }],
  ['HoursUnusable', { weeklyMinutes: 3601 }],
  ['LanguageUnusable', { languages: ['English'] }],
  ['TextUnusable', { employer: ' ' }],
  ['SupervisorNotFound', { supervisorId: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0' }],
  ['ChangedMeanwhile', { version: 0 }],
])('%s: %j', async (code, input) => {
  expect(await recordStaff({ ...facts, id: await membershipOf('careManager'), version: 1, ...input })).toMatchObject({ code })
})

test('lines of supervision lead upward and never back', async () => {
  const [careManager, supervisor] = [await membershipOf('careManager'), await membershipOf('careSupervisor')]
  const version = async (id: string) => (await person(workforce, id)).version as number
  const nurse = { ...facts, discipline: 'NURSE' }
  expect(await recordStaff({ ...nurse, id: careManager, supervisorId: supervisor, version: await version(careManager) })).toMatchObject({
    supervisor: 'Sue Pervisor',
  })
  expect(await recordStaff({ ...facts, id: supervisor, supervisorId: careManager, version: await version(supervisor) })).toMatchObject({
    code: 'SupervisionCircular',
  })
  expect(await recordStaff({ ...facts, id: supervisor, supervisorId: supervisor, version: await version(supervisor) })).toMatchObject({
    code: 'SupervisionCircular',
  })
})

test('a license ends on its last day: warned of before, no new work after, and what has to move is told', async () => {
  const id = await membershipOf('careManager')
  const license = { staffId: id, kind: 'LICENSE', title: 'RN', state: 'NY', number: '1' }
  expect(await recordCredential({ ...license, expiresOn: '2026-05-31' })).toMatchObject({ __typename: 'SharedStaff' })
  // The renewed one stands in place of the one before; recorded twice it is there once.
  await recordCredential({ ...license, expiresOn: '2026-05-31' })
  expect((await person(workforce, id)).credentials).toHaveLength(1)
  const expiryOn = async (day: string) => {
    api.setNow(`${day}T17:00:00Z`)
    workforce = await api.signedIn('workforceManager')
    const { credentials, mustMove } = await person(workforce, id)
    return [credentials[0].expiry, mustMove.map(({ practice }: { practice: { slug: string } }) => practice.slug)]
  }
  expect(await expiryOn('2026-03-01')).toEqual(['HOLDS', []])
  expect(await expiryOn('2026-03-02')).toEqual(['WITHIN_90', []])
  expect(await expiryOn('2026-05-01')).toEqual(['WITHIN_30', []])
  expect(await expiryOn('2026-05-24')).toEqual(['WITHIN_7', []])
  expect(await expiryOn('2026-05-31')).toEqual(['WITHIN_7', []])
  expect(await expiryOn('2026-06-01')).toEqual(['EXPIRED', ['alder', 'birch']])
  expect(await assign({ membershipId: id, startsOn: '2026-06-01' })).toMatchObject({ code: 'LicenseExpired' })
  const { data } = await workforce.ask('{ sharedStaff(ending: true) { edges { node { name } } } }')
  expect(data.sharedStaff.edges).toEqual([{ node: { name: 'Cara Manager' } }])
  await recordCredential({ ...license, number: '2', expiresOn: '2028-05-31' })
  expect(await expiryOn('2026-06-01')).toEqual(['HOLDS', []])
  api.setNow(NOW)
  workforce = await api.signedIn('workforceManager')
  // Before its end, what would begin after it is refused, too.
  await recordCredential({ ...license, number: '3', expiresOn: '2026-05-31' })
  expect(await assign({ membershipId: id, startsOn: '2026-06-01' })).toMatchObject({ code: 'LicenseExpired' })
  await recordCredential({ ...license, number: '4', expiresOn: null })
})

test('a discipline does what the rules of the day permit; a rule from a day on is added and the one before stays', async () => {
  const id = await membershipOf('careManager')
  const hours = [
    { weekday: 3, from: 780, until: 1020 },
    { weekday: 1, from: 480, until: 720 },
  ]
  expect(await assign({ membershipId: id, duty: 'MEDICATION_REVIEW' })).toMatchObject({ code: 'OutOfScope' })
  const record = async (input: object, caller = workforce) => {
    const { data, errors } = await caller.ask(
      'mutation ($input: RecordScopeRuleInput!) { recordScopeRule(input: $input) { __typename ... on ScopeRule { id since } ... on Refused { code } } }',
      {
        input: {
          discipline: 'NURSE',
          duty: 'MEDICATION_REVIEW',
          permitted: true,
          needsLicense: true,
          since: '2026-03-03',
          source: 'State rule',
          ...input,
        },
      },
    )
    return errors[0]?.extensions['code'] ?? data.recordScopeRule
  }
  const first = await record({})
  expect(await record({})).toEqual(first)
  expect(await record({ source: '' })).toMatchObject({ code: 'TextUnusable' })
  expect(await record({}, await api.signedIn('careManager'))).toBe('FORBIDDEN')
  expect(await assign({ membershipId: id, duty: 'MEDICATION_REVIEW' })).toMatchObject({ code: 'OutOfScope' })
  const made = await assign({ membershipId: id, duty: 'MEDICATION_REVIEW', startsOn: '2026-03-03', hours })
  expect(made).toMatchObject({ duty: 'MEDICATION_REVIEW', hours: [hours[1], hours[0]] })
  expect(await assign({ membershipId: id, hours: [{ weekday: 8, from: 1, until: 2 }] })).toMatchObject({ code: 'WeekdayUnknown' })
  expect(await assign({ membershipId: id, hours: [{ weekday: 1, from: 60, until: 60 }] })).toMatchObject({ code: 'HoursUnusable' })
  expect(await assign({ membershipId: id, hours: [hours[0], { weekday: 3, from: 960, until: 1080 }] })).toMatchObject({
    code: 'HoursOverlap',
  })
  await record({ permitted: false, since: '2026-03-04', source: 'State rule, withdrawn' })
  api.setNow('2026-03-04T17:00:00Z')
  workforce = await api.signedIn('workforceManager')
  expect((await person(workforce, id)).mustMove).toEqual([{ practice: { slug: 'cedar' } }])
  const { data } = await workforce.ask(
    '{ workforceCoverage { practice { slug } weeklyMinutes withoutHours days { weekday minutes people } } }',
  )
  expect(data.workforceCoverage.map(({ practice }: { practice: { slug: string } }) => practice.slug).sort()).toEqual([
    'alder',
    'birch',
    'cedar',
  ])
  const cedar = data.workforceCoverage.find(({ practice }: { practice: { slug: string } }) => practice.slug === 'cedar')
  expect(cedar).toMatchObject({ weeklyMinutes: 480, withoutHours: [] })
  expect(cedar.days.filter(({ minutes }: { minutes: number }) => minutes > 0)).toEqual([
    { weekday: 1, minutes: 240, people: ['Cara Manager'] },
    { weekday: 3, minutes: 240, people: ['Cara Manager'] },
  ])
})

test('of whom nothing is recorded nobody can say what they may do', async () => {
  const id = await membershipOf('careSupervisor')
  await api.sql('delete from staff_credential where membership_id = $1', [id])
  expect(await assign({ membershipId: id })).toMatchObject({ code: 'LicenseMissing' })
  await api.sql('delete from staff_member where membership_id = $1', [id])
  expect(await assign({ membershipId: id })).toMatchObject({ code: 'DisciplineUnknown' })
  expect(await person(workforce, id)).toMatchObject({ discipline: null, version: 0, languages: [] })
  expect(await recordStaff({ ...facts, id, discipline: 'COMMUNITY_HEALTH_WORKER', version: 0 })).toMatchObject({ version: 1 })
  expect(await assign({ membershipId: id })).toMatchObject({ code: 'OutOfScope' })
  expect(await assign({ membershipId: id, duty: 'COMMUNITY_OUTREACH' })).toMatchObject({ __typename: 'CareAssignment' })
})

test('training counts once; what is planned is a step of the curriculum', async () => {
  const staffId = await membershipOf('careManager')
  const training = { staffId, kind: 'EDUCATION', title: 'Motivational interviewing', day: '2026-02-01', done: true, minutes: 90 }
  await recordTraining(training)
  expect(await recordTraining({ ...training, minutes: 120 })).toMatchObject({ educationMinutes: 120 })
  await recordTraining({ ...training, day: '2023-02-01', minutes: 600 })
  expect(
    await recordTraining({ ...training, kind: 'CURRICULUM', title: 'Home visits', day: '2026-04-01', done: false, minutes: 0 }),
  ).toMatchObject({
    educationMinutes: 120,
    training: [{ title: 'Home visits', done: false }, { day: '2026-02-01', minutes: 120 }, { day: '2023-02-01' }],
  })
  for (const [code, input] of [
    ['NotYetDone', { day: '2026-03-03' }],
    ['NotPlanned', { done: false }],
    ['MinutesUnusable', { minutes: 6001 }],
    ['StaffNotFound', { staffId: await membershipOf('alderClinician') }],
  ] as const)
    expect(await recordTraining({ ...training, ...input })).toMatchObject({ code })
})

test('the region’s workforce sees all, each of the staff herself, everybody else nothing', async () => {
  const [cara, sue] = [await membershipOf('careManager'), await membershipOf('careSupervisor')]
  const list = async (user: UserKey) => {
    const { data, errors } = await (
      await api.signedIn(user)
    ).ask('{ sharedStaff { totalCount edges { node { name } } } scopeOfPractice { id } }')
    return errors[0]?.extensions['code'] ?? data.sharedStaff.edges.map(({ node }: { node: { name: string } }) => node.name)
  }
  for (const user of ['workforceManager', 'administrator'] as const) expect(await list(user)).toEqual(['Cara Manager', 'Sue Pervisor'])
  expect(await list('careManager')).toEqual(['Cara Manager'])
  expect(await list('careSupervisor')).toEqual(['Sue Pervisor'])
  for (const user of [
    'analyst',
    'identitySteward',
    'auditor',
    'alderAdministrator',
    'alderClinician',
    'alderPatient',
    'pineAnalyst',
  ] as const)
    expect({ user, got: await list(user) }).toEqual({ user, got: 'FORBIDDEN' })
  const careManager = await api.signedIn('careManager')
  expect(await person(careManager, cara)).toMatchObject({ name: 'Cara Manager' })
  expect(await person(careManager, sue)).toBeNull()
  expect(await recordStaff({ ...facts, id: cara, version: 1 }, careManager)).toBe('FORBIDDEN')
})

test('a credential is taken off the record once', async () => {
  const staffId = await membershipOf('careManager')
  await recordCredential({ staffId, kind: 'CERTIFICATION', title: 'CCM', number: '9', expiresOn: '2027-01-01' })
  const { credentials } = await person(workforce, staffId)
  const { id } = credentials.find(({ title }: { title: string }) => title === 'CCM')
  const end = async () =>
    (await workforce.ask('mutation ($id: ID!) { endCredential(id: $id) { __typename ... on Refused { code } } }', { id })).data
      .endCredential
  expect(await end()).toEqual({ __typename: 'SharedStaff' })
  expect(await end()).toMatchObject({ code: 'CredentialNotFound' })
  expect(await recordCredential({ staffId, kind: 'LICENSE', title: 'RN', number: '9' })).toMatchObject({ code: 'StateUnusable' })
})

test('whoever allocates hours reads staff with licenses that hold, and hours by assignment', async () => {
  const id = await membershipOf('careManager')
  const staff = await api.world.database.within({ kind: 'worker', practiceIds: 'none' }, (tx) =>
    readStaff({ tx: async () => tx, clock: clockAt('2026-03-04T17:00:00Z'), region: { id: '', name: '', timeZone: 'America/New_York' } }),
  )
  const cara = staff.find(({ membershipId }) => membershipId === id)!
  expect(cara).toMatchObject({
    discipline: 'nurse',
    weeklyPaidMinutes: 1920,
    homeBase: 'Riverton',
    licenses: [{ title: 'RN', state: 'NY' }],
  })
  expect(cara.assignments.map(({ practiceId, weeklyMinutes }) => [practiceId, weeklyMinutes])).toContainEqual([
    api.world.practices.cedar,
    480,
  ])
})
