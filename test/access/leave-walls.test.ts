// Access follows cover to the minute: nothing before, nothing after, behind all walls and behind each alone.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { type AsRole, DENIED, openAsRole } from '../support/as-role.ts'
import { canaries, NOW, type UserKey } from '../support/world.ts'
import { openAbility, openPolicies } from './matrix/walls-down.ts'

describe.each(['all walls', 'row-level security alone', 'abilities alone'] as const)('%s', (walls) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openTestApi(walls === 'row-level security alone' ? { ability: openAbility } : {})
    if (walls === 'abilities alone') await openPolicies(api)
  })
  afterAll(() => api.close())
  beforeEach(async () => {
    api.setNow(NOW)
    await api.sql(`delete from care_assignment where cover_id is not null`)
    await api.sql(`delete from handoff_receipt`)
    await api.sql(`delete from staff_handoff`)
    await api.sql(`delete from leave_cover`)
    await api.sql(`delete from staff_leave`)
    await api.sql(`update region set time_zone = 'America/New_York'`)
  })

  const at = async (user: UserKey, instant: string): Promise<Caller> => {
    api.setNow(instant)
    return api.signedIn(user)
  }
  const seenBySupervisor = async (instant: string) => {
    const caller = await at('careSupervisor', instant)
    const { data, text } = await caller.ask(
      'query ($id: ID!) { patients(search: "canary", first: 50) { edges { node { familyName } } } patient(id: $id) { id } whyVisible(id: $id) { visible } }',
      { id: api.world.charts.birch[0] },
    )
    const [chart, listed, why] = [data.patient !== null, text.includes(canaries.birch), data.whyVisible.visible]
    expect({ instant, chart, listed }).toEqual({ instant, chart: listed, listed: why })
    return chart
  }

  test('across midnight and daylight saving: opened with its first minute, closed with its last', async () => {
    await accepted(api, { fromDay: '2026-03-07', fromTime: '17:00', untilDay: '2026-03-08', untilTime: '03:30' })
    const opens = []
    // 17:00 EST; midnight; 01:59 EST and 03:00 EDT are neighbours; 03:30 EDT.
    const moments = ['2026-03-07T21:59:59Z', '2026-03-07T22:00:00Z', '2026-03-08T05:00:00Z', '2026-03-08T06:59:59Z', '2026-03-08T07:00:00Z']
    for (const instant of [...moments, '2026-03-08T07:29:59Z', '2026-03-08T07:30:00Z', '2026-03-08T15:00:00Z'])
      opens.push(await seenBySupervisor(instant))
    expect(opens).toEqual([false, true, true, true, true, true, false, false])
  })

  test('by the clocks of the region: whole days begin and end where it is', async () => {
    await api.sql(`update region set time_zone = 'America/Phoenix'`)
    await accepted(api, { fromDay: '2026-03-07', untilDay: '2026-03-08' })
    const opens = []
    for (const instant of ['2026-03-07T06:59:59Z', '2026-03-07T07:00:00Z', '2026-03-09T06:59:59Z', '2026-03-09T07:00:00Z'])
      opens.push(await seenBySupervisor(instant))
    expect(opens).toEqual([false, true, true, false])
  })

  test('ended or taken back, it closes at once; the one who is away keeps her practices, so that late records land', async () => {
    const coverId = await accepted(api, { fromDay: '2026-03-03', untilDay: '2026-03-10' })
    expect(await seenBySupervisor('2026-03-04T15:00:00Z')).toBe(true)
    const away = await at('careManager', '2026-03-04T15:00:00Z')
    const { data } = await away.ask(
      'mutation ($input: AddToHuddleInput!) { addToHuddle(input: $input) { __typename ... on HuddleAdded { added } } }',
      { input: { patientIds: [api.world.charts.birch[0]], reason: 'OTHER', words: 'Letter came late' } },
    )
    expect(data.addToHuddle).toEqual({ __typename: 'HuddleAdded', added: 1 })
    const workforce = await at('workforceManager', '2026-03-04T15:00:00Z')
    const ended = await workforce.ask('mutation ($id: ID!) { withdrawCover(id: $id) { __typename ... on LeaveCover { state } } }', {
      id: coverId,
    })
    expect(ended.data.withdrawCover).toEqual({ __typename: 'LeaveCover', state: 'WITHDRAWN' })
    expect(await seenBySupervisor('2026-03-04T15:00:00Z')).toBe(false)
  })

  test('leave, who is asked to cover, and what is on file of somebody are told to those whom they concern', async () => {
    await accepted(api, { fromDay: '2026-03-03', untilDay: '2026-03-10' })
    await api.sql(
      `insert into staff_credential (id, membership_id, kind, title, state, number, recorded_by, recorded_at)
       select uuidv7(), id, 'certification', 'of ' || role, '', '', id, now() from membership where role in ('care-manager', 'care-supervisor')`,
    )
    const told = async (user: UserKey) => {
      const { data } = await (
        await at(user, NOW)
      ).ask('{ leaves { totalCount } covers { totalCount } sharedStaff { edges { node { credentials { title } } } } }')
      const titles = data.sharedStaff.edges.flatMap(({ node }: { node: { credentials: { title: string }[] } }) => node.credentials)
      const planted = titles.map(({ title }: { title: string }) => title).filter((title: string) => title.startsWith('of '))
      return [data.leaves.totalCount, data.covers.totalCount, planted.sort()]
    }
    expect(await told('careManager')).toEqual([1, 1, ['of care-manager']])
    expect(await told('careSupervisor')).toEqual([0, 1, ['of care-supervisor']])
    expect(await told('workforceManager')).toEqual([1, 1, ['of care-manager', 'of care-supervisor']])
    await api.sql(`update leave_cover set leaver_id = m.id, membership_id = m.id from membership m where m.role = 'workforce-manager'`)
    expect((await told('careManager')).slice(0, 2)).toEqual([1, 0])
    expect((await told('careSupervisor')).slice(0, 2)).toEqual([0, 0])
    await api.sql(`delete from staff_credential where title like 'of %'`)
  })

  test('a handoff is read by who wrote it, and by who covers while they do; by nobody else', async () => {
    const coverId = await accepted(api, { fromDay: '2026-03-03', fromTime: '08:00', untilDay: '2026-03-03', untilTime: '18:00' })
    const text = { coverId, situation: 'CanarybirchHandoff: calls daily', background: '', openItems: 'Call back', risks: '', version: 0 }
    const write = async (input: object) =>
      (
        await (
          await at('careManager', NOW)
        ).ask(
          'mutation ($input: WriteHandoffInput!) { writeHandoff(input: $input) { __typename ... on Handoff { version } ... on Refused { code } } }',
          {
            input: { ...text, ...input },
          },
        )
      ).data.writeHandoff
    expect(await write({ situation: ' ' })).toMatchObject({ code: 'SituationMissing' })
    expect(await write({})).toEqual({ __typename: 'Handoff', version: 1 })
    expect(await write({})).toMatchObject({ code: 'ChangedMeanwhile' })
    expect(await write({ version: 1, risks: 'Falls' })).toMatchObject({ version: 2 })
    const read = async (user: UserKey, instant: string) =>
      (
        await (await at(user, instant)).ask('{ covers { edges { node { id handoff { situation version acknowledgedAt } } } } }')
      ).text.includes('CanarybirchHandoff')
    expect(await read('careManager', NOW)).toBe(true)
    expect(await read('careSupervisor', '2026-03-03T12:59:59Z')).toBe(false)
    expect(await read('careSupervisor', '2026-03-03T13:00:00Z')).toBe(true)
    for (const user of [
      'workforceManager',
      'administrator',
      'analyst',
      'alderAdministrator',
      'birchAdministrator',
      'auditor',
      'pineAnalyst',
    ] as const)
      expect({ user, read: await read(user, '2026-03-03T13:00:00Z') }).toEqual({ user, read: false })
    const acknowledge = async (user: UserKey, version: number) => {
      const caller = await at(user, '2026-03-03T14:00:00Z')
      const { data } = await caller.ask(
        'mutation ($id: ID!, $version: Int!) { acknowledgeHandoff(coverId: $id, version: $version) { __typename ... on Handoff { acknowledgedAt } ... on Refused { code } } }',
        { id: coverId, version },
      )
      return data?.acknowledgeHandoff
    }
    expect(await acknowledge('careManager', 2)).toMatchObject({ code: 'HandoffNotFound' })
    expect(await acknowledge('careSupervisor', 1)).toMatchObject({ code: 'ChangedMeanwhile' })
    expect(await acknowledge('careSupervisor', 2)).toMatchObject({ acknowledgedAt: '2026-03-03T14:00:00.000Z' })
    expect(await read('careSupervisor', '2026-03-03T23:00:00Z')).toBe(false)
  })
})

describe('as the role, in SQL', () => {
  let api: TestApi
  let asked: AsRole
  beforeAll(async () => {
    api = await openTestApi()
    asked = await openAsRole(api)
  })
  afterAll(async () => {
    await asked.close()
    await api.close()
  })

  test('nobody opens a practice to themselves, answers for another, proposes themselves, or reads what is handed over', async () => {
    const { users, practices } = api.world
    const coverId = await accepted(api, { fromDay: '2026-03-03', untilDay: '2026-03-10' })
    await api.sql(
      `insert into staff_handoff (id, cover_id, practice_id, leaver_id, membership_id, situation, background, open_items, risks, version, written_by, written_at)
       select uuidv7(), id, practice_id, leaver_id, membership_id, 'x', '', '', '', 1, leaver_id, now() from leave_cover where id = $1`,
      [coverId],
    )
    const [cover] = await api.sql('select * from leave_cover where id = $1', [coverId])
    const cara = await asked.acting(users.careManager.email, { practice_ids: `{${practices.alder},${practices.birch}}` })
    const sue = await asked.acting(users.careSupervisor.email, { practice_ids: `{${practices.alder}}` })
    const region = await asked.acting(users.workforceManager.email)
    const analyst = await asked.acting(users.analyst.email)
    const opened = (settings: typeof sue, from: string, until: string, id = coverId) =>
      asked.as(
        'commons_care_manager',
        settings,
        `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, from_at, until_at, cover_id, created_by, created_at)
         values (uuidv7(), '${settings.membership_id}', '${practices.birch}', 'cover', '2026-03-03', '${from}', '${until}', '${id}', '${settings.user_id}', now())`,
      )
    await api.sql('delete from care_assignment where cover_id = $1', [coverId])
    const [from, until] = [cover!.from_at, cover!.until_at].map((one) => new Date(one).toISOString()) as [string, string]
    expect(await opened(sue, from, until)).toEqual([])
    expect(await opened(sue, from, '2027-01-01T00:00:00Z')).toBe(DENIED)
    expect(await opened(sue, '2026-01-01T00:00:00Z', until)).toBe(DENIED)
    expect(await opened(cara, from, until)).toBe(DENIED)
    expect(await opened(sue, from, until, practices.birch)).toBe(DENIED)
    await api.sql(`update leave_cover set state = 'proposed' where id = $1`, [coverId])
    expect(await opened(sue, from, until)).toBe(DENIED)
    const answer = `update leave_cover set state = 'accepted' where id = '${coverId}' returning id`
    expect(await asked.as('commons_care_manager', cara, answer)).toEqual([])
    expect(await asked.as('commons_care_manager', sue, answer)).toHaveLength(1)
    expect(await asked.as('commons_region', region, answer)).toBe(DENIED)
    const propose = (settings: typeof sue, membership: string) =>
      asked.as(
        'commons_region',
        settings,
        `insert into leave_cover (id, leave_id, practice_id, duty, leaver_id, leaver_name, membership_id, cover_name, from_at, until_at, state, proposed_by, proposed_at)
         select uuidv7(), id, '${practices.alder}', 'care-management', membership_id, 'x', '${membership}', 'x', from_at, until_at, 'proposed', '${settings.user_id}', now()
           from staff_leave`,
      )
    expect(await propose(region, sue.membership_id!)).toEqual([])
    expect(await propose(region, cara.membership_id!)).toBe(DENIED)
    expect(await propose(region, region.membership_id!)).toBe(DENIED)
    // Of the analyst's role the database shows no leave at all.
    expect(await propose(analyst, sue.membership_id!)).toEqual([])
    expect(await asked.as('commons_region', analyst, 'select id from leave_cover')).toEqual([])
    for (const role of ['region', 'practice', 'payer', 'patient', 'door', 'grantee', 'auditor', 'worker'])
      expect({ role, got: await asked.as(`commons_${role}`, region, 'select id from staff_handoff') }).toEqual({ role, got: DENIED })
    const handed = 'select id from staff_handoff'
    expect(await asked.as('commons_care_manager', cara, handed)).toHaveLength(1)
    // The practice is not open to her yet.
    expect(await asked.as('commons_care_manager', sue, handed)).toEqual([])
    expect(await asked.as('commons_care_manager', { ...sue, practice_ids: `{${practices.birch}}` }, handed)).toHaveLength(1)
    expect(await asked.as('commons_care_manager', { ...cara, membership_id: region.membership_id! }, handed)).toEqual([])
  })
})

/** The care manager is away, the supervisor is asked to cover Birch, and accepts. Answers the cover. */
async function accepted(api: TestApi, leave: object): Promise<string> {
  api.setNow(NOW)
  const [of] = await api.sql(`select (select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1) as cover`, [
    api.world.users.careSupervisor.email,
  ])
  const ask = async (user: UserKey, query: string, variables: object) => {
    const { data, text } = await (await api.signedIn(user)).ask(query, variables)
    const [answer] = Object.values(data ?? {}) as { id: string }[]
    if (!answer?.id) throw new Error(text)
    return answer.id
  }
  const leaveId = await ask(
    'careManager',
    'mutation ($input: RequestLeaveInput!) { requestLeave(input: $input) { ... on StaffLeave { id } ... on Refused { code message } } }',
    { input: { kind: 'VACATION', ...leave } },
  )
  const coverId = await ask(
    'workforceManager',
    'mutation ($input: ProposeCoverInput!) { proposeCover(input: $input) { ... on LeaveCover { id } ... on Refused { code message } } }',
    { input: { leaveId, practiceId: api.world.practices.birch, staffId: of!['cover'] } },
  )
  return ask(
    'careSupervisor',
    'mutation ($id: ID!) { answerCover(id: $id, accepts: true) { ... on LeaveCover { id } ... on Refused { code message } } }',
    { id: coverId },
  )
}
