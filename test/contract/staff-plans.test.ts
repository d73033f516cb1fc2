// Proposals of who of the shared staff serves which practice: worked out from the region as it stands, kept with what they rest on, refused in words.
import { failPlan, workOutPlan } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { membershipIn, plantNeed } from '../support/staff-plans.ts'

let api: TestApi
let workforce: Caller
let cara: string
let sue: string
beforeEach(async () => {
  api = await openTestApi()
  workforce = await api.signedIn('workforceManager')
  ;[cara, sue] = await Promise.all([membershipIn(api, 'careManager'), membershipIn(api, 'careSupervisor')])
  await api.sql(`update organization set city = initcap(slug) || 'ton' where kind = 'practice'`)
  await api.sql(
    `insert into staff_leave (id, membership_id, person_name, kind, from_at, until_at, requested_by, requested_at)
    select uuidv7(), $1, 'x', 'vacation', '2026-04-06T04:00:00Z', '2026-04-20T04:00:00Z', m.user_id, now() from membership m where m.id = $1`,
    [cara],
  )
  await work(cara, 'alder', 480)
  for (const practice of ['alder', 'birch'] as const) await plantNeed(api, practice)
})
afterEach(() => api.close())

/** Hours of a Monday at a practice where they work. */
const work = (membership: string, practice: 'alder' | 'birch', minutes: number) =>
  api.sql(`update care_assignment set hours = $3 where membership_id = $1 and practice_id = $2`, [
    membership,
    api.world.practices[practice],
    JSON.stringify([{ weekday: 1, from: 480, until: 480 + minutes }]),
  ])
const PLAN = `id state failure inputHash startsOn requestedByName
  figures { neededMinutes servedMinutes leastShare evenness currentMinutes keptMinutes }
  people { id name availableMinutes isLicensed travelAllowance } practices { practice { slug } needs { duty language minutes } }
  hours { staffId practiceId minutes currentMinutes because { kind minutes from to } byNeed { duty language minutes } }
  shares { practiceId neededMinutes servedMinutes unserved { duty minutes because bars } }
  ending { staffId practiceId minutes because } proofs { kind level value bound } prices { rule staffId leastLevel servedMinutes proven }`
let keys = 0
const propose = async (wish: object = {}, caller = workforce, idempotencyKey = `plan-key-${keys++}`) => {
  const { data, errors } = await caller.ask(
    `mutation ($wish: PlanWishInput!, $idempotencyKey: String!) { proposeStaffPlan(wish: $wish, idempotencyKey: $idempotencyKey) {
       __typename ... on StaffPlan { ${PLAN} } ... on Refused { code message } } }`,
    { wish: { startsOn: '2026-03-09', ...wish }, idempotencyKey },
  )
  return errors[0]?.extensions['code'] ?? data.proposeStaffPlan
}
const read = async (id: string, caller = workforce) => {
  const { data, errors } = await caller.ask(`query ($id: ID!) { staffPlan(id: $id) { ${PLAN} } }`, { id })
  return errors[0]?.extensions['code'] ?? data.staffPlan
}
const worked = async (wish: object = {}) => {
  const { id } = await propose(wish)
  await workOutPlan(api.world.database, id, 3)
  return read(id)
}

test('a plan gives hours where the need is, says why, what each rule costs, and on what it rests; nobody is assigned by it', async () => {
  const assigned = async () => (await api.sql('select count(*)::int as n from care_assignment'))[0]!['n']
  const before = await assigned()
  const asked = await propose()
  expect(asked).toMatchObject({ __typename: 'StaffPlan', state: 'UNDER_WAY', figures: null, hours: [], requestedByName: 'Wim Work' })
  await workOutPlan(api.world.database, asked.id, 3)
  const plan = await read(asked.id)
  expect(plan).toMatchObject({ state: 'READY', failure: null, inputHash: asked.inputHash })
  expect(plan.hours.length).toBeGreaterThan(1)
  // March 2026 has 22 weekdays: what is needed in a month is a little more than four weeks' need.
  const need = (await workforce.ask('{ staffNeed { practices { practice { slug } months { demand } } } }')).data.staffNeed.practices
  const alder = plan.practices.find(({ practice }: { practice: { slug: string } }) => practice.slug.startsWith('alder'))
  const demand = need.find(({ practice }: { practice: { slug: string } }) => practice.slug.startsWith('alder')).months[0].demand
  expect(alder.needs).toEqual([{ duty: 'CARE_MANAGEMENT', language: null, minutes: Math.round((demand * 5) / 22) }])
  for (const { because } of plan.hours) expect(because.length).toBeGreaterThan(0)
  expect(
    plan.hours.find((one: { staffId: string; currentMinutes: number }) => one.staffId === cara && one.currentMinutes === 480).because,
  ).toContainEqual(expect.objectContaining({ kind: 'KEPT' }))
  // A started step of need counts whole in hours, and no further in what is served.
  const given = plan.hours.reduce((sum: number, { minutes }: { minutes: number }) => sum + minutes, 0)
  expect(given - plan.figures.servedMinutes).toBeGreaterThanOrEqual(0)
  expect(given - plan.figures.servedMinutes).toBeLessThan(60 * plan.practices.length)
  expect(plan.prices.map(({ rule }: { rule: string }) => rule)).toEqual(expect.arrayContaining(['MINIMUM_BLOCK', 'LICENSE']))
  expect(plan.proofs.every(({ value, bound }: { value: number; bound: number }) => value === bound)).toBe(true)
  expect(await assigned()).toBe(before)
  // Worked out again it is the same row; given up late it stays.
  await workOutPlan(api.world.database, asked.id, 3)
  await failPlan(api.world.database, asked.id, 'x')
  expect(await read(asked.id)).toEqual(plan)
  // The same wish of the same region rests on the same.
  expect((await propose()).inputHash).toBe(plan.inputHash)
  const [line] = (await workforce.ask('{ staffPlans { id state figures { servedMinutes } } }')).data.staffPlans.slice(-1)
  expect(line).toEqual({ id: asked.id, state: 'READY', figures: { servedMinutes: plan.figures.servedMinutes } })
})

test('leave, an expired license and other duties take time from a plan; pins and forbids are kept', async () => {
  const mine = (plan: { people: { id: string }[] }, id: string) => plan.people.find((one) => one.id === id)
  const usual = mine(await propose(), cara) as unknown as { availableMinutes: number; travelAllowance: number }
  // Away on ten of the twenty weekdays from the sixth of April on.
  expect(mine(await propose({ startsOn: '2026-04-06' }), cara)).toMatchObject({ availableMinutes: Math.floor(usual.availableMinutes / 2) })
  await api.sql(`update staff_credential set expires_on = '2026-03-08' where membership_id = $1`, [sue])
  expect(mine(await propose(), sue)).toMatchObject({ isLicensed: false })
  await api.sql('delete from staff_plan')
  const birch = api.world.practices.birch
  const pinned = await worked({
    pins: [{ staffId: cara, practiceId: birch, minutes: 300 }],
    forbids: [{ staffId: cara, practiceId: api.world.practices.alder }],
  })
  expect(pinned.hours.filter(({ staffId }: { staffId: string }) => staffId === cara)).toMatchObject([
    { practiceId: birch, minutes: 300, because: expect.arrayContaining([expect.objectContaining({ kind: 'PINNED' })]) },
  ])
  expect(pinned.ending).toContainEqual({ staffId: cara, practiceId: api.world.practices.alder, minutes: 480, because: 'FORBIDDEN' })
  // Nobody else has a license: what is left is told, and which rule keeps it.
  expect(pinned.shares.flatMap(({ unserved }: { unserved: object[] }) => unserved)).toContainEqual(
    expect.objectContaining({ because: 'NOBODY_MAY', bars: expect.arrayContaining(['LICENSE']) }),
  )
  await api.sql(`update care_assignment set duty = 'community-outreach' where membership_id = $1 and practice_id = $2`, [
    cara,
    api.world.practices.alder,
  ])
  const besides = mine(await propose(), cara)
  expect(besides).toMatchObject({ availableMinutes: usual.availableMinutes - 480 })
})

test('what no plan can keep is refused in the names that people know', async () => {
  const { alder, birch } = api.world.practices
  expect(await propose({ startsOn: '2026-03-01' })).toMatchObject({ code: 'StartsInPast' })
  expect(await propose({ startsOn: '2027-06-01' })).toMatchObject({ code: 'TooFarAhead' })
  expect(await propose({ stepMinutes: 7 })).toMatchObject({ code: 'PlanUnusable', message: expect.stringMatching(/15 to 480/) })
  expect(await propose({ parts: [{ practiceId: newId(), duty: 'CARE_MANAGEMENT', language: 'es', minutes: 60 }] })).toMatchObject({
    code: 'PracticeMissing',
  })
  expect(await propose({ parts: [{ practiceId: alder, duty: 'CARE_MANAGEMENT', language: 'es', minutes: 60_000 }] })).toMatchObject({
    code: 'PartTooLarge',
  })
  const pin = (staffId: string, practiceId: string, minutes: number | null) => ({ staffId, practiceId, minutes })
  const both = await propose({ pins: [pin(cara, alder, 240)], forbids: [{ staffId: cara, practiceId: alder }] })
  expect(both).toMatchObject({
    code: 'PlanImpossible',
    message: expect.stringMatching(/^The pin of Cara Manager to .*Alder.* is against forbidden; take it away\.$/),
  })
  await api.sql(`update staff_member set weekly_minutes = 600 where membership_id = $1`, [cara])
  expect((await propose({ pins: [pin(cara, alder, 240), pin(cara, birch, 240)] })).message).toMatch(
    /^The pins of Cara Manager take 480 minutes a week/,
  )
  // Each could be kept, and both are more than the practice needs: only the solver sees it.
  await api.sql(`update staff_member set weekly_minutes = 2400`)
  const needed = (await propose()).practices.find(({ practice }: { practice: { slug: string } }) => practice.slug.startsWith('alder'))
    .needs[0].minutes
  const most = Math.ceil(needed / 60) * 60
  const each = Math.max(240, 60 * Math.floor(most / 120) + 60)
  const { id } = await propose({ pins: [pin(cara, alder, each), pin(sue, alder, each)] })
  await workOutPlan(api.world.database, id, 3)
  expect(await read(id)).toMatchObject({
    state: 'FAILED',
    failure: expect.stringMatching(/^These pins cannot be kept together: Cara Manager at .*; Sue Pervisor at .*Take one/),
  })
})

test('the same key makes one plan; three at once are the most; nobody else asks for one or reads one', async () => {
  const first = await propose({}, workforce, 'the-same-key')
  expect((await propose({}, workforce, 'the-same-key')).id).toBe(first.id)
  expect(await propose({ stepMinutes: 30 }, workforce, 'the-same-key')).toMatchObject({ code: 'IdempotencyKeyReused' })
  await propose()
  await propose()
  expect(await propose()).toMatchObject({ code: 'TooManyPlans' })
  for (const user of ['administrator', 'careSupervisor', 'alderAdministrator', 'pineAnalyst'] as const) {
    const caller = await api.signedIn(user)
    expect(await propose({}, caller)).toBe('FORBIDDEN')
    expect(await read(first.id, caller)).toBe('FORBIDDEN')
  }
  expect(await read(newId())).toBeNull()
})

test('the basis of a day says who and what a plan would be worked out from, and what is not recorded', async () => {
  const basis = async (wish: object = {}) =>
    (
      await workforce.ask(
        `query ($wish: PlanWishInput!) { staffPlanBasis(wish: $wish) { __typename ... on StaffPlanBasis { people { id name } current { staffId practiceId minutes }
           kept { minutes } unknownWays { from to } leftOut practices { practice { slug } needs { duty language minutes } } } ... on Refused { code } } }`,
        { wish: { startsOn: '2026-03-09', ...wish } },
      )
    ).data.staffPlanBasis
  const first = await basis({ parts: [{ practiceId: api.world.practices.alder, duty: 'CARE_MANAGEMENT', language: 'es', minutes: 60 }] })
  expect(first.current).toContainEqual({ staffId: cara, practiceId: api.world.practices.alder, minutes: 480 })
  expect(first.unknownWays.length).toBeGreaterThan(0)
  expect(first.practices.flatMap(({ needs }: { needs: object[] }) => needs)).toContainEqual({
    duty: 'CARE_MANAGEMENT',
    language: 'es',
    minutes: 60,
  })
  await api.sql('delete from staff_member where membership_id = $1', [sue])
  const second = await basis()
  expect([second.leftOut, second.people.map(({ name }: { name: string }) => name)]).toEqual([['Sue Pervisor'], ['Cara Manager']])
  expect(await basis({ startsOn: '2026-01-01' })).toMatchObject({ code: 'StartsInPast' })
})
