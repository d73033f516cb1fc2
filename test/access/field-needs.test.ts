import { buildApiSchema } from '@carecommons/api'
import { getNamedType, isEnumType } from 'graphql'
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
])('hardening 17: a field that a role may not read is refused whole, asked for %s', async (_how, query) => {
  const staff = await api.signedIn('alderStaff')
  const before = await denials()
  const answer = await staff.ask(query, { id: api.world.charts.alder[0] })
  expect(answer.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  expect(answer.data?.patients ?? answer.data?.patient ?? null).toBeNull()
  expect(await denials()).toBe(before + 1)
  const clinician = await api.signedIn('alderClinician')
  expect((await clinician.ask(query, { id: api.world.charts.alder[0] })).errors).toEqual([])
})

test.each([
  [
    'included by a variable',
    'query ($v: Boolean!) { patients(first: 1) { edges { node { openGapCount @include(if: $v) } } } }',
    { v: true },
  ],
  ['included by a default', 'query ($v: Boolean = true) { patients(first: 1) { edges { node { openGapCount @include(if: $v) } } } }', {}],
  ['not skipped', 'query ($v: Boolean!) { patients(first: 1) { edges { node { openGapCount @skip(if: $v) } } } }', { v: false }],
  [
    'left out once and asked for again',
    'query ($v: Boolean!) { patients(first: 1) { edges { node { ...a @include(if: $v) } } } others: patients(first: 1) { edges { node { ...a } } } } fragment a on Patient { openGapCount }',
    { v: false },
  ],
  [
    'in a fragment that is included while its field is skipped elsewhere',
    'query ($v: Boolean!) { patients(first: 1) { edges { node { openGapCount @skip(if: $v) ... @include(if: $v) { openGapCount } } } } }',
    { v: true },
  ],
])('a field that a role may not read is refused when it is %s', async (_how, query, variables) => {
  const staff = await api.signedIn('alderStaff')
  const answer = await staff.ask(query, variables)
  expect([...new Set(answer.errors.map(({ extensions }) => extensions['code']))]).toEqual(['FORBIDDEN'])
  expect(JSON.stringify(answer.data)).not.toContain('openGapCount')
})

test('one document serves readers of different parts: what is left out of a request needs nothing, and does not come', async () => {
  const query = 'query ($v: Boolean!) { patients(first: 1) { edges { node { familyName openGapCount @include(if: $v) } } } }'
  const staff = await api.signedIn('alderStaff')
  const clinician = await api.signedIn('alderClinician')
  const node = async (caller: typeof staff, v: boolean) => (await caller.ask(query, { v })).data?.patients?.edges[0].node
  expect(await node(staff, false)).toEqual({ familyName: expect.any(String) })
  expect(await node(clinician, true)).toEqual({ familyName: expect.any(String), openGapCount: expect.any(Number) })
  expect((await staff.ask(query, { v: true })).errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  expect(await node(staff, false)).toEqual({ familyName: expect.any(String) })
})

const SIFTS_BY_RECORDS = [
  'sort: A1C',
  'sort: SYSTOLIC',
  'sort: PHQ9',
  'sort: OPEN_GAPS',
  'sort: RISK',
  'sort: DUE',
  'tier: 2',
  'condition: "diabetes"',
  'openGap: "any"',
  'registry: "diabetes"',
  'comingGap: { withinDays: 30 }',
  'inPopulation: { measure: "control", population: OPEN }',
]
/** Told to the front desk anyway: who it is, whose panel, and when they were last there. */
const SIFTS_BY_NOTHING_CLINICAL = [
  ...['sort: NAME', 'sort: AGE', 'sort: LAST_VISIT', 'reversed: true'],
  ...['search: "x"', 'practice: "x"', 'clinician: "x"', 'careManager: "x"', 'first: 1', 'after: null'],
]

test('whatever the registry can be sorted or filtered by is known here', () => {
  const { args } = buildApiSchema().getQueryType()!.getFields()['patients']!
  const sort = getNamedType(args.find(({ name }) => name === 'sort')!.type)
  if (!isEnumType(sort)) throw new Error('Orders are no enum any more.')
  const sifts = args.flatMap(({ name }) => (name === 'sort' ? sort.getValues().map((value) => `sort: ${value.name}`) : [name]))
  const known = [...SIFTS_BY_RECORDS, ...SIFTS_BY_NOTHING_CLINICAL].map((one) => (one.startsWith('sort') ? one : one.split(':')[0]))
  expect(known.toSorted()).toEqual(sifts.toSorted())
})

test.each(SIFTS_BY_NOTHING_CLINICAL)('who reads no records sorts and filters by %s', async (argument) => {
  const given = argument.startsWith('first') ? argument : `first: 1, ${argument}`
  expect((await (await api.signedIn('alderStaff')).ask(`{ patients(${given}) { totalCount } }`)).errors).toEqual([])
})

test.each(SIFTS_BY_RECORDS)('hardening 7: nobody sorts or filters by what they may not read: %s', async (argument) => {
  const staff = await api.signedIn('alderStaff')
  const literal = await staff.ask(`{ patients(first: 1, ${argument}) { totalCount } }`)
  expect(literal.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
  const [, name, value] = /^(\w+): (.*)$/.exec(argument)!
  const type = { sort: 'PatientSort', comingGap: 'ComingGapInput', tier: 'Int', inPopulation: 'PopulationInput' }[name!] ?? 'String'
  const values: Readonly<Record<string, unknown>> = {
    comingGap: { withinDays: 30 },
    inPopulation: { measure: 'control', population: 'OPEN' },
    tier: 2,
  }
  const variable = await staff.ask(`query ($value: ${type}) { patients(first: 1, ${name}: $value) { totalCount } }`, {
    value: values[name!] ?? value!.replaceAll('"', ''),
  })
  expect(variable.errors.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN'])
})

test('the front desk finds a patient and how to reach them', async () => {
  const staff = await api.signedIn('alderStaff')
  const answer = await staff.ask('{ patients(first: 1, sort: NAME) { totalCount edges { node { familyName phone coverage { payer } } } } }')
  expect(answer.errors).toEqual([])
  expect(answer.data.patients.totalCount).toBe(24)
})

test('hardening 7: who may not read record numbers finds nobody by them, by no prefix either; names are found', async () => {
  const terms = (await api.sql('select term from patient_search where patient_id = $1', [api.world.charts.alder[0]])).map(({ term }) =>
    String(term),
  )
  const number = terms.find((term) => term.startsWith('mrn-'))!
  const name = terms.find((term) => !/\d/.test(term))!
  const found = async (user: 'alderQualityLead' | 'alderStaff', search: string): Promise<number> => {
    const caller = await api.signedIn(user)
    const query = 'query ($search: String!) { patients(first: 1, search: $search) { totalCount } }'
    return (await caller.ask(query, { search })).data.patients.totalCount
  }
  expect({ number, staff: await found('alderStaff', number) }).not.toEqual({ number, staff: 0 })
  for (let end = 1; end <= number.length; end++) {
    const prefix = number.slice(0, end)
    if (!terms.some((term) => term !== number && term.startsWith(prefix)))
      expect({ prefix, lead: await found('alderQualityLead', prefix) }).toEqual({ prefix, lead: 0 })
  }
  expect({ name, lead: await found('alderQualityLead', name) }).not.toEqual({ name, lead: 0 })
})

test("null where only true or false can stand is the caller's to mend, whatever the default: told in words, nothing read", async () => {
  const caller = await api.signedIn('alderClinician')
  for (const query of [
    'query ($v: Boolean = true) { patients(first: 1) { totalCount @include(if: $v) } }',
    'query ($v: Boolean = false) { patients(first: 1) { totalCount @skip(if: $v) } }',
    'query ($v: Boolean = true) { patients(first: 1) { ...a @include(if: $v) } } fragment a on PatientConnection { totalCount }',
    'query ($v: Boolean = true) { patients(first: 1) { ...a } } fragment a on PatientConnection { totalCount @include(if: $v) }',
    'query ($v: Boolean = true) { patients(first: 1) @include(if: $v) { totalCount } }',
    'query ($v: ID = "x") { patient(id: $v) { id } }',
  ]) {
    const { status, data, errors } = await caller.ask(query, { v: null })
    expect({ query, status, data, code: errors[0]?.extensions['code'] }).toEqual({ query, status: 400, data: null, code: 'BAD_USER_INPUT' })
    expect(errors[0]!.message).toContain('$v')
    expect((await caller.ask(query)).status).toBe(200)
  }
})
