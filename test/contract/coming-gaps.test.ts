// When closed gaps come due: on charts, in lists and on the list to call, of one published version or not at all.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterAll(() => api.close())

const LIST = `query ($coming: ComingGapInput!, $clinician: String) {
  patients(comingGap: $coming, clinician: $clinician, first: 50) {
    totalCount comingGapsState edges { node { id familyName comingGaps { measure { id } dueOn } } }
  }
}`
interface Row {
  readonly id: string
  readonly familyName: string
  readonly comingGaps: readonly { readonly measure: { readonly id: string }; readonly dueOn: string }[] | null
}
async function due(coming: object, { caller = clinician, ...more }: { caller?: Caller; clinician?: string } = {}) {
  const { data, errors } = await caller.ask(LIST, { coming, ...more })
  expect(errors).toEqual([])
  const rows = (data.patients.edges as { node: Row }[]).map(({ node }) => node)
  expect(data.patients.totalCount).toBe(rows.length)
  return { rows, names: rows.map(({ familyName }) => familyName.toLowerCase()), state: data.patients.comingGapsState as string }
}

test('a list has who has a gap that comes due in time, with the day; it and its count agree', async () => {
  expect((await due({ withinDays: 5 })).names).toEqual([])
  expect((await due({ withinDays: 30 })).names).toEqual(['canaryalder02', 'canaryalder06'])
  const { rows, names, state } = await due({ withinDays: 60, measure: 'control' })
  expect(names).toEqual(['canaryalder02', 'canaryalder06', 'canaryalder10', 'canaryalder14', 'canaryalder18'])
  expect([rows[0]!.comingGaps, state]).toEqual([[{ measure: { id: 'control' }, dueOn: '2026-03-11' }], 'READY'])
  expect((await due({ withinDays: 60, measure: 'poor' })).names).toEqual([])
  const { data } = await clinician.ask('query ($id: ID!) { patient(id: $id) { comingGaps { dueOn } } }', { id: rows[1]!.id })
  expect(data.patient.comingGaps).toEqual([{ dueOn: '2026-03-23' }])
})

test('of a panel the panel, of a care manager the practices assigned to them, of a patient the own chart', async () => {
  const [chart] = await api.sql(`select id, clinician from patient where id = $1`, [api.world.charts.alder[6]])
  await api.sql(`update patient set clinician = 'Dr. Own Panel' where id = $1`, [chart!['id']])
  expect((await due({ withinDays: 60 }, { clinician: 'Dr. Own Panel' })).names).toEqual(['canaryalder06'])
  await api.sql('update patient set clinician = $2 where id = $1', [chart!['id'], chart!['clinician']])
  const careManager = await api.signedIn('careManager')
  const { names, rows } = await due({ withinDays: 30 }, { caller: careManager })
  expect(names).toEqual(['canaryalder02', 'canaryalder06', 'canarybirch02', 'canarybirch06'])
  expect(rows.every(({ comingGaps }) => comingGaps!.length === 1)).toBe(true)
  expect((await due({ withinDays: 60 }, { caller: await api.signedIn('birchClinician') })).names.every((name) => /birch/.test(name))).toBe(
    true,
  )
  for (const { familyName } of (await due({ withinDays: 700 }, { caller: await api.signedIn('alderPatient') })).rows)
    expect(familyName.toLowerCase()).toMatch(/^canaryalder/)
})

const BY_DAY = `query ($coming: ComingGapInput, $after: String, $reversed: Boolean, $first: Int!) {
  patients(comingGap: $coming, sort: DUE, reversed: $reversed, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } edges { node { id comingGaps { measure { id } dueOn } } } } }`

test('in order of the first day, page by page, each chart is listed once, of one practice or of several, one way and the other', async () => {
  const { alder } = api.world.charts
  await api.sql(
    `insert into coming_gap (practice_id, patient_id, measure_id, due_on, sensitivity) values ($1, $2, 'poor', '2026-04-01', null),
       ($1, $3, 'poor', '2026-03-01', null), ($1, $4, 'poor', '2026-03-01', 'part2')`,
    [api.world.practices.alder, alder[2], alder[10], alder[14]],
  )
  for (const caller of [clinician, await api.signedIn('careManager')]) {
    for (const measure of [null, 'control']) {
      const listed = async (reversed: boolean) => {
        const rows: { id: string; day: string }[] = []
        for (let after: string | null = null; ;) {
          const { data, errors } = await caller.ask(BY_DAY, { coming: { withinDays: 60, measure }, reversed, after, first: 2 })
          expect(errors).toEqual([])
          for (const { node } of data.patients.edges as { node: Pick<Row, 'id' | 'comingGaps'> }[])
            rows.push({ id: node.id, day: node.comingGaps!.find((gap) => measure === null || gap.measure.id === measure)!.dueOn })
          after = data.patients.pageInfo.endCursor
          if (data.patients.pageInfo.hasNextPage) continue
          expect(data.patients.totalCount).toBe(rows.length)
          return rows
        }
      }
      const rows = await listed(false)
      expect(rows.length).toBeGreaterThan(4)
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      expect(rows.map(({ day }) => day)).toEqual(rows.map(({ day }) => day).toSorted())
      expect(rows[0]!.day).toBe(measure === null ? '2026-03-01' : '2026-03-11')
      expect(await listed(true)).toEqual(rows.toReversed())
    }
  }
  await api.sql(`delete from coming_gap where measure_id = 'poor'`)
  const { errors } = await clinician.ask(BY_DAY, { first: 2 })
  expect(errors[0]).toMatchObject({ message: expect.stringContaining("needs 'comingGap'"), extensions: { code: 'BAD_USER_INPUT' } })
  const staff = await (await api.signedIn('alderStaff')).ask(BY_DAY, { coming: { withinDays: 60 }, first: 2 })
  expect(staff.errors[0]?.extensions['code']).toBe('FORBIDDEN')
})

test('who may not read records is refused; days out of reach are said to be so', async () => {
  const refused: readonly UserKey[] = ['administrator', 'analyst', 'pineAnalyst', 'alderStaff']
  for (const user of refused) {
    const { errors } = await (await api.signedIn(user)).ask(LIST, { coming: { withinDays: 30 } })
    expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
  for (const withinDays of [0, -1, 731]) {
    const { errors } = await clinician.ask(LIST, { coming: { withinDays } })
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('1 to 730'), extensions: { code: 'BAD_USER_INPUT' } })
  }
})

test("a day that a labelled record decided is nobody's to see without consent, nor counted", async () => {
  const id = api.world.charts.alder[2]!
  await api.sql(`update coming_gap set sensitivity = 'behavioral' where patient_id = $1`, [id])
  expect((await due({ withinDays: 30 })).names).toEqual(['canaryalder06'])
  expect((await clinician.ask('query ($id: ID!) { patient(id: $id) { comingGaps { dueOn } } }', { id })).data.patient.comingGaps).toEqual(
    [],
  )
  await api.sql('update coming_gap set sensitivity = null where patient_id = $1', [id])
})

const csv = async (query: string, caller = clinician) => {
  const response = await caller.fetch(`/exports/outreach.csv?measure=control${query}`)
  return { status: response.status, text: await response.text() }
}

test('the list to call has open and coming gaps with their days, and is noted as an export', async () => {
  const gapOf = (text: string) => Map.groupBy(text.trim().split(/\r?\n/).slice(1), (line) => line.split(',').at(-4)!)
  const alone = gapOf((await csv('')).text)
  expect([...alone.keys()]).toEqual(['open'])
  const { status, text } = await csv('&within=30')
  expect([status, text.split(/\r?\n/)[0]]).toEqual([200, expect.stringMatching(/,last_visit,gap,due_on,exception_until,notice$/)])
  const both = gapOf(text)
  expect(both.get('open')).toEqual(alone.get('open'))
  expect(both.get('coming')!.map((line) => line.split(',').at(-3))).toEqual(['2026-03-11', '2026-03-23'])
  const [event] = await api.sql(`select cardinality(subject_ids) as n from audit_event where action = 'export' order by at desc limit 1`)
  expect(event!['n']).toBe(alone.get('open')!.length + 2)
  for (const within of ['0', 'x', '1000']) expect((await csv(`&within=${within}`)).status).toBe(400)
})

test('until the days of the published figures are worked out nobody is shown others, and lists say so', async () => {
  const { practices, charts } = api.world
  const chartOf = async (id: string) =>
    (await clinician.ask('query ($id: ID!) { patient(id: $id) { comingGaps { dueOn } } }', { id })).data.patient.comingGaps as unknown
  const shown = async () => ({
    ...(await due({ withinDays: 60 })),
    chart: await chartOf(charts.alder[2]!),
    status: (await csv('&within=60')).status,
  })
  const nothing = { rows: [], names: [], chart: null, status: 409 }
  await api.sql(`update coming_gap_state set state = 'under-way' where practice_id = $1`, [practices.alder])
  expect(await shown()).toEqual({ ...nothing, state: 'UNDER_WAY' })
  const careManager = await api.signedIn('careManager')
  expect(await due({ withinDays: 30 }, { caller: careManager })).toMatchObject({
    state: 'UNDER_WAY',
    names: ['canarybirch02', 'canarybirch06'],
  })
  await api.sql(`update coming_gap_state set state = 'given-up' where practice_id = $1`, [practices.alder])
  expect(await shown()).toEqual({ ...nothing, state: 'GIVEN_UP' })
  // Days that belong to figures of before.
  await api.sql(`update coming_gap_state set state = 'ready', run_id = uuidv7() where practice_id = $1`, [practices.alder])
  expect(await shown()).toEqual({ ...nothing, state: 'UNDER_WAY' })
  await api.sql('update coming_gap_state set run_id = $2 where practice_id = $1', [practices.alder, api.world.runId])
  expect((await shown()).names).toHaveLength(5)
})
