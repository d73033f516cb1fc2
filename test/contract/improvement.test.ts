// What a practice tries in order to get better: its own until it shares it, and never a patient's.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let clinician: Caller
beforeEach(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterEach(() => api.close())

const SAVE = `mutation ($input: SaveImprovementCycleInput!) { saveImprovementCycle(input: $input) { __typename
  ... on ImprovementCycle { id version aim changeTried learned startsOn endsOn shared measure { id title } createdBy updatedBy
    result { beforeUntil beforePeople before afterUntil afterPeople after monthsShared difference { low high } } }
  ... on Refused { code message } } }`
const cycle = { measure: 'control', aim: 'Fewer open gaps', changeTried: 'Cuffs to take home', startsOn: '2025-11-15', shared: false }
let keys = 0
const save = async (caller: Caller, input: object) => {
  const { data, errors } = await caller.ask(SAVE, { input: { ...cycle, idempotencyKey: `a-key-${keys++}-of-mine`, ...input } })
  expect(errors).toEqual([])
  return data.saveImprovementCycle
}
const own = async (caller: Caller) => {
  const { data, errors } = await caller.ask('{ practice { cycles { id version aim learned shared result { monthsShared } } } }')
  expect(errors).toEqual([])
  return data.practice.cycles as { id: string; version: number; aim: string; learned: string }[]
}
const PLAYBOOKS = `playbooks { id practiceName aim changeTried learned startsOn measure { id }
  result { beforePeople before afterPeople after monthsShared difference { low } } }`
const playbooks = async (caller: Caller, root: 'practice' | 'region') => {
  const { data, errors } = await caller.ask(`{ ${root} { ${PLAYBOOKS} } }`)
  expect(errors).toEqual([])
  return data[root].playbooks as object[]
}

test('a cycle has the year before it and the newest since, with the interval of the difference and how much both share', async () => {
  const made = await save(clinician, {})
  expect(made).toMatchObject({
    ...{ __typename: 'ImprovementCycle', version: 1, ...cycle, measure: { id: 'control', title: 'Blood pressure control' } },
    ...{ learned: '', endsOn: null },
    // Of October and December, of three months that the world has: 20 and 22 of 40.
    result: {
      beforeUntil: '2025-10-31',
      before: 0.5,
      beforePeople: 40,
      afterUntil: '2025-12-31',
      after: 0.55,
      afterPeople: 40,
      monthsShared: 10,
    },
  })
  expect(made.result.difference.low).toBeLessThan(0)
  expect(made.result.difference.high).toBeGreaterThan(0.05)
  // Begun after the last month there is none since; of the first month none before.
  for (const startsOn of ['2026-01-10', '2025-10-31']) expect((await save(clinician, { startsOn })).result).toBeNull()
  expect((await own(clinician)).map(({ aim }) => aim)).toHaveLength(3)
})

test('once the year from its beginning is over, later months change nothing', async () => {
  await api.sql(
    `insert into month_score (practice_id, measure_id, ends_on, package_hash, counted, numerator) select practice_id, measure_id, day::date, package_hash, 40, 30
       from month_score, unnest('{2023-05-31,2024-06-30,2024-07-31}'::text[]) day where ends_on = '2025-12-31'`,
  )
  expect((await save(clinician, { startsOn: '2023-06-02' })).result).toMatchObject({
    ...{ beforeUntil: '2023-05-31', afterUntil: '2024-06-30', after: 0.75, monthsShared: 0 },
  })
})

test('one is changed in its newest version alone, and the same key makes it once', async () => {
  const { id } = await save(clinician, { idempotencyKey: 'the-same-key' })
  expect((await save(clinician, { idempotencyKey: 'the-same-key' })).id).toBe(id)
  const lead = await api.signedIn('alderQualityLead')
  expect(await save(lead, { id, version: 1, learned: 'It helped', endsOn: '2026-02-28' })).toMatchObject({
    version: 2,
    learned: 'It helped',
  })
  expect(await save(clinician, { id, version: 1, aim: 'Another' })).toMatchObject({ code: 'CycleChanged' })
  // Of which measure it is stays.
  expect(await save(clinician, { id, version: 2, measure: 'poor' })).toMatchObject({ version: 3, measure: { id: 'control' } })
  expect(await own(clinician)).toMatchObject([{ id, version: 3, aim: 'Fewer open gaps' }])
})

test('what does not fit is said in words, and nothing is written', async () => {
  for (const [input, code] of [
    [{ measure: 'unheard-of' }, 'MeasureUnknown'],
    [{ aim: ' ' }, 'TextUnusable'],
    [{ changeTried: '' }, 'WordsMissing'],
    [{ learned: 'x'.repeat(2001) }, 'WordsMissing'],
    [{ startsOn: '2015-01-01' }, 'CycleTooFar'],
    [{ startsOn: '2027-04-01' }, 'CycleTooFar'],
    [{ endsOn: '2025-11-14' }, 'CycleEndsBefore'],
    [{ id: 'x', version: 1 }, 'CycleUnknown'],
    [{ idempotencyKey: 'short' }, 'IdempotencyKeyUnusable'],
  ] as const)
    expect({ input, ...(await save(clinician, input)) }).toMatchObject({ input, code })
  expect(await own(clinician)).toEqual([])
})

test('others read what is shared, in rounded figures, and stop when it is not shared any more; nobody else writes it', async () => {
  const birch = await api.signedIn('birchClinician')
  const analyst = await api.signedIn('analyst')
  await api.sql(`update month_score set counted = 44 where practice_id = $1`, [api.world.practices.alder])
  const { id } = await save(clinician, {})
  for (const [caller, root] of [
    [birch, 'practice'],
    [analyst, 'region'],
  ] as const)
    expect(await playbooks(caller, root)).toEqual([])
  await save(clinician, { id, version: 1, shared: true })
  const shared = {
    ...{ id, aim: 'Fewer open gaps', changeTried: 'Cuffs to take home', measure: { id: 'control' } },
    result: { before: 0.45, after: 0.5, beforePeople: 40, afterPeople: 40, monthsShared: 10 },
  }
  for (const [caller, root] of [
    [birch, 'practice'],
    [analyst, 'region'],
    [clinician, 'practice'],
  ] as const)
    expect(await playbooks(caller, root)).toMatchObject([shared])
  expect(await own(birch)).toEqual([])
  expect(await save(birch, { id, version: 2, aim: 'Theirs' })).toMatchObject({ code: 'CycleUnknown' })
  // Of ten people or fewer no rate is told.
  await api.sql(`update month_score set counted = 10, numerator = 3 where practice_id = $1 and ends_on = '2025-12-31'`, [
    api.world.practices.alder,
  ])
  await api.sql(`update month_score set counted = 10, numerator = 3 where practice_id = $1 and ends_on = '2025-11-30'`, [
    api.world.practices.alder,
  ])
  expect(await playbooks(birch, 'practice')).toMatchObject([{ id, result: null }])
  await save(clinician, { id, version: 2 })
  for (const [caller, root] of [
    [birch, 'practice'],
    [analyst, 'region'],
  ] as const)
    expect(await playbooks(caller, root)).toEqual([])
})

test('who writes none is refused, and what is written is noted', async () => {
  for (const user of ['alderStaff', 'analyst', 'careManager', 'pineAnalyst', 'alderPatient'] as const) {
    const caller = await api.signedIn(user)
    const { errors } = await caller.ask(SAVE, { input: { ...cycle, idempotencyKey: 'not-for-them' } })
    expect({ user, codes: errors.map(({ extensions }) => extensions['code']) }).toEqual({ user, codes: ['FORBIDDEN'] })
  }
  await api.sql('delete from audit_event')
  const { id } = await save(clinician, {})
  await save(clinician, { id, version: 1, shared: true })
  expect(await api.sql(`select action, subject, subject_ids, outcome from audit_event order by at`)).toEqual([
    { action: 'create', subject: 'Improvement', subject_ids: [id], outcome: 'allowed' },
    { action: 'update', subject: 'Improvement', subject_ids: [id], outcome: 'allowed' },
  ])
})
