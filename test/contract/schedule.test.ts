// What new work would meet before it is agreed on, and who is where day by day: each reader as far as they may know.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let workforce: Caller
let cara: string
beforeAll(async () => {
  api = await openTestApi()
  workforce = await api.signedIn('workforceManager')
  cara = await membershipOf('careManager')
  await api.sql(`update organization set city = initcap(slug) || 'ton' where kind = 'practice'`)
  await api.sql(
    `update care_assignment set hours = '[{"weekday":1,"from":480,"until":720}]' where membership_id = $1 and practice_id = $2`,
    [cara, api.world.practices.birch],
  )
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const membershipOf = async (user: UserKey): Promise<string> =>
  (
    await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [api.world.users[user].email])
  )[0]!['id']
const counts = async () =>
  (await api.sql('select (select count(*)::int from care_assignment) as a, (select count(*)::int from travel_time) as t'))[0]
const preview = async (input: object, caller = workforce) => {
  const { data, errors } = await caller.ask(
    `query ($input: PreviewAssignmentInput!) { assignmentPreview(input: $input) {
       refusal concerns { kind practice weekday from until minutes } minutesBefore minutesAfter paidMinutes } }`,
    { input: { membershipId: cara, practiceId: api.world.practices.cedar, startsOn: '2026-03-02', ...input } },
  )
  return errors[0]?.extensions['code'] ?? data.assignmentPreview
}
const record = async (input: object, caller = workforce) => {
  const { data, errors } = await caller.ask(
    `mutation ($input: RecordTravelTimeInput!) { recordTravelTime(input: $input) {
       __typename ... on TravelTime { id oneTown otherTown minutes since } ... on Refused { code } } }`,
    { input: { from: 'Cedarton', to: 'Birchton', minutes: 35, since: '2026-03-01', ...input } },
  )
  return errors[0]?.extensions['code'] ?? data.recordTravelTime
}
const monday = (from: number, until: number) => [{ weekday: 1, from, until }]

test('a preview says clash, way and overtime, and changes nothing', async () => {
  const before = await counts()
  const clash = await preview({ hours: monday(660, 780) })
  expect(clash).toMatchObject({ refusal: null, concerns: [{ kind: 'CLASH', weekday: 1, minutes: 60, from: '2026-03-02', until: null }] })
  expect(clash.concerns[0].practice).toMatch(/Birch/)
  expect((await preview({ hours: monday(720, 780) })).concerns).toMatchObject([{ kind: 'TRAVEL_UNKNOWN', minutes: null }])
  const paid = (await preview({})).paidMinutes
  const all = [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: 780, until: 1380 }))
  const over = await preview({ hours: all })
  expect(over.minutesAfter - over.minutesBefore).toBe(3600)
  expect(over.concerns).toContainEqual(expect.objectContaining({ kind: 'OVERTIME', minutes: over.minutesAfter - paid }))
  expect(await counts()).toEqual(before)
})

test('travel between two towns is dated, counts either way, and is recorded by whoever allocates', async () => {
  const first = await record({})
  expect(first).toMatchObject({ oneTown: 'Birchton', otherTown: 'Cedarton', minutes: 35 })
  expect(await record({ from: 'Birchton', to: 'Cedarton' })).toEqual(first)
  expect((await preview({ hours: monday(740, 800) })).concerns).toMatchObject([{ kind: 'NO_TIME_TO_TRAVEL', minutes: 35 }])
  expect((await preview({ hours: monday(755, 800) })).concerns).toEqual([])
  await record({ minutes: 10, since: '2026-03-09' })
  expect((await preview({ hours: monday(740, 800) })).concerns).toHaveLength(1)
  expect((await preview({ hours: monday(740, 800), startsOn: '2026-03-09' })).concerns).toEqual([])
  expect(await record({ to: 'Cedarton' })).toMatchObject({ code: 'SameTown' })
  expect(await record({ minutes: 601 })).toMatchObject({ code: 'TravelUnusable' })
  expect(await record({}, await api.signedIn('careManager'))).toBe('FORBIDDEN')
  expect((await workforce.ask('{ travelTimes { oneTown minutes } }')).data.travelTimes).toEqual([{ oneTown: 'Birchton', minutes: 35 }])
})

test('a preview tells beforehand what would be refused', async () => {
  expect((await preview({ practiceId: api.world.practices.alder })).refusal).toMatch(/assigned there/)
  expect((await preview({ duty: 'MEDICATION_REVIEW' })).refusal).toMatch(/may not/)
  expect((await preview({ startsOn: '2026-03-01' })).refusal).toMatch(/today or later/)
  expect(await preview({ membershipId: 'x', practiceId: 'x' })).toMatchObject({ refusal: 'There is no such care manager.', concerns: [] })
  expect(await preview({}, await api.signedIn('alderAdministrator'))).toBe('FORBIDDEN')
})

const calendar = async (caller: Caller, input: object) => {
  const { data, errors } = await caller.ask(
    `query ($practiceId: ID, $membershipId: ID, $from: Day, $weeks: Int) {
       workCalendar(practiceId: $practiceId, membershipId: $membershipId, from: $from, weeks: $weeks) {
         day stints { careManager practice { slug } kind from until coversFor isAway } } }`,
    input,
  )
  return errors[0]?.extensions['code'] ?? data.workCalendar
}
type Stints = { day: string; stints: { practice: { slug: string }; isAway: boolean; from: number | null }[] }[]

test('who is where day by day, who is away, and who covers: seen by her, the cover, the practice and the manager, and by nobody else', async () => {
  const practiceId = api.world.practices.birch
  const leave = await workforce.ask(
    `mutation ($input: RequestLeaveInput!) { requestLeave(input: $input) { ... on StaffLeave { id } ... on Refused { message } } }`,
    { input: { staffId: cara, kind: 'SICK', fromDay: '2026-03-09', fromTime: '10:00', untilDay: '2026-03-10' } },
  )
  const sue = await membershipOf('careSupervisor')
  const cover = await workforce.ask(
    'mutation ($input: ProposeCoverInput!) { proposeCover(input: $input) { ... on LeaveCover { id } ... on Refused { message } } }',
    { input: { leaveId: leave.data.requestLeave.id, practiceId, staffId: sue } },
  )
  const supervisor = await api.signedIn('careSupervisor')
  await supervisor.ask('mutation ($id: ID!) { answerCover(id: $id, accepts: true) { __typename } }', { id: cover.data.proposeCover.id })

  const [practice, manager] = [await api.signedIn('birchAdministrator'), await api.signedIn('careManager')]
  const wanted = { practiceId, from: '2026-03-02', weeks: 2 }
  const seen: Stints = await calendar(practice, wanted)
  expect(seen).toHaveLength(14)
  expect(await calendar(workforce, wanted)).toEqual(seen)
  const on = (days: Stints, day: string) => days.find((one) => one.day === day)!.stints
  expect(on(seen, '2026-03-02')).toEqual([
    expect.objectContaining({ careManager: 'Cara Manager', kind: 'ASSIGNMENT', from: 480, until: 720, isAway: false }),
  ])
  expect(on(seen, '2026-03-03')).toEqual([])
  expect(on(seen, '2026-03-09')).toEqual([
    expect.objectContaining({ careManager: 'Cara Manager', isAway: true }),
    expect.objectContaining({ careManager: 'Sue Pervisor', kind: 'COVER', from: 600, until: 1440, coversFor: 'Cara Manager' }),
  ])
  const hers: Stints = await calendar(manager, { membershipId: cara, from: '2026-03-02', weeks: 2 })
  expect(on(hers, '2026-03-09').find(({ practice: { slug } }) => slug === 'birch')).toMatchObject({ isAway: true, careManager: null })
  const covering: Stints = await calendar(supervisor, { membershipId: sue, from: '2026-03-02', weeks: 2 })
  expect(
    on(covering, '2026-03-10')
      .map(({ practice: { slug } }) => slug)
      .toSorted(),
  ).toEqual(['alder', 'birch'])

  for (const days of [
    await calendar(await api.signedIn('alderAdministrator'), wanted),
    await calendar(supervisor, { membershipId: cara, from: '2026-03-02' }),
  ] as Stints[])
    expect(days.flatMap(({ stints }) => stints)).toEqual([])
  expect(await calendar(await api.signedIn('birchClinician'), wanted)).toBe('FORBIDDEN')
  expect((await calendar(await api.signedIn('auditor'), wanted)) as Stints).toHaveLength(14)
  const everywhere: Stints = await calendar(workforce, { from: '2026-03-02' })
  expect(new Set(everywhere.flatMap(({ stints }) => stints.map(({ practice: { slug } }) => slug)))).toEqual(new Set(['alder', 'birch']))
  expect(await calendar(workforce, { ...wanted, weeks: 9 })).toBe('BAD_USER_INPUT')
})
