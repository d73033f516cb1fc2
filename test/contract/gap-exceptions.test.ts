// What clinicians document beside a gap, and the list of people to call.
import { readCell } from '@carecommons/interop'
import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let clinician: Caller
let ann: string
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
  // The second chart: of `control` an open gap.
  ann = api.world.charts.alder[1]!
})
afterAll(() => api.close())

const DOCUMENT = `mutation ($input: DocumentGapExceptionInput!) { documentGapException(input: $input) {
  __typename ... on GapException { id reason words expiresOn recordedBy live endedAt } ... on Refused { code } } }`
const WITHDRAW = `mutation ($id: ID!) { withdrawGapException(id: $id) { __typename ... on GapException { id live endedBy } ... on Refused { code } } }`
const GAPS = `query ($id: ID!) { patient(id: $id) { openGapCount gaps { measure { id } state dueOn exceptions { id reason words live endedBy } } } }`
const FIGURES = `{ practice { gapCounts { measure { id } open } scores { measure { id } denominatorException numerator rate } } }`

const input = (more: object = {}) => ({
  ...{ patientId: ann, measure: 'control', reason: 'DECLINED', words: 'Does not want the test before summer.' },
  ...{ expiresOn: '2026-08-31', idempotencyKey: 'exception-of-ann' },
  ...more,
})
const documented = async (more: object = {}, caller = clinician) =>
  (await caller.ask(DOCUMENT, { input: input(more) })).data?.documentGapException
const gapOf = async (caller = clinician) =>
  (await caller.ask(GAPS, { id: ann })).data.patient.gaps.find(({ measure }: { measure: { id: string } }) => measure.id === 'control')

test('an exception stands beside its gap, until it is withdrawn, and changes no figure', async () => {
  const before = (await clinician.ask(FIGURES)).data
  const made = await documented()
  expect(made).toMatchObject({ __typename: 'GapException', reason: 'DECLINED', expiresOn: '2026-08-31', live: true, endedAt: null })
  // The same wish once more is the same exception; other words under its key are none.
  expect((await documented()).id).toBe(made.id)
  expect(await documented({ words: 'Something else.' })).toEqual({ __typename: 'Refused', code: 'IdempotencyKeyReused' })
  expect(await gapOf()).toMatchObject({ state: 'OPEN', dueOn: null, exceptions: [{ id: made.id, live: true, endedBy: null }] })
  expect((await clinician.ask(FIGURES)).data).toEqual(before)
  for (const _ of ['once', 'again'])
    expect((await clinician.ask(WITHDRAW, { id: made.id })).data.withdrawGapException).toMatchObject({ id: made.id, live: false })
  expect((await gapOf()).exceptions).toMatchObject([{ id: made.id, live: false, endedBy: expect.any(String) }])
})

test('an exception holds up to its last day', async () => {
  await documented({ expiresOn: '2026-03-02', idempotencyKey: 'exception-until-today' })
  expect((await gapOf()).exceptions[0]).toMatchObject({ live: true })
  await api.sql(`update gap_exception set expires_on = '2026-03-01' where idempotency_key = 'exception-until-today'`)
  expect((await gapOf()).exceptions[0]).toMatchObject({ live: false })
})

const inYear = (year: number) =>
  api.sql(
    ['publication', 'metric_run']
      .map((table) => `update ${table} set period_start = '${year}-01-01', period_end = '${year}-12-31'`)
      .join('; '),
  )

test('a gap of a period that is not over says until when it can be closed', async () => {
  await inYear(2026)
  expect(await gapOf()).toMatchObject({ state: 'OPEN', dueOn: '2026-12-31' })
  await inYear(2025)
})

test('no exception without words, in the past, where there is no gap, or on a foreign chart; each refusal is noted', async () => {
  const refusals = [
    [{ words: '  ' }, 'WordsMissing'],
    [{ words: 'x'.repeat(2001) }, 'WordsMissing'],
    [{ expiresOn: '2026-03-01' }, 'ExceptionOver'],
    [{ idempotencyKey: 'short' }, 'IdempotencyKeyMalformed'],
    [{ measure: 'nothing' }, 'GapNotFound'],
    [{ patientId: api.world.charts.birch[1]! }, 'GapNotFound'],
    [{ patientId: newId() }, 'GapNotFound'],
    [{ patientId: 'patient-01' }, 'GapNotFound'],
  ] as const
  const rows = async () => (await api.sql('select id from gap_exception')).length
  const before = await rows()
  for (const [more, code] of refusals)
    expect({ more, got: await documented({ idempotencyKey: 'refused-exception', ...more }) }).toEqual({
      more,
      got: { __typename: 'Refused', code },
    })
  expect(await rows()).toBe(before)
})

test('clinicians document; care managers and quality leads read; nobody else has anything to do with it', async () => {
  for (const user of ['careManager', 'alderQualityLead', 'alderStaff', 'administrator', 'pineAnalyst'] as const) {
    const answer = await (await api.signedIn(user)).ask(DOCUMENT, { input: input({ idempotencyKey: `by-${user}` }) })
    expect({ user, code: answer.errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
  for (const user of ['careManager', 'alderQualityLead'] as const) expect((await gapOf(await api.signedIn(user))).exceptions.length).toBe(2)
  const [{ id } = { id: '' }] = await api.sql('select id from gap_exception limit 1')
  const birch = await api.signedIn('birchClinician')
  const [foreign, missing] = [await birch.ask(WITHDRAW, { id }), await birch.ask(WITHDRAW, { id: newId() })]
  expect(foreign.data).toEqual(missing.data)
  expect(foreign.data.withdrawGapException).toEqual({ __typename: 'Refused', code: 'ExceptionNotFound' })
})

test('beside a gap that a labelled record decided it is hidden with the gap', async () => {
  await api.sql(`update measure_membership set sensitivity = 'behavioral' where patient_id = $1 and measure_id = 'control'`, [ann])
  expect(await documented({ idempotencyKey: 'labelled-exception' })).toEqual({ __typename: 'Refused', code: 'GapNotFound' })
  expect(await gapOf()).toBeUndefined()
  await api.sql(`update measure_membership set sensitivity = null where patient_id = $1 and measure_id = 'control'`, [ann])
})

describe('the list of people to call', () => {
  const list = async (caller: Caller, query = '?measure=control') => {
    const response = await caller.fetch(`/exports/outreach.csv${query}`)
    return { status: response.status, lines: (await response.text()).trim().split(/\r?\n/) }
  }

  test('has the living with an open gap, each once, and says who has an exception; noted as an export', async () => {
    await documented({ idempotencyKey: 'exception-for-the-list' })
    await api.sql('delete from audit_event')
    const { status, lines } = await list(clinician)
    expect(status).toBe(200)
    const open = (await clinician.ask(`{ patients(openGap: "control", first: 100) { edges { node { id } } } }`)).data.patients.edges
    const ids = lines.slice(1).map((line) => line.split(',')[0]!)
    expect(ids.toSorted()).toEqual(open.map(({ node }: { node: { id: string } }) => node.id).toSorted())
    expect(lines[0]).toMatch(/,due_on,exception_until,notice$/)
    // Their period is over: nothing can close them any more.
    expect(lines.find((line) => line.startsWith(ann))).toMatch(/,,2026-08-31,$/)
    const left = await api.sql(
      `select action, subject, practice_id, cardinality(subject_ids) as n from audit_event where action = 'export'`,
    )
    expect(left).toEqual([{ action: 'export', subject: 'Chart', practice_id: api.world.practices.alder, n: ids.length }])
    await inYear(2026)
    expect((await list(clinician)).lines.find((line) => line.startsWith(ann))).toMatch(/,2026-12-31,2026-08-31,$/)
    await inYear(2025)
  })

  test('hardening 41: what a chart is called starts no formula; of chosen people only own ones are on it', async () => {
    const [before] = await api.sql('select family_name from patient where id = $1', [ann])
    await api.sql('update patient set family_name = $2 where id = $1', [ann, '=HYPERLINK(1)'])
    const { lines } = await list(clinician, `?measure=control&patients=${ann},${api.world.charts.birch[1]},nonsense`)
    expect(lines.length).toBe(2)
    expect(lines[1]).not.toContain(',=')
    expect(readCell(lines[1]!.split(',')[1]!)).toBe('=HYPERLINK(1)')
    await api.sql('update patient set family_name = $2 where id = $1', [ann, before!['family_name']])
  })

  test('refused to whoever reads no charts or no telephone numbers, and without a measure; a care manager has all assigned practices', async () => {
    for (const user of ['administrator', 'pineAnalyst', 'alderStaff', 'alderQualityLead', 'alderPatient'] as const)
      expect({ user, status: (await list(await api.signedIn(user))).status }).toEqual({ user, status: 403 })
    expect((await list(clinician, '')).status).toBe(400)
    expect((await list(api.caller())).status).toBe(401)
    const { lines } = await list(await api.signedIn('careManager'))
    for (const practice of ['alder', 'birch'] as const) expect(lines.join('\n')).toContain(api.world.charts[practice][1])
    expect(lines.join('\n')).not.toContain(api.world.charts.cedar[1])
  })
})
