// Who waits for a care manager, who leads whom, and what each sees of it: handles for whoever allocates, charts for those who care.
import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let [clinician, careManager, supervisor, manager]: Caller[] = []
beforeEach(async () => {
  api = await openTestApi()
  ;[clinician, careManager, supervisor, manager] = await Promise.all(
    (['alderClinician', 'careManager', 'careSupervisor', 'workforceManager'] as const).map((who) => api.signedIn(who)),
  )
})
afterEach(() => api.close())

const answer = async (caller: Caller, query: string, variables: object) => {
  const { data, errors } = await caller.ask(query, variables)
  expect(errors).toEqual([])
  return data
}
const OPEN = `mutation ($input: OpenCasesInput!) { openCases(input: $input) { ... on CasesOpened { opened already cases { version } } ... on Refused { code } } }`
const open = async (caller: Caller, patientIds: readonly (string | undefined)[]) =>
  (await answer(caller, OPEN, { input: { patientIds } })).openCases
const LIST = `query ($part: CaseloadPart, $leadId: ID, $practiceId: ID) { caseload(part: $part, leadId: $leadId, practiceId: $practiceId) { totalCount
  edges { node { id practice { id name } points dueOn leadId leadName owner isCovered version } } } }`
const list = async (caller: Caller, variables: object = {}) => nodesOf((await answer(caller, LIST, variables)).caseload)
const LEAD = `mutation ($input: AssignLeadInput!) { assignLead(input: $input) { __typename
  ... on LeadAssigned { cases { id leadName version owner } }
  ... on LeadNotAssigned { message judged { id outcome } now { id leadName version } } ... on Refused { code } } }`
const lead = async (caller: Caller, cases: readonly object[], leadId: string | null) =>
  (await answer(caller, LEAD, { input: { cases, leadId } })).assignLead
const seen = ({ id, version }: { id: string; version: number }) => ({ id, version })
const membershipOf = async (role: string): Promise<string> =>
  (await api.sql(`select id from membership where role = $1`, [role]))[0]!['id'] as string

test('people wait, get a lead, lose one, and leave the program', async () => {
  const [a, b] = api.world.charts.alder
  expect(await open(clinician!, [a, b, a])).toMatchObject({ opened: 2, already: 0, cases: [{ version: 1 }, { version: 1 }] })
  expect(await open(careManager!, [a])).toMatchObject({ opened: 0, already: 1, cases: [{ version: 1 }] })
  const waiting = await list(manager!, { part: 'UNASSIGNED' })
  expect(waiting).toHaveLength(2)
  expect(waiting[0]).toMatchObject({ practice: { name: 'Alder Family Practice' }, leadId: null, owner: null, version: 1 })
  const cara = await membershipOf('care-manager')
  expect(await lead(manager!, waiting.map(seen), cara)).toMatchObject({
    __typename: 'LeadAssigned',
    cases: [
      { leadName: 'Cara Manager', version: 2, owner: 'Cara Manager' },
      { leadName: 'Cara Manager', version: 2 },
    ],
  })
  expect(await list(careManager!, { leadId: cara })).toHaveLength(2)
  const [first] = await list(clinician!)
  const CLOSE = `mutation ($input: CloseCaseInput!) { closeCase(input: $input) { ... on CaseClosed { closedAs } ... on Refused { code } } }`
  const close = async (version: number) =>
    (await answer(clinician!, CLOSE, { input: { id: first.id, version, as: 'GOALS_MET' } })).closeCase
  expect(await close(1)).toEqual({ code: 'ChangedMeanwhile' })
  for (let twice = 0; twice < 2; twice++) expect(await close(2)).toEqual({ closedAs: 'GOALS_MET' })
  expect(await list(clinician!)).toHaveLength(1)
  expect(await open(clinician!, [a, b])).toMatchObject({ opened: 1, already: 1, cases: [{}, {}] })
})

test('of two who move the same people at once one wins, and the other is told what changed', async () => {
  const [a, b] = api.world.charts.alder
  await open(clinician!, [a, b])
  const cases = (await list(manager!)).map(seen)
  const [cara, sue] = [await membershipOf('care-manager'), await membershipOf('care-supervisor')]
  const answers = await Promise.all([lead(manager!, cases, cara), lead(supervisor!, cases, sue)])
  const [won] = answers.filter(({ __typename }) => __typename === 'LeadAssigned')
  const [lost] = answers.filter(({ __typename }) => __typename === 'LeadNotAssigned')
  expect(lost).toMatchObject({
    message: `Nothing was moved: 2 were moved meanwhile, to ${won.cases[0].leadName}.`,
    judged: [{ outcome: 'CHANGED' }, { outcome: 'CHANGED' }],
    now: [{ leadName: won.cases[0].leadName, version: 2 }, {}],
  })
})

test('a person has one lead in the region, whichever practices keep their charts', async () => {
  const [a] = api.world.charts.alder
  const [b] = api.world.charts.birch
  await api.sql('update patient set person_id = (select person_id from patient where id = $1) where id = $2', [a, b])
  await open(careManager!, [a, b])
  const cases = await list(manager!)
  const cara = await membershipOf('care-manager')
  expect(await lead(manager!, [seen(cases[0])], cara)).toMatchObject({ __typename: 'LeadAssigned' })
  expect(await lead(manager!, [seen(cases[1])], cara)).toMatchObject({ judged: [{ outcome: 'LED_ELSEWHERE' }] })
  expect(await lead(manager!, [{ id: cases[0].id, version: 2 }], null)).toMatchObject({ __typename: 'LeadAssigned' })
  expect(await lead(manager!, [seen(cases[1])], cara)).toMatchObject({ __typename: 'LeadAssigned' })
})

test('two who turn out to be one person keep their leads until one is moved; nobody else is given a second one', async () => {
  const [a, c] = api.world.charts.alder
  const [b] = api.world.charts.birch
  const link = (charts: readonly string[], roots: readonly number[]) =>
    api.sql('select from commons_link_charts($1::uuid[], $2::int[])', [[...charts], [...roots]])
  const ledger = async () => (await api.sql('select case_id from lead_ledger order by 1')).map(({ case_id: id }) => id as string)
  await open(careManager!, [a, b])
  const cara = await membershipOf('care-manager')
  const [one, two] = await list(manager!)
  expect(await lead(manager!, [seen(one)], cara)).toMatchObject({ __typename: 'LeadAssigned' })
  expect(await lead(manager!, [seen(two)], cara)).toMatchObject({ __typename: 'LeadAssigned' })
  await link([a!, b!], [1, 1])
  expect(await ledger()).toEqual([one.id])
  expect((await list(manager!)).map(({ leadName }: { leadName: string }) => leadName)).toEqual(['Cara Manager', 'Cara Manager'])
  const other = (id: string, version: number, to: string | null) => lead(manager!, [{ id, version }], to)
  for (const { id } of [one, two]) expect(await other(id, 2, cara)).toMatchObject({ judged: [{ outcome: 'LED_ELSEWHERE' }] })
  // Parted again each has their own.
  await link([a!, b!], [1, 2])
  expect(await ledger()).toEqual([one.id, two.id].toSorted())
  await link([a!, b!, c!], [1, 1, 1])
  // The one that was led first is freed: the other still leads, and goes on alone.
  expect(await other(one.id, 2, null)).toMatchObject({ __typename: 'LeadAssigned' })
  expect(await other(one.id, 3, cara)).toMatchObject({ judged: [{ outcome: 'LED_ELSEWHERE' }] })
  expect(await other(two.id, 2, cara)).toMatchObject({ __typename: 'LeadAssigned' })
  expect(await ledger()).toEqual([two.id])
})

test('who allocates sees a handle and never whose it is; a lead who does not work there is refused, one who no longer does is told of', async () => {
  const { alder, cedar } = api.world.charts
  await open(clinician!, [alder[0]!])
  const asked = await manager!.ask('{ caseload { edges { node { id patient { id } } } } }')
  expect(JSON.stringify(asked)).not.toContain(alder[0])
  expect(JSON.stringify(await list(manager!))).not.toContain(alder[0])
  const [one] = await list(manager!)
  const cara = await membershipOf('care-manager')
  await lead(manager!, [seen(one)], cara)
  await api.sql(`update care_assignment set ended_at = now() where membership_id = $1 and practice_id = $2`, [
    cara,
    api.world.practices.alder,
  ])
  expect(await list(manager!, { part: 'NO_OWNER' })).toMatchObject([{ leadName: 'Cara Manager', owner: null }])
  expect(await lead(manager!, [{ id: one.id, version: 2 }], cara)).toMatchObject({ judged: [{ outcome: 'NOT_ASSIGNED' }] })
  expect(await open(clinician!, [cedar[0]!])).toEqual({ code: 'ChartNotFound' })
})

test('a care manager takes what nobody leads, and nothing else', async () => {
  const [a] = api.world.charts.alder
  await open(clinician!, [a!])
  const [one] = await list(careManager!)
  const TAKE = `mutation ($cases: [CaseSeenInput!]!) { takeCases(cases: $cases) { __typename ... on LeadNotAssigned { judged { outcome } } } }`
  const take = async (caller: Caller, version: number) => (await answer(caller, TAKE, { cases: [{ id: one.id, version }] })).takeCases
  expect(await take(careManager!, 1)).toEqual({ __typename: 'LeadAssigned' })
  expect(await take(supervisor!, 2)).toEqual({ __typename: 'LeadAssigned' })
  expect(await take(careManager!, 3)).toEqual({ __typename: 'Refused' })
})

const MOVED_TO = `query ($input: AssignLeadInput!) { previewLead(input: $input) { ... on LeadPreview { judged { outcome } } ... on Refused { code } } }`
const preview = async (caller: Caller, cases: readonly object[], leadId: string | null) =>
  (await answer(caller, MOVED_TO, { input: { cases, leadId } })).previewLead

test('nobody new goes to whom scope of practice or a license keeps from it; whom they lead stays, and is told of', async () => {
  const [a, b] = api.world.charts.alder
  await open(clinician!, [a, b])
  const [one, two] = (await list(manager!)).map(seen)
  const cara = await membershipOf('care-manager')
  await lead(manager!, [one!], cara)
  const refusedAs = async (sql: string) => {
    await api.sql(sql, [cara])
    expect(await preview(manager!, [two!], cara)).toEqual({ judged: [{ outcome: expect.any(String) }] })
    return (await lead(manager!, [two!], cara)).judged[0].outcome
  }
  expect(await refusedAs(`update staff_credential set expires_on = '2026-03-01' where membership_id = $1`)).toBe('LICENSE_EXPIRED')
  const balance = async () => (await answer(manager!, BALANCE, {})).caseloadBalance.find((row: { leadId: string }) => row.leadId === cara)
  expect(await balance()).toMatchObject({ cases: 1, fitness: 'LICENSE_EXPIRED', unowned: 0 })
  expect(await refusedAs(`update staff_credential set ended_at = now() where membership_id = $1`)).toBe('LICENSE_MISSING')
  expect(await refusedAs(`update staff_member set discipline = 'community-health-worker' where membership_id = $1`)).toBe('NOT_PERMITTED')
  expect(await refusedAs(`delete from staff_member where membership_id = $1`)).toBe('NOT_PERMITTED')
})

const BALANCE = `{ caseloadBalance { leadId leadName discipline supervisorId ftePercent isAway fitness practiceIds cases points overdue unowned } }`

test('who is away owns nobody, unless somebody covers; then the cover does, for exactly that time', async () => {
  const [a] = api.world.charts.alder
  await open(clinician!, [a])
  const cara = await membershipOf('care-manager')
  await lead(manager!, (await list(manager!)).map(seen), cara)
  const leave = await answer(
    careManager!,
    `mutation ($input: RequestLeaveInput!) { requestLeave(input: $input) { ... on StaffLeave { id } } }`,
    { input: { kind: 'VACATION', fromDay: '2026-03-10', untilDay: '2026-03-12' } },
  )
  await api.sql('update care_assignment set ended_at = now() where membership_id = $1', [await membershipOf('care-supervisor')])
  const cover = await answer(
    manager!,
    `mutation ($input: ProposeCoverInput!) { proposeCover(input: $input) { ... on LeaveCover { id } ... on Refused { message } } }`,
    { input: { leaveId: leave.requestLeave.id, practiceId: api.world.practices.alder, staffId: await membershipOf('care-supervisor') } },
  )
  const ownerAt = async (instant: string) => {
    api.setNow(instant)
    const at = await api.signedIn('workforceManager')
    const [row] = await list(at)
    expect(await list(at, { part: 'NO_OWNER' })).toHaveLength(row.owner === null ? 1 : 0)
    return [row.owner, row.isCovered]
  }
  expect(await ownerAt('2026-03-10T15:00:00Z')).toEqual([null, false])
  api.setNow('2026-03-05T15:00:00Z')
  const sue = await api.signedIn('careSupervisor')
  await answer(sue, `mutation ($id: ID!) { answerCover(id: $id, accepts: true) { ... on LeaveCover { state } } }`, {
    id: cover.proposeCover.id,
  })
  expect(await ownerAt('2026-03-10T03:59:59Z')).toEqual(['Cara Manager', false])
  expect(await ownerAt('2026-03-10T04:00:00Z')).toEqual(['Sue Pervisor', true])
  expect(await ownerAt('2026-03-13T03:59:59Z')).toEqual(['Sue Pervisor', true])
  expect(await ownerAt('2026-03-13T04:00:00Z')).toEqual(['Cara Manager', false])
})

test('points follow the tier and never who pays; a supervisor lists her team, a practice is told of nobody’s license or hours', async () => {
  const [a, b] = api.world.charts.alder
  await open(clinician!, [a, b])
  await api.sql('update patient_summary set risk_rank = 0 where patient_id = any ($1)', [[a, b]])
  const points = async () => (await list(clinician!)).map((row) => [row.points, row.dueOn])
  expect(await points()).toEqual([
    [1, '2026-08-29'],
    [1, '2026-08-29'],
  ])
  await api.sql('update patient_summary set risk_rank = 340 where patient_id = $1', [a])
  await api.sql(`update patient_summary set last_contact_on = '2026-03-12' where patient_id = $1`, [a])
  expect(await points()).toEqual([
    [10, '2026-04-11'],
    [1, '2026-08-29'],
  ])
  await api.sql(`delete from coverage`)
  expect((await points())[0]).toEqual([10, '2026-04-11'])
  const [cara, sue] = [await membershipOf('care-manager'), await membershipOf('care-supervisor')]
  await lead(manager!, [seen((await list(manager!))[0])], cara)
  expect(await list(supervisor!, { part: 'TEAM' })).toEqual([])
  await api.sql('update staff_member set supervisor_id = $1 where membership_id = $2', [sue, cara])
  expect(await list(supervisor!, { part: 'TEAM' })).toMatchObject([{ leadName: 'Cara Manager', points: 10 }])
  const balance = async (caller: Caller) => (await answer(caller, BALANCE, {})).caseloadBalance
  const [nobody, ...staff] = await balance(manager!)
  expect(nobody).toMatchObject({ leadId: null, cases: 1, points: 1, unowned: 1 })
  expect(staff).toMatchObject([
    {
      leadId: cara,
      supervisorId: sue,
      ftePercent: 100,
      fitness: 'READY',
      cases: 1,
      points: 10,
      practiceIds: expect.arrayContaining([api.world.practices.birch]),
    },
    { leadId: sue, cases: 0 },
  ])
  const [, ofPractice] = await balance(clinician!)
  expect(ofPractice).toMatchObject({
    leadId: cara,
    ftePercent: null,
    isAway: null,
    fitness: null,
    practiceIds: [api.world.practices.alder],
  })
  expect(
    (await answer(manager!, '{ caseloadRules { tiers { tier points contactDays source } fullTimePoints { most } span { most } } }', {}))
      .caseloadRules,
  ).toMatchObject({
    tiers: [{ points: 1 }, { points: 1 }, { points: 3 }, { points: 10, contactDays: 30 }, { points: 10 }],
    fullTimePoints: { most: 1500 },
  })
})

const contactOn = ({ id, practice }: Record<string, unknown>, day: string, sensitivity: string | null) =>
  api.sql(
    `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, starts_at, starts_on, code_id, sensitivity)
     values ($1, $2, 'Encounter', $3::text, 0, 'finished', $3::text::date, $3::text::date, (select id from code where code = 'G0506'), $4)`,
    [practice, id, day, sensitivity],
  )

test('a practice, and nobody else, reads what its records tell of care managers’ work: contacts, gaps, and until when', async () => {
  const [a, b, c] = api.world.charts.alder
  await open(clinician!, [a, b, c])
  const cara = await membershipOf('care-manager')
  await lead(manager!, (await list(manager!)).slice(0, 2).map(seen), cara)
  const led = await api.sql('select patient_id as id, practice_id as practice from care_case where lead_membership_id = $1 order by 1', [
    cara,
  ])
  await api.sql('update patient_summary set open_gaps = 2, data_through = $2 where patient_id = any ($1)', [
    led.map(({ id }) => id),
    '2026-02-27',
  ])
  await api.sql(
    `insert into code (id, system, code) select max(id) + 1, 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'G0506' from code`,
  )
  // Two in the last thirty days, one before, and one under special protection.
  for (const day of ['2026-02-20', '2026-02-25', '2026-01-20']) await contactOn(led[0]!, day, null)
  await contactOn(led[1]!, '2026-02-24', 'part2')
  const work = async (caller: Caller) =>
    (await answer(caller, '{ caseloadBalance { leadName cases contacts reached openGaps dataThrough } }', {})).caseloadBalance
  const [waiting, ofCara] = await work(clinician!)
  expect(ofCara).toEqual({ leadName: 'Cara Manager', cases: 2, contacts: 2, reached: 1, openGaps: 4, dataThrough: '2026-02-27' })
  expect(waiting).toMatchObject({ leadName: null, cases: 1, contacts: 0, reached: 0 })
  for (const who of [manager!, careManager!, supervisor!])
    expect((await work(who))[1]).toMatchObject({
      leadName: 'Cara Manager',
      cases: 2,
      contacts: null,
      reached: null,
      openGaps: null,
      dataThrough: null,
    })
})
