// Plans put in force: previewed, confirmed as previewed or not at all, followed by access, taken back, and refused in words.
import { newId } from '@carecommons/kernel'
import { Client } from 'pg'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { APPLY, membershipIn, plantNeed, workedOutPlan } from '../support/staff-plans.ts'
import { NOW, type PracticeKey } from '../support/world.ts'

let api: TestApi
let workforce: Caller
let cara: string
let sue: string
beforeEach(async () => {
  api = await openTestApi()
  workforce = await api.signedIn('workforceManager')
  ;[cara, sue] = await Promise.all([membershipIn(api, 'careManager'), membershipIn(api, 'careSupervisor')])
  await api.sql(`update organization set city = initcap(slug) || 'ton' where kind = 'practice'`)
  await api.sql(`update care_assignment set hours = $2, ends_on = '2026-12-31' where membership_id = $1 and practice_id = $3`, [
    ...[cara, JSON.stringify([{ weekday: 1, from: 480, until: 960 }]), api.world.practices.alder],
  ])
  for (const practice of ['alder', 'birch', 'cedar'] as const) await plantNeed(api, practice)
})
afterEach(() => api.close())

const FIRST = '2026-03-09'
let keys = 0
/** Cara goes from Alder to Cedar, and stays longer at Birch; Sue goes where the solver likes, but for Cedar. */
const planned = (startsOn = FIRST): Promise<string> => {
  const { alder, birch, cedar } = api.world.practices
  const pins = [
    { staffId: cara, practiceId: birch, minutes: 300 },
    { staffId: cara, practiceId: cedar, minutes: 240 },
  ]
  const forbids = [
    { staffId: cara, practiceId: alder },
    { staffId: sue, practiceId: cedar },
  ]
  return workedOutPlan(api, workforce, { startsOn, pins, forbids })
}
const PREVIEW = `query ($id: ID!) { staffPlanPreview(id: $id) { __typename ... on Refused { code message } ... on StaffPlanPreview { planId startsOn hash
  changes { kind membershipId careManager practice { slug } duty duties hoursBefore { weekday from until } hours { weekday from until } minutesBefore minutes endsOn
            refusal concerns { kind } }
  handoffs { membershipId careManager practice { slug } leaves fewerMinutes cases points due takers { name minutes } } withNobody { slug } } } }`
const preview = async (id: string, caller = workforce) => {
  const { data, errors } = await caller.ask(PREVIEW, { id })
  return errors[0]?.extensions['code'] ?? data.staffPlanPreview
}
const apply = async (id: string, previewHash: string, caller = workforce, idempotencyKey = `apply-plan-${keys++}`) => {
  const { data, errors } = await caller.ask(APPLY, { id, previewHash, idempotencyKey })
  return errors[0]?.extensions['code'] ?? data.applyStaffPlan
}
const undo = async (id: string, caller = workforce) => {
  const { data, errors } = await caller.ask(
    `mutation ($id: ID!) { undoStaffPlan(id: $id) { __typename ... on Refused { code message }
    ... on StaffPlan { application { undoneByName undoneAt undoUntil } } } }`,
    { id },
  )
  return errors[0]?.extensions['code'] ?? data.undoStaffPlan
}
const assignments = () =>
  api.sql(`select a.id, a.membership_id, o.slug, a.starts_on::text, a.ends_on::text, a.ended_at, a.hours, a.duty
             from care_assignment a join organization o on o.id = a.practice_id order by a.starts_on, a.id`)
/** Of a person: practice, first and last day of what counts. */
const daysOf = async (id: string) =>
  (await assignments())
    .filter(({ membership_id, ended_at }) => membership_id === id && ended_at === null)
    .map(({ slug, starts_on, ends_on }) => [slug, starts_on, ends_on])
    .sort()
const secondManager = async (): Promise<Caller> => {
  await api.sql(`update membership set role = 'workforce-manager' where user_id = (select id from app_user where email = $1)`, [
    api.world.users.identitySteward.email,
  ])
  return api.signedIn('identitySteward')
}

test('a preview says who begins, ends and changes, and every handoff by numbers; it changes nothing and names no patient', async () => {
  const careManager = await api.signedIn('careManager')
  const [a, b] = api.world.charts.alder
  await careManager.ask(`mutation ($input: OpenCasesInput!) { openCases(input: $input) { __typename } }`, { input: { patientIds: [a, b] } })
  await api.sql(
    `update care_case set lead_membership_id = $1, lead_name = 'Cara Manager', due_on = case when patient_id = $2 then '2026-03-10'::date else '2026-06-01' end`,
    [cara, a],
  )
  const before = await assignments()
  const id = await planned()
  const seen = await preview(id)
  expect(seen).toMatchObject({ __typename: 'StaffPlanPreview', planId: id, startsOn: FIRST })
  const of = (slug: string) =>
    seen.changes.find(
      (one: { membershipId: string; practice: { slug: string } }) => one.membershipId === cara && one.practice.slug === slug,
    )
  const monday = [{ weekday: 1, from: 480, until: 960 }]
  expect(of('alder')).toMatchObject({
    kind: 'ENDS',
    hoursBefore: monday,
    hours: [],
    minutesBefore: 480,
    minutes: 0,
    endsOn: '2026-03-08',
    refusal: null,
  })
  expect(of('cedar')).toMatchObject({
    kind: 'BEGINS',
    careManager: 'Cara Manager',
    duty: 'CARE_MANAGEMENT',
    hoursBefore: [],
    minutes: 240,
    endsOn: null,
    refusal: null,
  })
  expect(of('birch')).toMatchObject({ kind: 'CHANGES', minutesBefore: 0, minutes: 300, endsOn: null, refusal: null })
  for (const slug of ['cedar', 'birch'])
    expect(of(slug).hours.reduce((sum: number, { from, until }: { from: number; until: number }) => sum + until - from, 0)).toBe(
      of(slug).minutes,
    )
  expect(seen.handoffs.find(({ membershipId }: { membershipId: string }) => membershipId === cara)).toMatchObject({
    ...{ careManager: 'Cara Manager', practice: { slug: 'alder' }, leaves: true, fewerMinutes: 480, cases: 2, due: 1 },
    takers: [{ name: 'Sue Pervisor' }],
  })
  expect(seen.handoffs[0].points).toBeGreaterThan(0)
  expect(await preview(id)).toEqual(seen)
  expect(await assignments()).toEqual(before)
  expect(JSON.stringify(seen)).not.toMatch(/canary/i)
})

test('put in force, hours and access follow from the first day on, not before; nothing else is touched', async () => {
  const id = await planned()
  const { hash } = await preview(id)
  const before = await assignments()
  const applied = await apply(id, hash)
  expect(applied).toEqual({
    __typename: 'StaffPlan',
    id,
    application: {
      ...{ startsOn: FIRST, appliedByName: 'Wim Work', appliedAt: '2026-03-02T15:00:00.000Z', undoUntil: '2026-03-03T15:00:00.000Z' },
      ...{ undoneByName: null, undoneAt: null },
    },
  })
  expect(await daysOf(cara)).toEqual([
    ['alder', '2020-01-01', '2026-03-08'],
    ['birch', '2020-01-01', '2026-03-08'],
    ['birch', FIRST, null],
    ['cedar', FIRST, null],
  ])
  const ids = before.map(({ id: one }) => one)
  expect((await assignments()).filter((one) => ids.includes(one['id'])).map(({ ends_on: _, ...one }) => one)).toEqual(
    before.map(({ ends_on: _, ...one }) => one),
  )
  const charts = async (instant: string) => {
    api.setNow(instant)
    const caller = await api.signedIn('careManager')
    const opened = async (practice: PracticeKey) =>
      (await caller.ask('query ($id: ID!) { patient(id: $id) { id } }', { id: api.world.charts[practice][0] })).data.patient !== null
    return [await opened('alder'), await opened('birch'), await opened('cedar')]
  }
  expect(await charts(NOW)).toEqual([true, true, false])
  // Midnight of the region, four hours behind: daylight saving begins on the eighth.
  expect(await charts('2026-03-09T03:59:59Z')).toEqual([true, true, false])
  expect(await charts('2026-03-09T04:00:00Z')).toEqual([false, true, true])
  const rows = await api.sql(
    `select action, subject, practice_id is null as regional, count(*)::int from audit_event where subject in ('StaffPlan', 'Assignment') and outcome = 'allowed'
        and action in ('start', 'end', 'create') and user_id = (select user_id from membership where id = $1) group by 1, 2, 3 order by 1, 2`,
    [await membershipIn(api, 'workforceManager')],
  )
  expect(rows).toContainEqual({ action: 'start', subject: 'StaffPlan', regional: true, count: 1 })
  expect(rows.filter(({ subject }) => subject === 'Assignment').map(({ action }) => action)).toEqual(['create', 'end'])
  const [line] = (await (await api.signedIn('workforceManager')).ask('{ staffPlans { id application { startsOn undoneAt } } }')).data
    .staffPlans
  expect(line).toEqual({ id, application: { startsOn: FIRST, undoneAt: null } })
})

test('the same key puts it in force once; another time it is said who did', async () => {
  const id = await planned()
  const { hash } = await preview(id)
  const [one, other] = await Promise.all([apply(id, hash, workforce, 'the-same-key'), apply(id, hash, workforce, 'the-same-key')])
  expect([one.application.appliedAt, other]).toEqual([one.application.appliedAt, one])
  const after = await assignments()
  expect(await apply(id, hash)).toEqual({ __typename: 'Refused', code: 'PlanApplied', message: 'Wim Work put this plan in force already.' })
  expect(await preview(id)).toMatchObject({ code: 'PlanApplied' })
  expect(await assignments()).toEqual(after)
})

test('of two managers at once one wins, and the other is told; of two plans as well', async () => {
  const other = await secondManager()
  const id = await planned()
  const { hash } = await preview(id)
  const answers = await Promise.all([apply(id, hash), apply(id, hash, other)])
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Refused', 'StaffPlan'])
  const won = answers.find(({ __typename }) => __typename === 'StaffPlan')!
  expect(answers.find(({ code }) => code)).toMatchObject({
    code: 'PlanApplied',
    message: `${won.application.appliedByName} put this plan in force already.`,
  })
  await undo(id)
  const second = await planned()
  const hashes = [(await preview(id)).hash, (await preview(second)).hash]
  const both = await Promise.all([apply(id, hashes[0]!), apply(second, hashes[1]!, other)])
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Refused', 'StaffPlan'])
  expect(both.find(({ code }) => code)).toEqual({
    ...{ __typename: 'Refused', code: 'ChangedMeanwhile' },
    message: 'Since you looked at the preview this is different: assignments. Nothing was changed. Look again.',
  })
})

test('a plan that stands differently since its preview is not put in force, and the difference is named', async () => {
  const id = await planned()
  const changes: readonly (readonly [part: string, sql: string])[] = [
    [
      'leave',
      `insert into staff_leave (id, membership_id, person_name, kind, from_at, until_at, requested_by, requested_at)
               select uuidv7(), m.id, 'x', 'vacation', '2026-04-06T04:00:00Z', '2026-04-20T04:00:00Z', m.user_id, now() from membership m where m.id = $1`,
    ],
    ['licenses', `update staff_credential set expires_on = '2027-01-31' where membership_id = $1`],
    ['what is on record of the shared staff', `update staff_member set home_base = 'Aldertown' where membership_id = $1`],
    [
      'assignments',
      `update care_assignment set ended_at = now() where membership_id = $1 and practice_id = (select id from organization where slug = 'birch')`,
    ],
  ]
  for (const [part, change] of changes) {
    const { hash } = await preview(id)
    await api.sql(change, [cara])
    const before = await assignments()
    expect(await apply(id, hash)).toEqual({
      ...{ __typename: 'Refused', code: 'ChangedMeanwhile' },
      message: `Since you looked at the preview this is different: ${part}. Nothing was changed. Look again.`,
    })
    expect(await assignments()).toEqual(before)
  }
  await api.sql(`update staff_credential set expires_on = '2026-03-08' where membership_id = $1`, [cara])
  const { hash, changes: rows } = await preview(id)
  expect(rows.flatMap(({ refusal }: { refusal: string | null }) => refusal ?? [])[0]).toMatch(
    /^Cara Manager's license held until 2026-03-08/,
  )
  expect(await apply(id, hash)).toMatchObject({
    code: 'PlanImpossible',
    message: expect.stringMatching(/^Cara Manager at .*: Cara Manager's license .*Nothing was changed\.$/),
  })
  await api.sql(`update membership set ended_at = now() where id = $1`, [cara])
  expect(await apply(id, (await preview(id)).hash)).toMatchObject({
    code: 'PlanImpossible',
    message: expect.stringMatching(/^Somebody who left at .*: There is no such care manager\. Nothing was changed\.$/),
  })
  expect(await api.sql('select id from staff_plan_application')).toEqual([])
})

test('within a day and before it begins it is taken back: everybody works as they would have', async () => {
  const id = await planned()
  // What begins on the very day is never begun by the plan, and comes back.
  await api.sql(
    `insert into care_assignment (id, membership_id, practice_id, kind, hours, duty, starts_on, created_at)
    values (uuidv7(), $1, $2, 'assignment', '[{"weekday": 2, "from": 480, "until": 960}]', 'care-management', $3, now())`,
    [sue, api.world.practices.birch, FIRST],
  )
  const counts = async () => (await assignments()).filter(({ ended_at }) => ended_at === null).map(({ id: _, ...one }) => one)
  const before = await counts()
  const { hash } = await preview(id)
  expect(await apply(id, hash)).toMatchObject({ __typename: 'StaffPlan' })
  expect(await counts()).not.toEqual(before)
  api.setNow('2026-03-03T14:00:00Z')
  workforce = await api.signedIn('workforceManager')
  expect(await undo(id, await secondManager())).toMatchObject({
    __typename: 'StaffPlan',
    application: { undoneByName: 'Ida Steward', undoneAt: '2026-03-03T14:00:00.000Z', undoUntil: null },
  })
  expect(await counts()).toEqual(before)
  expect(await undo(id)).toMatchObject({ code: 'PlanNotApplied', message: 'This plan is not in force.' })
  // And it can be put in force again.
  expect(await apply(id, (await preview(id)).hash)).toMatchObject({ __typename: 'StaffPlan', application: { undoneAt: null } })
  api.setNow('2026-03-04T14:00:01Z')
  expect(await undo(id, await api.signedIn('workforceManager'))).toMatchObject({ code: 'UndoOver' })
})

test('it is not taken back where somebody changed a part of it since, and that part is named', async () => {
  const id = await planned()
  await apply(id, (await preview(id)).hash)
  const begun = (await assignments()).find(({ membership_id, slug }) => membership_id === cara && slug === 'cedar')!
  await workforce.ask('mutation ($id: ID!) { endAssignment(id: $id) { __typename } }', { id: begun['id'] })
  const before = await assignments()
  expect(await undo(id)).toEqual({
    ...{ __typename: 'Refused', code: 'ChangedMeanwhile' },
    message: 'Somebody changed a part of it since: Cara Manager at =Cedar Health. Nothing was taken back.',
  })
  expect(await assignments()).toEqual(before)
})

test('it is not taken back any more once its first day begins, on the clocks of the region', async () => {
  const next = await planned('2026-03-03')
  await apply(next, (await preview(next)).hash)
  // Five in the morning of Greenwich is midnight in the region.
  api.setNow('2026-03-03T05:00:00Z')
  expect(await undo(next, await api.signedIn('workforceManager'))).toMatchObject({ code: 'UndoOver' })
  api.setNow('2026-03-03T04:59:59Z')
  expect((await undo(next, await api.signedIn('workforceManager'))).__typename).toBe('StaffPlan')
})

test('from tomorrow on, a plan that is there, and nobody but who allocates', async () => {
  const today = await planned('2026-03-02')
  expect(await preview(today)).toMatchObject({ code: 'PlanBegun' })
  expect(await apply(today, 'x')).toMatchObject({ code: 'PlanBegun' })
  const id = await planned()
  const { hash } = await preview(id)
  for (const missing of [newId(), 'x']) {
    expect(await preview(missing)).toMatchObject({ code: 'PlanMissing' })
    expect(await apply(missing, hash)).toMatchObject({ code: 'PlanMissing' })
    expect(await undo(missing)).toMatchObject({ code: 'PlanNotApplied' })
  }
  for (const user of ['administrator', 'careManager', 'careSupervisor', 'alderAdministrator', 'alderClinician', 'pineAnalyst'] as const) {
    const caller = await api.signedIn(user)
    expect([await preview(id, caller), await apply(id, hash, caller), await undo(id, caller)]).toEqual([
      'FORBIDDEN',
      'FORBIDDEN',
      'FORBIDDEN',
    ])
  }
  const waiting = await workforce.ask(
    `mutation { proposeStaffPlan(wish: { startsOn: "${FIRST}" }, idempotencyKey: "not-worked-out") { ... on StaffPlan { id } } }`,
  )
  expect(await preview(waiting.data.proposeStaffPlan.id)).toMatchObject({ code: 'PlanNotReady' })
  await apply(id, hash)
  expect(await apply(id, (await preview(id)).hash ?? '')).toMatchObject({ code: 'PlanApplied' })
  const nothing = await planned()
  const seen = await preview(nothing)
  expect(seen.changes.map(({ kind }: { kind: string }) => kind)).toEqual(seen.changes.map(() => 'STAYS'))
  expect(await apply(nothing, seen.hash)).toMatchObject({ code: 'NothingChanges' })
})

test('cut off in the middle nothing of it stands', async () => {
  const id = await planned()
  const { hash } = await preview(id)
  const before = await assignments()
  const holder = new Client(api.ownerUrl)
  await holder.connect()
  try {
    await holder.query('select pg_advisory_lock(48)')
    await api.sql(
      `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(48); return new; end $$`,
    )
    await api.sql(`create trigger hold before insert on staff_plan_change for each row when (new.kind = 'begun') execute function hold()`)
    const answer = apply(id, hash, workforce, 'cut-off-in-the-middle')
    const held = `select pid from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
    for (let looks = 0; looks < 600 && (await api.sql(held)).length === 0; looks++) await new Promise((go) => setTimeout(go, 20))
    const [{ pid }] = (await api.sql(held)) as [{ pid: number }]
    await api.sql('select pg_terminate_backend($1)', [pid])
    expect(await answer).toBe('UNAVAILABLE')
  } finally {
    await holder.end()
  }
  expect(await assignments()).toEqual(before)
  expect(await api.sql('select from staff_plan_application')).toEqual([])
  expect(await api.sql('select from staff_plan_change')).toEqual([])
  await api.sql('drop trigger hold on staff_plan_change')
  expect(await apply(id, hash, workforce, 'cut-off-in-the-middle')).toMatchObject({ __typename: 'StaffPlan' })
})
