import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { canaries, NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let workforce: Caller
beforeAll(async () => {
  api = await openTestApi()
  workforce = await api.signedIn('workforceManager')
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const MISSING = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
const ASSIGNMENT =
  '__typename ... on CareAssignment { id careManager kind startsOn endsOn endedAt state practice { slug } } ... on Refused { code message }'

let wishes = 0
const assign = async (caller: Caller, input: object) =>
  (
    await caller.ask(`mutation ($input: AssignCareManagerInput!) { assignCareManager(input: $input) { ${ASSIGNMENT} } }`, {
      input: {
        membershipId: await membershipOf('careManager'),
        practiceId: api.world.practices.cedar,
        startsOn: '2026-03-02',
        idempotencyKey: `assignment-${wishes++}`,
        ...input,
      },
    })
  ).data.assignCareManager
const end = async (caller: Caller, id: string) =>
  (await caller.ask(`mutation ($id: ID!) { endAssignment(id: $id) { ${ASSIGNMENT} } }`, { id })).data.endAssignment
const membershipOf = async (user: UserKey): Promise<string> =>
  (
    await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [api.world.users[user].email])
  )[0]!['id']
const seenBy = (caller: Caller) => caller.ask('{ patients(search: "canary") { totalCount edges { node { id familyName } } } }')

test('hardening 13: access follows at the next request of the same session: assigned, and ended', async () => {
  const careManager = await api.signedIn('careManager')
  const before = (await seenBy(careManager)).data.patients.totalCount
  const made = await assign(workforce, {})
  expect(made).toEqual({
    __typename: 'CareAssignment',
    id: made.id,
    careManager: 'Cara Manager',
    kind: 'ASSIGNMENT',
    startsOn: '2026-03-02',
    endsOn: null,
    endedAt: null,
    state: 'CURRENT',
    practice: { slug: 'cedar' },
  })
  const during = await seenBy(careManager)
  expect(during.data.patients.totalCount).toBe(before + 3)
  const [chart] = api.world.charts.cedar
  const open = () => careManager.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: chart })
  expect((await open()).data.patient).toEqual({ id: chart })

  const started = performance.now()
  expect(await end(workforce, made.id)).toMatchObject({ state: 'ENDED', endedAt: '2026-03-02T15:00:00.000Z' })
  const after = await seenBy(careManager)
  expect(after.data.patients.totalCount).toBe(before)
  expect(after.text).not.toContain(canaries.cedar)
  expect((await open()).text.trim()).toBe('{"data":{"patient":null}}')
  expect(performance.now() - started).toBeLessThan(5000)
  expect(await end(workforce, made.id)).toMatchObject({ code: 'AssignmentEnded' })
  expect(await api.sql('select action, outcome, practice_id from audit_event where $1 = any (subject_ids) order by id', [made.id])).toEqual(
    [
      { action: 'create', outcome: 'allowed', practice_id: api.world.practices.cedar },
      { action: 'end', outcome: 'allowed', practice_id: api.world.practices.cedar },
      { action: 'end', outcome: 'denied', practice_id: null },
    ],
  )
})

test('a cover opens on its first day and closes after its last', async () => {
  const made = await assign(workforce, { kind: 'COVER', startsOn: '2026-03-04', endsOn: '2026-03-05' })
  expect(made).toMatchObject({ state: 'PLANNED', kind: 'COVER' })
  const counts: number[] = []
  for (const day of ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']) {
    // Noon in the region.
    api.setNow(`${day}T17:00:00Z`)
    counts.push((await (await api.signedIn('careManager')).ask('{ patients { totalCount } }')).data.patients.totalCount)
  }
  // One of the three has died: lists leave such charts out.
  const [none, first, last, over] = counts as [number, number, number, number]
  expect([first - none, last - none, over - none]).toEqual([2, 2, 0])
})

test('once per key; another wish under it is a conflict; the same days twice are refused', async () => {
  const input = { practiceId: api.world.practices.cedar, startsOn: '2026-06-01', endsOn: '2026-06-30', idempotencyKey: 'june-at-cedar' }
  const made = await Promise.all([assign(workforce, input), assign(workforce, input)])
  expect(made[0].id).toBe(made[1].id)
  expect(await assign(workforce, { ...input, endsOn: null })).toMatchObject({ code: 'IdempotencyKeyReused' })
  expect(await assign(workforce, { ...input, startsOn: '2026-06-30', endsOn: null, idempotencyKey: 'from-june-30' })).toMatchObject({
    code: 'AssignedAlready',
  })
  const at = { startsOn: '2026-08-01', endsOn: '2026-08-31' }
  const both = await Promise.all([assign(workforce, at), assign(workforce, at)])
  expect(both.map(({ code }) => code).sort()).toEqual(['AssignedAlready', undefined])
})

test.each([
  ['PeriodBackwards', { startsOn: '2026-05-02', endsOn: '2026-05-01' }],
  ['StartsInPast', { startsOn: '2026-03-01' }],
  ['CareManagerMissing', { membershipId: MISSING }],
  ['CareManagerMissing', { membershipId: 'x' }],
  ['PracticeMissing', { practiceId: MISSING }],
  ['PracticeMissing', { practiceId: 'x' }],
])('%s: %j', async (code, input) => {
  expect(await assign(workforce, { startsOn: '2026-05-01', ...input })).toMatchObject({ __typename: 'Refused', code })
})

test('only care managers are assigned, only to practices, and never by themselves', async () => {
  for (const user of ['alderClinician', 'workforceManager', 'pineAnalyst', 'alderPatient'] as const)
    expect(await assign(workforce, { membershipId: await membershipOf(user) })).toMatchObject({ code: 'CareManagerMissing' })
  expect(await assign(workforce, { practiceId: api.world.payers.pine })).toMatchObject({ code: 'PracticeMissing' })
  // A second membership of the same person: allocating by day, reading charts by night.
  const [second] = await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on)
     select uuidv7(), user_id, organization_id, 'care-manager', '2020-01-01' from membership where id = $1 returning id`,
    [await membershipOf('workforceManager')],
  )
  expect(await assign(workforce, { membershipId: second!['id'] })).toMatchObject({ code: 'OwnAssignment' })
})

test('each sees the assignments that concern them', async () => {
  const list = async (user: UserKey, variables: object = {}) =>
    (
      await (
        await api.signedIn(user)
      ).ask(
        'query ($practiceId: ID) { careAssignments(practiceId: $practiceId) { edges { node { careManager practice { slug } state } } } }',
        variables,
      )
    ).data.careAssignments.edges.map(
      ({ node }: { node: { careManager: string; practice: { slug: string } } }) => `${node.careManager} ${node.practice.slug}`,
    )
  await api.sql(`delete from care_assignment where practice_id = $1`, [api.world.practices.cedar])
  expect(await list('administrator')).toEqual(['Cara Manager alder', 'Sue Pervisor alder', 'Cara Manager birch'])
  expect(await list('workforceManager', { practiceId: api.world.practices.birch })).toEqual(['Cara Manager birch'])
  expect(await list('alderAdministrator')).toEqual(['Cara Manager alder', 'Sue Pervisor alder'])
  expect(await list('alderAdministrator', { practiceId: api.world.practices.birch })).toEqual([])
  // Her own name is nothing that she has to look up.
  expect(await list('careManager')).toEqual(['null alder', 'null birch'])
  expect(await list('auditor')).toHaveLength(3)
  const { data } = await workforce.ask(
    `{ careManagers(search: "cara") { edges { node { name assignments { practice { slug } } } } } all: careManagers(first: 1) { totalCount edges { cursor } }
       free: careManagers(free: true) { edges { node { assignments { id } } } } some: careManagers(search: "cara", free: true) { totalCount }
       assignablePractices(first: 2) { totalCount edges { node { slug name } } pageInfo { endCursor } } found: assignablePractices(search: "birch") { totalCount } }`,
  )
  expect(data.careManagers.edges).toEqual([
    { node: { name: 'Cara Manager', assignments: [{ practice: { slug: 'alder' } }, { practice: { slug: 'birch' } }] } },
  ])
  expect(data.all.totalCount).toBeGreaterThan(1)
  expect(data.all.edges).toHaveLength(1)
  for (const { node } of data.free.edges) expect(node.assignments).toEqual([])
  expect(data.some.totalCount).toBe(0)
  expect(data.assignablePractices.totalCount).toBe(3)
  expect(data.found.totalCount).toBe(1)
  const after = `{ assignablePractices(after: "${data.assignablePractices.pageInfo.endCursor}") { edges { node { slug name } } } }`
  const practices = [...data.assignablePractices.edges, ...(await workforce.ask(after)).data.assignablePractices.edges].map(
    ({ node }) => node,
  )
  expect(practices.map(({ slug }: { slug: string }) => slug).sort()).toEqual(['alder', 'birch', 'cedar'])
  const named = practices.map(({ name }: { name: string }) => name.toLowerCase())
  expect(named).toEqual(named.toSorted())
})

test('a foreign or missing assignment is ended by nobody', async () => {
  expect(await end(workforce, MISSING)).toMatchObject({ code: 'AssignmentMissing' })
  expect(await end(workforce, 'x')).toMatchObject({ code: 'AssignmentMissing' })
  const [own] = await api.sql('select id from care_assignment where membership_id = $1', [await membershipOf('careManager')])
  for (const user of ['careManager', 'alderAdministrator', 'auditor'] as const) {
    const { errors } = await (
      await api.signedIn(user)
    ).ask('mutation ($id: ID!) { endAssignment(id: $id) { __typename } }', { id: own!['id'] })
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN')
  }
})
