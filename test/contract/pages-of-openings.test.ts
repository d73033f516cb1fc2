import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  const { alder, birch } = api.world.practices
  for (const [n, minutes] of [
    [0, 30],
    [1, 10],
    [2, 20],
  ] as const) {
    const chart = api.world.charts.alder[n]
    await api.sql(
      `insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
       select uuidv7(), $1, $2, m.user_id, m.id, 'Casey Birch', $3, 'reason', now() - make_interval(mins => $4), '2099-01-01'
         from membership m join app_user u on u.id = m.user_id where u.email = $5`,
      [alder, chart, birch, minutes, api.world.users.birchClinician.email],
    )
    await api.sql(
      `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                                granted_at, idempotency_key)
       values (uuidv7(), $1, $2, $3, '{problems}', '{Condition}', 'treatment', '2099-01-01', uuidv7(), 'x', now(), $4)`,
      [alder, chart, birch, `grant-${n}`],
    )
  }
})
afterAll(() => api.close())

type Page = { totalCount: number; edges: { cursor: string; node: object }[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
const page = async (caller: Caller, field: string, more: string, node: string): Promise<Page> => {
  const given = [field.includes('(') ? /\((.*)\)/.exec(field)![1]! : '', more].filter(Boolean).join(', ')
  const { data, errors } = await caller.ask(
    `{ list: ${field.replace(/\(.*/, '')}${given && `(${given})`} { totalCount edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor } } }`,
  )
  expect(errors).toEqual([])
  return data.list
}

const lists = () =>
  [
    ['alderAdministrator', 'emergencies', 'id openedAt', 3],
    ['birchClinician', 'emergencies', 'id openedAt', 3],
    ['birchClinician', 'sharedCharts', 'grantId familyName', 3],
    ['auditor', `recordReaders(practiceId: "${api.world.practices.alder}")`, 'actor { membershipId } basis from', 6],
    ['alderAdministrator', `whoCanSee(patientId: "${api.world.charts.alder[0]}")`, 'rule person role organization from until', 6],
  ] as const

test.each([0, 1, 2, 3, 4])('page by page a list is what it is in one, each row once (list %i)', async (which) => {
  const [user, field, node, least] = lists()[which]!
  const caller = await api.signedIn(user)
  const whole = await page(caller, field, '', node)
  expect(whole.edges.length).toBeGreaterThanOrEqual(least)
  expect(whole.totalCount).toBe(whole.edges.length)
  const walked: object[] = []
  for (let after: string | null = null; ;) {
    const next: Page = await page(caller, field, `first: 2${after ? `, after: "${after}"` : ''}`, node)
    expect(next.totalCount).toBe(whole.totalCount)
    walked.push(...nodesOf(next))
    if (!next.pageInfo.hasNextPage) break
    after = next.pageInfo.endCursor
  }
  expect(walked).toEqual(nodesOf(whole))
  expect(new Set(walked.map((one) => JSON.stringify(one))).size).toBe(whole.totalCount)
  const bare = field.replace(/\(.*/, '')
  const args = [/\((.*)\)/.exec(field)?.[1] ?? '', 'after: "x"'].filter(Boolean).join(', ')
  expect((await caller.ask(`{ ${bare}(${args}) { totalCount } }`)).errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
})

test('emergencies stand newest first, shared charts by name', async () => {
  const opened = nodesOf(await page(await api.signedIn('alderAdministrator'), 'emergencies', '', 'openedAt')).map(
    ({ openedAt }) => openedAt,
  )
  expect(opened).toEqual(opened.toSorted().toReversed())
  const names = nodesOf(await page(await api.signedIn('birchClinician'), 'sharedCharts', '', 'familyName')).map(
    ({ familyName }) => familyName,
  )
  expect(names).toEqual(names.toSorted())
})

test('two people of one name and role, and a third who only shares the role, have a place each, on whichever page', async () => {
  for (const name of ['Alex Twin', 'Alex Twin', 'Alex Twinn'])
    await api.sql(
      `with twin as (insert into app_user (id, name, email, created_at) select id, $1, id || '@example.org', now() from uuidv7() id returning id)
       insert into membership (id, user_id, organization_id, role, starts_on) select uuidv7(), id, $2, 'clinician', '2020-01-01' from twin`,
      [name, api.world.practices.alder],
    )
  const caller = await api.signedIn('alderAdministrator')
  const field = `whoCanSee(patientId: "${api.world.charts.alder[0]}")`
  for (const first of [1, 2, 3]) {
    const [names, cursors]: [string[], string[]] = [[], []]
    for (let after: string | null = null; ;) {
      const next: Page = await page(caller, field, `first: ${first}${after ? `, after: "${after}"` : ''}`, 'person')
      names.push(...nodesOf(next).map(({ person }) => person))
      cursors.push(...next.edges.map(({ cursor }) => cursor))
      if (!next.pageInfo.hasNextPage) break
      after = next.pageInfo.endCursor
    }
    expect({ first, twins: names.filter((name) => name?.startsWith('Alex Twin')) }).toEqual({
      first,
      twins: ['Alex Twin', 'Alex Twin', 'Alex Twinn'],
    })
    expect(new Set(cursors).size).toBe(cursors.length)
    expect(names).toHaveLength((await page(caller, field, '', 'person')).totalCount)
  }
})
