import { openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const denials = async (): Promise<number> =>
  (
    await api.sql(
      `select count(*)::int as denied from audit_event where outcome = 'denied' and action = 'read' and subject = 'ClinicalRecord'`,
    )
  )[0]!['denied']

test.each([
  ['by its name', '{ patients(first: 1) { edges { node { problems { text } } } } }'],
  ['by an alias', '{ patients(first: 1) { edges { node { harmless: latestA1c { value } } } } }'],
  ['by an inline fragment', '{ patients(first: 1) { edges { node { ... on Patient { openGapCount } } } } }'],
  [
    'by a fragment in a fragment',
    '{ patients(first: 1) { edges { ...a } } } fragment a on PatientEdge { node { ...b } } fragment b on Patient { id series { key } }',
  ],
  ['without the type being named', '{ patients(first: 1) { edges { node { ... { gaps { state } } } } } }'],
  ['beside another root', '{ me { user { name } } patients(first: 1) { totalCount edges { node { medications { text } } } } }'],
  ['on one chart', 'query ($id: ID!) { patient(id: $id) { encounters { text } } }'],
])('a field that a role may not read is refused whole, asked for %s', async (_how, query) => {
  const staff = await api.signedIn('alderStaff')
  const before = await denials()
  const answer = await staff.ask(query, { id: api.world.charts.alder[0] })
  expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  expect(answer.data?.patients ?? answer.data?.patient ?? null).toBeNull()
  expect(await denials()).toBe(before + 1)
  const clinician = await api.signedIn('alderClinician')
  expect((await clinician.ask(query, { id: api.world.charts.alder[0] })).errors).toEqual([])
})

test.each(['sort: A1C', 'sort: SYSTOLIC', 'sort: PHQ9', 'sort: OPEN_GAPS', 'condition: "diabetes"', 'openGap: "any"'])(
  'nobody sorts or filters by what they may not read: %s',
  async (argument) => {
    const staff = await api.signedIn('alderStaff')
    const literal = await staff.ask(`{ patients(first: 1, ${argument}) { totalCount } }`)
    expect(literal.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
    const [name, value] = argument.split(': ') as [string, string]
    const type = name === 'sort' ? 'PatientSort' : 'String'
    const variable = await staff.ask(`query ($value: ${type}) { patients(first: 1, ${name}: $value) { totalCount } }`, {
      value: value.replaceAll('"', ''),
    })
    expect(variable.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  },
)

test('the front desk finds a patient and how to reach them', async () => {
  const staff = await api.signedIn('alderStaff')
  const answer = await staff.ask('{ patients(first: 1, sort: NAME) { totalCount edges { node { familyName phone coverage { payer } } } } }')
  expect(answer.errors).toEqual([])
  expect(answer.data.patients.totalCount).toBe(24)
})
