import { openTestApi, type Caller, type TestApi } from '../support/api.ts'
import { chartCounts } from '../support/world.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterAll(() => api.close())

const PAGE = `query ($first: Int, $after: String, $search: String, $condition: String, $openGap: String, $tier: Int, $sort: PatientSort, $reversed: Boolean) {
  patients(first: $first, after: $after, search: $search, condition: $condition, openGap: $openGap, tier: $tier, sort: $sort, reversed: $reversed) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { id familyName birthDate lastVisit openGapCount risk { tier opportunity } latestA1c { value } latestBloodPressure { systolic } latestPhq9 { value } } }
  }
}`

interface Node {
  id: string
  familyName: string
  birthDate: string | null
  lastVisit: string | null
  openGapCount: number
  risk: { tier: number; opportunity: number } | null
  latestA1c: { value: number } | null
  latestBloodPressure: { systolic: number } | null
  latestPhq9: { value: number } | null
}

async function pages(variables: object, first = 7): Promise<{ nodes: Node[]; totalCount: number }> {
  const nodes: Node[] = []
  for (let after: string | null = null; ;) {
    const { data, errors } = await clinician.ask(PAGE, { first, after, ...variables })
    expect(errors).toEqual([])
    const { edges, pageInfo, totalCount } = data.patients
    nodes.push(...edges.map((edge: { node: Node }) => edge.node))
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null)
    if (!pageInfo.hasNextPage) return { nodes, totalCount }
    after = pageInfo.endCursor
  }
}

/** The living charts of Alder, numbered: the last chart is of a person who died. */
const living = Array.from({ length: chartCounts.alder - 1 }, (_, n) => n)
const numberOf = ({ familyName }: Node) => Number(familyName.slice(-2))

test('pages walk through every living chart once, by name', async () => {
  for (const first of [1, 7, 24, 200]) {
    const { nodes, totalCount } = await pages({}, first)
    expect(nodes.map(numberOf)).toEqual(living)
    expect(totalCount).toBe(living.length)
  }
})

const orders: Readonly<Record<string, { value(node: Node): string | number | null; descending: boolean }>> = {
  AGE: { value: (node) => node.birthDate, descending: false },
  LAST_VISIT: { value: (node) => node.lastVisit, descending: false },
  A1C: { value: (node) => node.latestA1c?.value ?? null, descending: true },
  SYSTOLIC: { value: (node) => node.latestBloodPressure?.systolic ?? null, descending: true },
  PHQ9: { value: (node) => node.latestPhq9?.value ?? null, descending: true },
  RISK: { value: (node) => node.risk!.tier * 100 + node.risk!.opportunity, descending: true },
  OPEN_GAPS: { value: (node) => node.openGapCount, descending: true },
}

test.each(Object.entries(orders).flatMap(([sort, order]) => [false, true].map((reversed) => ({ sort, reversed, ...order }))))(
  'in order of $sort, reversed $reversed, nothing is lost or doubled, and unknown values come last',
  async ({ sort, reversed, value, descending }) => {
    const { nodes } = await pages({ sort, reversed }, 5)
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(living.length)
    const values = nodes.map(value)
    const known = values.filter((one) => one !== null)
    expect(values.slice(known.length).every((one) => one === null)).toBe(true)
    const sorted = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(known).toEqual(descending === reversed ? sorted : sorted.reverse())
  },
)

test('by name the other way round, each chart once; a cursor of one direction is none of the other', async () => {
  const { nodes } = await pages({ reversed: true }, 7)
  expect(nodes.map(numberOf)).toEqual(living.toReversed())
  const { data } = await clinician.ask(PAGE, { first: 1 })
  const turned = await clinician.ask(PAGE, { reversed: true, after: data.patients.pageInfo.endCursor })
  expect(turned.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
})

test.each([
  ['Canaryalder07', [7]],
  ['canaryalder1 ben', [11, 13, 15, 17, 19]],
  ['MRN-03', [3]],
  ['1944-05', [4]],
  ['ANNA canaryalder0', [0, 2, 4, 6, 8]],
  // Whoever died is found, but not listed.
  ['canaryalder24', [24]],
  ["canary' or 1=1 --", []],
  ['%', []],
  ['canaryalder_', []],
  ['$$ \u201cx\u201d', []],
])('a search for %j finds whom every word fits', async (search, numbers) => {
  const { nodes, totalCount } = await pages({ search })
  expect(nodes.map(numberOf)).toEqual(numbers)
  expect(totalCount).toBe(numbers.length)
})

test('filters narrow list and count alike', async () => {
  const diabetes = await pages({ condition: 'diabetes' })
  expect(diabetes.nodes.map(numberOf)).toEqual(living.filter((n) => n % 2 === 0))
  expect(diabetes.totalCount).toBe(12)
  // Better high: open are those outside the numerator. Better low: open are those inside. Excluded people are in neither.
  const control = await pages({ openGap: 'control' })
  expect(control.nodes.map(numberOf)).toEqual(living.filter((n) => n % 2 === 1))
  const poor = await pages({ openGap: 'poor' })
  expect(poor.nodes.map(numberOf)).toEqual(living.filter((n) => n % 2 === 0 && n % 4 !== 0))
  expect((await pages({ openGap: 'poor', condition: 'diabetes', search: 'canaryalder02' })).nodes.map(numberOf)).toEqual([2])
  expect((await pages({ openGap: 'no such measure' })).totalCount).toBe(0)
  const highest = await pages({ tier: 3, sort: 'RISK' }, 2)
  expect(highest.nodes.map(numberOf).toSorted((a, b) => a - b)).toEqual(living.filter((n) => n % 4 === 3))
  expect(highest.totalCount).toBe(highest.nodes.length)
})

test.each([
  [{ first: 0 }, 'between 1 and 200'],
  [{ first: -1 }, 'between 1 and 200'],
  [{ first: 201 }, 'between 1 and 200'],
  [{ after: 'not-a-cursor' }, 'cursor'],
  [{ after: Buffer.from('["NAME","x","no-uuid"]').toString('base64url') }, 'cursor'],
  [{ after: Buffer.from(`["NAME","x","${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}"]`).toString('base64url'), sort: 'A1C' }, 'cursor'],
  [{ after: Buffer.from(`["A1C","x","${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}"]`).toString('base64url'), sort: 'A1C' }, 'cursor'],
  [{ condition: 'hay fever' }, 'condition group'],
  [{ sort: 'SHOE_SIZE' }, 'PatientSort'],
  [{ tier: 5 }, 'tier'],
  [{ tier: -1 }, 'tier'],
])('%j is refused in words, without a look at a chart', async (variables, words) => {
  const before = await api.sql(`select count(*) from audit_event where subject = 'Chart'`)
  const { errors, data } = await clinician.ask(PAGE, variables)
  expect(errors).toHaveLength(1)
  expect(errors[0]!.extensions['code']).toBe('BAD_USER_INPUT')
  expect(errors[0]!.message).toContain(words)
  expect(errors[0]!.message).not.toContain('Did you mean')
  expect(data).toBeNull()
  expect(await api.sql(`select count(*) from audit_event where subject = 'Chart'`)).toEqual(before)
})

test('a page is one note in the audit, with the ids of the charts shown and nothing else of them', async () => {
  await api.sql('delete from audit_event')
  const { data } = await clinician.ask(PAGE, { first: 3 })
  const events = await api.sql(
    'select action, subject, practice_id, subject_ids, outcome, correlation_id, user_id, membership_id from audit_event',
  )
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ action: 'read', subject: 'Chart', outcome: 'allowed', practice_id: api.world.practices.alder })
  expect(events[0]!['subject_ids']).toEqual(data.patients.edges.map((edge: { node: Node }) => edge.node.id))
  expect(JSON.stringify(events)).not.toMatch(/canary/i)
})

test('what cannot be noted is not shown', async () => {
  await api.sql('alter table audit_event add constraint full_disk check (false) not valid')
  const { status, data, errors, text } = await clinician.ask(PAGE, { first: 3 })
  await api.sql('alter table audit_event drop constraint full_disk')
  expect(status).toBe(500)
  expect(data).toBeNull()
  expect(errors[0]!.message).toMatch(/^Something went wrong. Quote [0-9a-f-]{36}\.$/)
  expect(text).not.toMatch(/canary|audit|constraint|insert/i)
  expect(api.log).toContainEqual(expect.objectContaining({ event: 'BugMet', code: '23514', requestId: errors[0]!.extensions['id'] }))
})

test("a clinician's panel is listed under the name, and counted as it is listed; a name of another practice lists nobody", async () => {
  const { alder, birch } = api.world.charts
  await api.sql(`update patient set clinician = 'Dr. Alba' where id = any ($1)`, [[alder[2], alder[4], alder.at(-1)]])
  await api.sql(`update patient set clinician = 'Dr. Birch' where id = $1`, [birch[0]])
  const { data } = await clinician.ask(`{ practice { panels { clinician count } }
    alba: patients(clinician: "Dr. Alba") { totalCount edges { node { id clinician } } }
    birch: patients(clinician: "Dr. Birch") { totalCount edges { node { id } } } }`)
  expect(data.practice.panels).toEqual([
    { clinician: 'Dr. Alba', count: 2 },
    { clinician: 'Dr. Gray', count: living.length - 2 },
  ])
  expect(data.alba.totalCount).toBe(2)
  expect(data.alba.edges.map(({ node }: { node: Node }) => node.id).toSorted()).toEqual([alder[2], alder[4]].toSorted())
  expect(data.birch).toEqual({ totalCount: 0, edges: [] })
})

test('a list is narrowed to one care manager, and counted as it is listed; one of another practice lists nobody', async () => {
  const { alder, birch } = api.world.charts
  await api.sql(`update patient_summary set care_manager = 'Kim Ash' where patient_id = any ($1)`, [[alder[1], alder[3], alder.at(-1)]])
  await api.sql(`update patient_summary set care_manager = 'Lou Elm' where patient_id = $1`, [birch[0]])
  const { data } = await clinician.ask(`{ practice { careManagers { careManager count } }
    kim: patients(careManager: "Kim Ash") { totalCount edges { node { id careManager } } }
    open: patients(careManager: "Kim Ash", openGap: "control") { totalCount }
    elm: patients(careManager: "Lou Elm") { totalCount edges { node { id } } } }`)
  expect(data.practice.careManagers).toContainEqual({ careManager: 'Kim Ash', count: 2 })
  expect(data.practice.careManagers.map((one: { careManager: string }) => one.careManager)).not.toContain('Lou Elm')
  expect(data.kim.edges.map(({ node }: { node: Node }) => node.id).toSorted()).toEqual([alder[1], alder[3]].toSorted())
  expect([data.kim.totalCount, data.open.totalCount]).toEqual([2, 2])
  expect(data.elm).toEqual({ totalCount: 0, edges: [] })
})
