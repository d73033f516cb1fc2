// The list for a practice's huddle of a day: who is on it, why, what becomes of them, and who may see and fill it.
import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let clinician: Caller
let careManager: Caller
beforeEach(async () => {
  api = await openTestApi()
  ;[clinician, careManager] = await Promise.all([api.signedIn('alderClinician'), api.signedIn('careManager')])
})
afterEach(() => api.close())

const ADD = `mutation ($input: AddToHuddleInput!) { addToHuddle(input: $input) { __typename ... on HuddleAdded { day added already } ... on Refused { code message } } }`
const add = async (caller: Caller, input: object) => {
  const { data, errors } = await caller.ask(ADD, { input: { reason: 'OVERDUE', words: '', ...input } })
  expect(errors).toEqual([])
  return data.addToHuddle
}
const LIST = `query ($day: Day, $leftOpen: Boolean) { huddle(day: $day, leftOpen: $leftOpen) { totalCount
  edges { node { id practiceName day reason words carriedFrom addedBy endedAs endedBy patient { id familyName } } } } }`
const list = async (caller: Caller, variables: object = {}) => {
  const { data, errors } = await caller.ask(LIST, variables)
  expect(errors).toEqual([])
  return nodesOf(data.huddle)
}
const END = `mutation ($id: ID!, $as: HuddleEnding!) { endHuddleEntry(id: $id, as: $as) { ... on HuddleEntryChanged { endedAs } ... on Refused { code } } }`
const end = async (caller: Caller, id: string, as: string) => (await caller.ask(END, { id, as })).data.endHuddleEntry
const CARRY = `mutation ($id: ID!) { carryHuddleEntry(id: $id) { ... on HuddleEntryChanged { day carriedFrom endedAs } ... on Refused { code } } }`
const carry = async (caller: Caller, id: string) => (await caller.ask(CARRY, { id })).data.carryHuddleEntry

test('people are put on the list once, ticked off, taken off, and carried over', async () => {
  const [a, b, c] = api.world.charts.alder
  expect(await add(clinician, { patientIds: [a, b, a] })).toMatchObject({ day: '2026-03-02', added: 2, already: 0 })
  expect(await add(clinician, { patientIds: [a, c], reason: 'OTHER', words: ' Daughter called ' })).toMatchObject({ added: 1, already: 1 })
  const listed = await list(clinician)
  expect(listed).toMatchObject([
    { reason: 'OVERDUE', words: '', patient: { id: a }, day: '2026-03-02', carriedFrom: null, endedAs: null },
    { reason: 'OVERDUE', patient: { id: b } },
    { reason: 'OTHER', words: 'Daughter called', patient: { id: c } },
  ])
  const [first, second, third] = listed
  for (let twice = 0; twice < 2; twice++) expect(await end(clinician, first.id, 'DONE')).toEqual({ endedAs: 'DONE' })
  expect(await end(clinician, first.id, 'REMOVED')).toEqual({ code: 'HuddleEntryOver' })
  expect(await end(clinician, second.id, 'REMOVED')).toMatchObject({ endedAs: 'REMOVED' })
  expect(await carry(clinician, third.id)).toEqual({ day: '2026-03-03', carriedFrom: '2026-03-02', endedAs: null })
  expect(await carry(clinician, third.id)).toEqual({ code: 'HuddleEntryOver' })
  expect((await list(clinician)).map(({ endedAs }) => endedAs)).toEqual(['DONE', 'CARRIED'])
  expect(await list(clinician, { day: '2026-03-03' })).toMatchObject([
    { patient: { id: c }, reason: 'OTHER', words: 'Daughter called', endedAs: null },
  ])
  // Who was taken off can be put on again.
  expect(await add(clinician, { patientIds: [b] })).toMatchObject({ added: 1 })
})

test("what was left open is found on the days after it, and comes onto that day's list", async () => {
  const [a, b] = api.world.charts.alder
  await add(clinician, { patientIds: [a, b] })
  api.setNow('2026-03-05T15:00:00Z')
  clinician = await api.signedIn('alderClinician')
  const [left] = await list(clinician, { leftOpen: true })
  expect(left).toMatchObject({ patient: { id: a }, day: '2026-03-02' })
  expect(await carry(clinician, left.id)).toMatchObject({ day: '2026-03-05', carriedFrom: '2026-03-02' })
  expect((await list(clinician, { leftOpen: true })).map(({ patient }) => patient.id)).toEqual([b])
  expect((await list(clinician)).map(({ patient }) => patient.id)).toEqual([a])
})

test('the day is that of the region, not of the server', async () => {
  api.setNow('2026-03-03T03:00:00Z')
  clinician = await api.signedIn('alderClinician')
  expect(await add(clinician, { patientIds: [api.world.charts.alder[0]] })).toMatchObject({ day: '2026-03-02' })
})

test('what does not fit is said in words, and nobody is added', async () => {
  const [a] = api.world.charts.alder
  for (const [input, code] of [
    [{ patientIds: [] }, 'TooMany'],
    [{ patientIds: [a], reason: 'OTHER', words: ' ' }, 'WordsMissing'],
    [{ patientIds: [a], words: 'x'.repeat(501) }, 'WordsTooLong'],
    [{ patientIds: [a], day: '2026-03-01' }, 'HuddleOver'],
    [{ patientIds: [a], day: '2026-03-17' }, 'TooFarAhead'],
    [{ patientIds: [a, api.world.charts.birch[0]] }, 'ChartNotFound'],
    [{ patientIds: [a, 'x'] }, 'ChartNotFound'],
  ] as const)
    expect({ input, ...(await add(clinician, input)) }).toMatchObject({ input, code })
  expect(await list(clinician)).toEqual([])
})

test('a care manager fills the lists of her practices; each practice sees its own; the front desk sees who, not why', async () => {
  const { alder, birch, cedar } = api.world.charts
  expect(await add(careManager, { patientIds: [alder[0], birch[0]] })).toMatchObject({ added: 2 })
  expect(await add(careManager, { patientIds: [cedar[0]] })).toMatchObject({ code: 'ChartNotFound' })
  expect((await list(careManager)).map(({ patient }) => patient.id)).toEqual([alder[0], birch[0]])
  const ofBirch = await list(await api.signedIn('birchClinician'))
  expect(ofBirch.map(({ patient }) => patient.id)).toEqual([birch[0]])
  expect(await end(clinician, ofBirch[0].id, 'DONE')).toEqual({ code: 'HuddleEntryNotFound' })
  const desk = await api.signedIn('alderStaff')
  expect((await desk.ask('{ huddle { edges { node { patient { id } addedBy } } } }')).data.huddle.edges).toHaveLength(1)
  for (const field of ['reason', 'words'])
    expect((await desk.ask(`{ huddle { edges { node { ${field} } } } }`)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  expect((await desk.ask(ADD, { input: { patientIds: [alder[1]], reason: 'WORSE', words: '' } })).errors[0]?.extensions['code']).toBe(
    'FORBIDDEN',
  )
})

test('what is done to the list is noted, with the chart and the entry, and so is reading it', async () => {
  const [a] = api.world.charts.alder
  await api.sql('delete from audit_event')
  await add(clinician, { patientIds: [a] })
  const [entry] = await list(clinician)
  await end(clinician, entry.id, 'DONE')
  const rows = await api.sql(`select action, subject, subject_ids, outcome from audit_event order by at, action`)
  expect(rows).toEqual(
    expect.arrayContaining([
      { action: 'create', subject: 'Huddle', subject_ids: [a, entry.id], outcome: 'allowed' },
      { action: 'read', subject: 'Huddle', subject_ids: [entry.id], outcome: 'allowed' },
      { action: 'read', subject: 'Chart', subject_ids: [a], outcome: 'allowed' },
      { action: 'end', subject: 'Huddle', subject_ids: [a, entry.id], outcome: 'allowed' },
    ]),
  )
})
