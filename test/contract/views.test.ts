// Views of the patients' list: kept for oneself or shared with a practice, opened, changed by one of two, withdrawn; and by whom.
import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let clinician: Caller
let administrator: Caller
let careManager: Caller
let desk: Caller
beforeEach(async () => {
  api = await openTestApi()
  ;[clinician, administrator, careManager, desk] = await Promise.all([
    api.signedIn('alderClinician'),
    api.signedIn('alderAdministrator'),
    api.signedIn('careManager'),
    api.signedIn('alderStaff'),
  ])
})
afterEach(() => api.close())

const VIEW = `id name audience mine owner practiceName sort reversed columns version changedBy
  filter { practice condition clinician openGap tier comingGap { withinDays measure } inPopulation { measure population period { start end } } }`
const SAVE = `mutation ($input: SaveViewInput!) { saveView(input: $input) { __typename ... on SavedView { ${VIEW} } ... on Refused { code message } } }`
const overdue = {
  name: 'Overdue',
  audience: 'ME',
  filter: { condition: 'diabetes', tier: 2 },
  sort: 'RISK',
  reversed: false,
  columns: ['AGE', 'RISK', 'A1C'],
}
const save = async (caller: Caller, input: object = {}) => {
  const { data, errors } = await caller.ask(SAVE, { input: { ...overdue, ...input } })
  expect(errors).toEqual([])
  return data.saveView
}
const list = async (caller: Caller) => {
  const { data, errors } = await caller.ask(`{ savedViews { totalCount edges { node { ${VIEW} } } } }`)
  expect(errors).toEqual([])
  return nodesOf(data.savedViews)
}
const WITHDRAW = `mutation ($id: ID!, $version: Int!) { withdrawView(id: $id, version: $version) { ... on SavedView { id } ... on Refused { code message } } }`
const withdraw = async (caller: Caller, id: string, version: number) => (await caller.ask(WITHDRAW, { id, version })).data.withdrawView

test('a view keeps filter, order and columns, is kept once, and is its keeper’s until it is shared', async () => {
  const kept = await save(clinician, { name: '  Overdue  ' })
  expect(kept).toMatchObject({
    ...overdue,
    mine: true,
    practiceName: expect.any(String),
    version: 1,
    filter: { condition: 'diabetes', tier: 2, practice: null },
  })
  const [again, meanwhile] = await Promise.all([save(clinician), save(clinician)])
  expect([again.id, meanwhile.id]).toEqual([kept.id, kept.id])
  expect(await save(clinician, { columns: ['AGE'] })).toMatchObject({ code: 'NameTaken' })
  expect((await list(clinician)).map(({ id }) => id)).toEqual([kept.id])
  for (const other of [administrator, careManager, desk]) expect(await list(other)).toEqual([])

  const shared = await save(clinician, { id: kept.id, version: 1, audience: 'PRACTICE', name: 'Needs a call' })
  expect(shared).toMatchObject({ id: kept.id, version: 2, audience: 'PRACTICE', name: 'Needs a call' })
  expect(await list(administrator)).toMatchObject([{ id: kept.id, mine: false, owner: shared.changedBy, columns: overdue.columns }])
  expect(await list(careManager)).toMatchObject([{ id: kept.id, mine: false }])
  expect(await list(await api.signedIn('birchClinician'))).toEqual([])
  // By conditions: not for who reads no clinical records.
  expect(await list(desk)).toEqual([])
})

test('of two who change one the first wins, and the second is told what is other now', async () => {
  const { id } = await save(clinician, { audience: 'PRACTICE' })
  expect(await save(administrator, { id, version: 1, audience: 'PRACTICE', name: 'Red list', filter: { tier: 4 } })).toMatchObject({
    version: 2,
  })
  const refused = await save(clinician, { id, version: 1, audience: 'PRACTICE', columns: ['AGE'] })
  expect(refused).toMatchObject({ code: 'ViewChanged' })
  expect(refused.message).toMatch(/changed this view meanwhile: it is called “Red list” now, it shows others, or in another order\./)
  expect(refused.message).not.toContain('columns')
  // At the same time: one is written, one is refused, never both.
  const both = await Promise.all(
    ['One', 'Two'].map((name, at) =>
      save([clinician, administrator][at]!, { id, version: 2, audience: 'PRACTICE', name, filter: { tier: 4 } }),
    ),
  )
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['Refused', 'SavedView'])
  const [{ name, version }] = await list(clinician)
  expect([name, version]).toEqual([both.find(({ name }) => name)!.name, 3])
  expect(await withdraw(administrator, id, 2)).toMatchObject({ code: 'ViewChanged' })
  for (let twice = 0; twice < 2; twice++) expect(await withdraw(administrator, id, 3)).toEqual({ id })
  expect(await list(clinician)).toEqual([])
  const late = await save(clinician, { id, version: 3, audience: 'PRACTICE' })
  expect(late).toMatchObject({ code: 'ViewWithdrawn', message: expect.stringMatching(/withdrew this view meanwhile/) })
})

test('who shared a view takes it back alone', async () => {
  const { id } = await save(clinician, { audience: 'PRACTICE' })
  expect(await save(administrator, { id, version: 1, audience: 'ME' })).toMatchObject({ code: 'ViewOfAnother' })
  expect(await save(clinician, { id, version: 1, audience: 'ME' })).toMatchObject({ audience: 'ME', version: 2 })
  expect(await list(administrator)).toEqual([])
  expect(await save(administrator, { id, version: 2, audience: 'ME' })).toMatchObject({ code: 'ViewNotFound' })
  expect(await withdraw(administrator, id, 2)).toMatchObject({ code: 'ViewNotFound' })
})

test('a care manager keeps hers over her practices, or for one, which reads it when she shares it', async () => {
  const { alder, birch, cedar } = api.world.practices
  const own = await save(careManager, { filter: { tier: 3 } })
  expect(own).toMatchObject({ practiceName: null, filter: { practice: null, tier: 3 } })
  expect(await save(careManager, { name: 'All', audience: 'PRACTICE', filter: {} })).toMatchObject({ code: 'PracticeNotChosen' })
  expect(await save(careManager, { name: 'Cedar', filter: { practice: cedar } })).toMatchObject({ code: 'PracticeNotFound' })
  const ofBirch = await save(careManager, { name: 'Birch', audience: 'PRACTICE', filter: { practice: birch } })
  expect(ofBirch).toMatchObject({ filter: { practice: birch }, audience: 'PRACTICE' })
  expect(await list(await api.signedIn('birchClinician'))).toMatchObject([{ id: ofBirch.id, mine: false }])
  expect(await list(clinician)).toEqual([])
  // Moved to another practice, it is shared there.
  expect(
    await save(careManager, { name: 'Birch', id: ofBirch.id, version: 1, audience: 'PRACTICE', filter: { practice: alder } }),
  ).toMatchObject({
    filter: { practice: alder },
  })
  expect(await list(clinician)).toMatchObject([{ id: ofBirch.id }])
  expect(await list(await api.signedIn('birchClinician'))).toEqual([])
})

test('the front desk keeps views of its own, and none by what it may not read', async () => {
  for (const refused of [{ filter: { condition: 'diabetes' } }, { filter: { tier: 0 }, sort: 'NAME' }, { filter: {}, sort: 'A1C' }])
    expect(await save(desk, refused)).toMatchObject({ code: 'FilterNotYours' })
  const kept = await save(desk, {
    name: 'Telephones',
    filter: { clinician: 'Dr. Gray' },
    sort: 'NAME',
    columns: ['PHONE', 'BORN'],
    audience: 'PRACTICE',
  })
  expect((await list(desk)).map(({ id }) => id)).toEqual([kept.id])
  expect((await list(clinician)).map(({ id }) => id)).toEqual([kept.id])
})

test('what does not fit is said in words; payers, patients and the region have none', async () => {
  expect(await save(clinician, { name: ' ' })).toMatchObject({ code: 'TextUnusable' })
  for (const filter of [{ condition: 'x' }, { tier: 9 }, { comingGap: { withinDays: 0 } }])
    expect((await clinician.ask(SAVE, { input: { ...overdue, filter } })).errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  expect(await save(clinician, { id: 'x', version: 1 })).toMatchObject({ code: 'ViewNotFound' })
  for (const user of ['pineAnalyst', 'alderPatient', 'analyst', 'administrator'] as const)
    expect((await (await api.signedIn(user)).ask(SAVE, { input: overdue })).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  for (let made = 0; made < 100; made++)
    await api.sql(
      `insert into saved_view (id, practice_id, membership_id, owner_name, audience, name, filter, clinical, sort, reversed, columns, version, part_versions, changed_by_name, changed_at)
     select uuidv7(), $1, m.id, 'x', 'me', $2, '{}', false, 'NAME', false, '{}', 1, '{}', 'x', now() from membership m join app_user u on u.id = m.user_id where u.email = $3`,
      [api.world.practices.alder, `View ${made}`, api.world.users.alderClinician.email],
    )
  expect(await save(clinician, { name: 'One more' })).toMatchObject({ code: 'TooManyViews' })
})

test('what is done to a view is noted under its practice; opening the list of views tells of nobody', async () => {
  await api.sql('delete from audit_event')
  const { id } = await save(clinician)
  await save(clinician, { id, version: 1, name: 'Later' })
  await list(clinician)
  await withdraw(clinician, id, 2)
  const rows = await api.sql('select action, subject, subject_ids, practice_id, outcome from audit_event order by at, id')
  const noted = { subject: 'SavedView', subject_ids: [id], practice_id: api.world.practices.alder, outcome: 'allowed' }
  expect(rows).toEqual(['create', 'update', 'end'].map((action) => ({ action, ...noted })))
})

test('a list of one practice of several has its people, whatever else it is filtered and sorted by, and nobody of another', async () => {
  const { alder, birch, cedar } = api.world.practices
  const people = async (caller: Caller, args: string) => {
    const { data, errors } = await caller.ask(`{ patients(first: 200, ${args}) { totalCount edges { node { id } } } }`)
    expect(errors).toEqual([])
    const ids = nodesOf(data.patients).map(({ id }) => id)
    expect(data.patients.totalCount).toBe(ids.length)
    return ids
  }
  await api.sql(`insert into coming_gap (practice_id, patient_id, measure_id, due_on)
    select practice_id, patient_id, measure_id, '2026-03-20' from measure_membership where denominator > 0 and numerator > 0 and sensitivity is null on conflict do nothing`)
  for (const args of [
    'sort: NAME',
    'sort: RISK',
    'condition: "diabetes", sort: RISK',
    'registry: "diabetes", sort: RISK',
    'tier: 0',
    'comingGap: { withinDays: 60 }, sort: DUE',
    'search: "canary"',
  ]) {
    const all = await people(careManager, args)
    const each = await Promise.all([alder, birch].map((id) => people(careManager, `practice: "${id}", ${args}`)))
    for (const [at, key] of (['alder', 'birch'] as const).entries()) {
      const own = all.filter((id) => api.world.charts[key].some((chart) => chart === id))
      expect({ args, key, ids: each[at] }).toEqual({ args, key, ids: own })
    }
    for (const id of [cedar, 'x', api.world.users.pineAnalyst.email])
      expect({ args, id, ids: await people(careManager, `practice: "${id}", ${args}`) }).toEqual({ args, id, ids: [] })
    expect(await people(clinician, `practice: "${birch}", ${args}`)).toEqual([])
  }
})
