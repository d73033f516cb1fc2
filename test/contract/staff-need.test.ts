// What practices need of the shared staff and what there is of it: from tiers of risk, hours, leave and dated figures; never of 1 to 10 people.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
beforeEach(async () => void (api = await openTestApi()))
afterEach(() => api.close())

const NEED = `months { month paid leave travel meetings training supervision capacity demand scheduled }
  practices { practice { slug } people told transitions transitionsTold transitionMinutes tiers { tier people told minutes }
    months { month demand share scheduled entitlement } }
  figures { figure value since source }`
interface Need {
  readonly months: readonly Record<
    'paid' | 'leave' | 'travel' | 'meetings' | 'training' | 'supervision' | 'capacity' | 'demand' | 'scheduled',
    number
  >[]
  readonly practices: readonly {
    readonly practice: { readonly slug: string }
    readonly people: number
    readonly told: boolean
    readonly transitions: number
    readonly transitionsTold: boolean
    readonly tiers: readonly { readonly tier: number; readonly people: number; readonly told: boolean; readonly minutes: number }[]
    readonly months: readonly Record<'demand' | 'share' | 'scheduled' | 'entitlement', number>[]
  }[]
  readonly figures: readonly { readonly figure: string; readonly value: number; readonly since: string; readonly source: string }[]
}
async function need(whatIf: object | null = null, user: UserKey = 'workforceManager'): Promise<Need> {
  const { data, errors } = await (
    await api.signedIn(user)
  ).ask(`query ($whatIf: WhatIfInput) { staffNeed(whatIf: $whatIf) { ${NEED} } }`, { whatIf })
  expect(errors).toEqual([])
  return data.staffNeed
}
async function share(user: UserKey): Promise<Need> {
  const { data, errors } = await (await api.signedIn(user)).ask(`{ staffShare { ${NEED} } }`)
  expect(errors).toEqual([])
  return data.staffShare
}
const of = ({ practices }: Need, slug: string) => practices.find(({ practice }) => practice.slug.startsWith(slug))
const tiersOf = (told: Need, slug: string) =>
  of(told, slug)!
    .tiers.filter(({ people }) => people > 0)
    .map(({ tier, people, told: is }) => [tier, people, is])

/** So many living charts of a practice stand in a tier; the others in none. */
async function stand(practice: 'alder' | 'birch', counts: Readonly<Record<number, number>>): Promise<void> {
  const ranks = Object.entries(counts).flatMap(([tier, many]) => Array.from({ length: many }, () => Number(tier) * 100 + 7))
  await api.sql(
    `with living as (select patient_id, row_number() over (order by patient_id) as n from patient_summary where practice_id = $1 and not deceased)
     update patient_summary s set risk_rank = coalesce(($2::int[])[l.n], 0) from living l where s.practice_id = $1 and s.patient_id = l.patient_id`,
    [api.world.practices[practice], ranks],
  )
}
/** Alder has so many more living charts, in no tier. */
const grow = (many: number) =>
  api.sql(
    `with one as (select * from patient_summary where practice_id = $1 and not deceased limit 1),
          made as (insert into patient (practice_id, id, person_id, fhir_id, family_name, given_name, deceased)
            select $1, uuidv7(), (select person_id from patient p, one o where p.id = o.patient_id), 'more-' || n, 'More', 'More', false from generate_series(1, $2::int) n returning id)
     insert into patient_summary (practice_id, patient_id, sort_name, deceased, condition_count, resource_count) select $1, id, 'more', false, 0, 1 from made`,
    [api.world.practices.alder, many],
  )

test('tiers of 1 to 10 people are not told, nor one beside them; of a practice of so few nothing is', async () => {
  await grow(60)
  await stand('alder', { 4: 14, 3: 12, 2: 4 })
  await stand('birch', {})
  const living = Number(
    (await api.sql(`select count(*) from patient_summary where practice_id = $1 and not deceased`, [api.world.practices.alder]))[0]![
      'count'
    ],
  )
  const told = await need()
  // Four in tier 2, and the next smallest beside them: sixteen together, as equal parts.
  expect(tiersOf(told, 'alder')).toEqual([
    [0, living - 30, true],
    [2, 8, false],
    [3, 8, false],
    [4, 14, true],
  ])
  expect(of(told, 'alder')).toMatchObject({ people: living, told: false })
  // Three charts: five, as of any practice so small.
  expect(of(told, 'cedar')).toMatchObject({ people: 5, told: false })
  await stand('alder', { 4: 14, 3: 16 })
  expect(of(await need(), 'alder')).toMatchObject({ told: true })
  // What the practice reads of itself is what whoever allocates reads, and of others nothing but the sums.
  const own = await share('alderAdministrator')
  expect(own.practices).toEqual([of(await need(), 'alder')])
  expect(own.months).toEqual((await need()).months)
})

test('need follows tiers and figures; shares of the capacity follow need, entitlement follows people', async () => {
  await grow(60)
  await stand('alder', { 4: 14, 3: 16 })
  await stand('birch', {})
  const told = await need()
  const alder = of(told, 'alder')!
  expect(alder.tiers.map(({ minutes }) => minutes)).toEqual([0, 0, 0, Math.round(16 * 0.4 * 88), Math.round(14 * 0.4 * 208)])
  expect(alder.months[0]!.demand).toBe(Math.round(16 * 0.4 * 88 + 14 * 0.4 * 208))
  // Two nurses of 2,400 minutes; March 2026 has 22 weekdays.
  const [march] = told.months
  expect(march).toMatchObject({ paid: 21_120, leave: 0, travel: 2112, meetings: 1056, training: 528, supervision: 528, capacity: 16_896 })
  expect(alder.months[0]!.share).toBe(16_896)
  expect(alder.months[0]!.entitlement).toBe(Math.round((alder.people / 5000) * 4800 * 4.4))
  expect(told.months).toHaveLength(12)
})

test('known leave comes off, and off the hours of a practice unless somebody covers', async () => {
  const [cara] = await api.sql(`select m.id, m.user_id from membership m where m.role = 'care-manager'`)
  await api.sql(
    `update care_assignment set hours = '[{"weekday": 1, "from": 540, "until": 780}]' where membership_id = $1 and practice_id = $2`,
    [cara!['id'], api.world.practices.alder],
  )
  const march = async () => {
    const told = await need()
    return [
      told.months[0]!.leave,
      told.months[0]!.scheduled,
      of(told, 'alder')!.months[0]!.scheduled,
      of(told, 'birch')!.months[0]!.scheduled,
    ]
  }
  // Five Mondays of four hours.
  expect(await march()).toEqual([0, 1200, 1200, 0])
  // Monday 16 March until Wednesday noon, across no change of clocks.
  await api.sql(
    `insert into staff_leave (id, membership_id, person_name, kind, from_at, until_at, requested_by, requested_at)
     values (uuidv7(), $1, 'x', 'vacation', '2026-03-16 00:00 America/New_York', '2026-03-18 12:00 America/New_York', $2, now())`,
    [cara!['id'], cara!['user_id']],
  )
  expect(await march()).toEqual([1200, 960, 960, 0])
  await api.sql(
    `insert into leave_cover (id, leave_id, practice_id, duty, leaver_id, leaver_name, membership_id, cover_name, from_at, until_at, state, proposed_by, proposed_at)
     select uuidv7(), l.id, $1, 'care-management', l.membership_id, 'x', m.id, 'x', l.from_at, l.until_at, 'accepted', m.user_id, now()
       from staff_leave l, membership m where m.role = 'care-supervisor'`,
    [api.world.practices.alder],
  )
  expect(await march()).toEqual([1200, 1200, 1200, 0])
  await api.sql(`update staff_leave set ended_at = now()`)
  expect(await march()).toEqual([0, 1200, 1200, 0])
})

test('discharges are counted of people of tier 2 and up, and told of eleven people or more', async () => {
  await grow(60)
  await stand('alder', { 3: 30 })
  await api.sql(`insert into code (id, system, code) select 900001, 'http://terminology.hl7.org/CodeSystem/v3-ActCode', 'IMP'
                  where not exists (select from code where system = 'http://terminology.hl7.org/CodeSystem/v3-ActCode' and code = 'IMP')`)
  const discharge = (from: number, until: number, more = `null`) =>
    api.sql(
      `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, value_code_id, status, starts_on, ends_at, sensitivity)
       select $1, s.patient_id, 'Encounter', 'stay-' || s.n, 0, (select id from code where system like '%v3-ActCode' and code = 'IMP'), 'finished', '2026-01-10', '2026-01-12', ${more}
         from (select patient_id, row_number() over (order by risk_rank desc, patient_id) as n from patient_summary where practice_id = $1 and not deceased) s
        where s.n between ${from} and ${until}`,
      [api.world.practices.alder],
    )
  await discharge(1, 10)
  await discharge(31, 40)
  expect(of(await need(), 'alder')).toMatchObject({ transitions: 5, transitionsTold: false })
  await discharge(11, 12)
  await discharge(13, 14, `'behavioral'`)
  expect(of(await need(), 'alder')).toMatchObject({ transitions: 12, transitionsTold: true, transitionMinutes: 60 })
})

const record = async (input: object, caller?: Caller) => {
  const { data, errors } = await (caller ?? (await api.signedIn('workforceManager'))).ask(
    `mutation ($input: RecordPlanningFigureInput!) { recordPlanningFigure(input: $input) { __typename
       ... on PlanningFigure { figure value since } ... on Refused { code message } } }`,
    { input: { figure: 'ENROLLED_PERCENT', value: 60, since: '2026-05-01', source: 'Target of the board', ...input } },
  )
  return errors[0]?.extensions['code'] ?? data.recordPlanningFigure
}

test('a target from a day on changes the months from then on, and stays beside what held before', async () => {
  await grow(60)
  await stand('alder', { 4: 30 })
  await stand('birch', {})
  const before = (await need()).months.map(({ demand }) => demand)
  expect(await record({})).toEqual({ __typename: 'PlanningFigure', figure: 'ENROLLED_PERCENT', value: 60, since: '2026-05-01' })
  expect(await record({})).toMatchObject({ value: 60 })
  expect(await api.sql(`select count(*)::int from planning_figure where figure = 'enrolled-percent'`)).toEqual([{ count: 2 }])
  const told = await need()
  expect(told.months.map(({ demand }) => demand)).toEqual(before.map((_, i) => Math.round(30 * 208 * (i < 2 ? 0.4 : 0.6))))
  expect(told.figures.filter(({ figure }) => figure === 'ENROLLED_PERCENT').map(({ value, since }) => [value, since])).toEqual([
    [60, '2026-05-01'],
    [40, '2024-01-01'],
  ])
})

test('what is supposed is answered and touches nothing', async () => {
  await grow(60)
  await stand('alder', { 4: 30 })
  await stand('birch', {})
  const [as] = (await need()).months
  const supposed = await need({ figures: [{ figure: 'ENROLLED_PERCENT', value: 80 }], addedStaff: 1, peoplePercent: 10 })
  expect(supposed.months[0]).toMatchObject({ paid: as!.paid + 22 * 480, demand: Math.round(30 * 1.1 * 208 * 0.8) })
  expect((await need()).months[0]).toEqual(as)
})

test.each([
  [{ value: 101 }, 'This figure is in percent and takes 0 to 100.'],
  [{ figure: 'TEAM_PEOPLE', value: 0 }, 'This figure is in people and takes 1 to 100,000.'],
  [{ figure: 'MINUTES_TIER_4', value: -1 }, 'This figure is in minutes and takes 0 to 2,400.'],
  [{ source: ' ' }, 'The source takes one line of 1 to 120 characters.'],
])('a figure that cannot be is refused: %j', async (input, message) => {
  expect(await record(input)).toMatchObject({ __typename: 'Refused', message })
})

test('unusable suppositions are told where they stand', async () => {
  const workforce = await api.signedIn('workforceManager')
  const ask = async (whatIf: object) =>
    (await workforce.ask(`query ($whatIf: WhatIfInput) { staffNeed(whatIf: $whatIf) { months { month } } }`, { whatIf })).errors[0]!.message
  expect(await ask({ figures: [{ figure: 'TEAM_PEOPLE', value: 0 }] })).toBe(
    "'whatIf.figures': team-people. This figure is in people and takes 1 to 100,000.",
  )
  expect(await ask({ addedStaff: 1001 })).toBe("'whatIf.addedStaff' is between -1000 and 1000.")
  expect(await ask({ peoplePercent: -101 })).toBe("'whatIf.peoplePercent' is between -100 and 1000.")
})

test('the need of all is for whoever allocates, a share for its practice; figures are recorded by whoever allocates', async () => {
  const codes = async (user: UserKey) => {
    const caller = await api.signedIn(user)
    const asked = await Promise.all(
      ['staffNeed', 'staffShare'].map((root) => caller.ask(`{ ${root} { practices { practice { slug } } } }`)),
    )
    return [
      ...asked.map(({ errors, data }, i) => errors[0]?.extensions['code'] ?? data[['staffNeed', 'staffShare'][i]!].practices.length),
      await record({}, caller),
    ]
  }
  expect(await codes('administrator')).toEqual([3, 'FORBIDDEN', expect.objectContaining({ value: 60 })])
  for (const user of ['alderClinician', 'birchAdministrator', 'alderQualityLead'] as const)
    expect(await codes(user)).toEqual(['FORBIDDEN', 1, 'FORBIDDEN'])
  for (const user of ['analyst', 'careManager', 'alderStaff', 'pineAnalyst', 'alderPatient', 'auditor'] as const)
    expect(await codes(user)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
})

test('cost is what paid hours cost, split by every rule to the cent; the region reads it, a practice does not', async () => {
  await grow(60)
  await stand('alder', { 4: 30 })
  await stand('birch', { 3: 14 })
  const COST = `cost { cents lines { discipline minutes hourlyCents cents } rules { rule fault shares { practice { slug } cents
    ways { by from weight of cents carries } } } }`
  const { data, errors } = await (
    await api.signedIn('workforceManager')
  ).ask(`{ staffNeed { ${COST} practices { people months { demand } } } }`)
  expect(errors).toEqual([])
  const { cost, practices } = data.staffNeed
  // Two nurses, 22 days of eight hours.
  expect(cost).toMatchObject({ cents: 2_112_000, lines: [{ discipline: 'NURSE', minutes: 21_120, hourlyCents: 6000, cents: 2_112_000 }] })
  type Rule = { rule: string; fault: string | null; shares: { cents: number; ways: { weight: number; of: number; cents: number }[][] }[] }
  for (const { rule, fault, shares } of cost.rules as Rule[]) {
    if (rule === 'MINUTES') {
      expect([fault, shares]).toEqual(['Nobody has any minutes, so nothing can be split by them.', []])
      continue
    }
    expect(fault).toBeNull()
    expect(shares.reduce((sum, { cents }) => sum + cents, 0)).toBe(2_112_000)
    for (const { cents, ways } of shares) expect(ways.reduce((sum, way) => sum + way.at(-1)!.cents, 0)).toBe(cents)
  }
  const weights = (rule: string) => (cost.rules as Rule[]).find((one) => one.rule === rule)!.shares.map(({ ways }) => ways[0]![0]!.weight)
  expect(weights('MEMBERS')).toEqual(practices.map(({ people }: { people: number }) => people))
  expect(weights('POINTS')).toEqual(practices.map(({ months: [now] }: { months: { demand: number }[] }) => now!.demand))
  const own = await (await api.signedIn('alderAdministrator')).ask(`{ staffShare { ${COST} } }`)
  expect(own.data).toEqual({ staffShare: { cost: null } })
})
