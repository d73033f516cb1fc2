// Condition registries: what they are, how many are in them, who came and went, as each role may know.
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled } from '../support/sensitive-charts.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterAll(() => api.close())

const REGISTRIES = `{ registries { id title description version packageHash sources cql agreedAt countedSince size
  flows { days entered left } months { startsOn entered left size } sizes { on size } } }`
const LIST = 'query ($registry: String) { patients(registry: $registry, first: 50) { totalCount edges { node { id familyName } } } }'
const HISTORY = `query ($id: ID!) { patient(id: $id) { registryHistory { registry title version enteredOn enteredBy leftOn leftBy leftClauses sensitivity
  enteredReasons { clause facts { reference } } } } }`

const registriesOf = async (caller: Caller) => {
  const { data, errors } = await caller.ask(REGISTRIES)
  expect(errors).toEqual([])
  return data.registries
}
const inIt = async (registry: string, caller = clinician) => {
  const { data, errors } = await caller.ask(LIST, { registry })
  expect(errors).toEqual([])
  expect(data.patients.totalCount).toBe(data.patients.edges.length)
  return (data.patients.edges as { node: { familyName: string } }[]).map(({ node }) => node.familyName.toLowerCase())
}
const historyOf = async (id: string, caller = clinician) => (await caller.ask(HISTORY, { id })).data.patient.registryHistory

test('a practice sees each registry with its definition, its size and who came and went', async () => {
  const [diabetes, depression] = await registriesOf(clinician)
  expect(diabetes).toMatchObject({
    ...{ id: 'diabetes', title: 'Diabetes', description: 'Diabetes in words.', version: '1.0.0', packageHash: 'a'.repeat(64) },
    ...{ sources: ['Source of Diabetes. https://example.org/diabetes'], cql: "library DiabetesRegistry version '1.0.0'" },
    ...{ countedSince: '2026-01-10', size: 7 },
    flows: [
      { days: 30, entered: 6, left: 6 },
      { days: 90, entered: 12, left: 6 },
    ],
  })
  // The first was there when counting began; the month that is not over ends today.
  expect(diabetes.months).toEqual([
    { startsOn: '2026-01-01', entered: 6, left: 0, size: 7 },
    { startsOn: '2026-02-01', entered: 6, left: 6, size: 7 },
    { startsOn: '2026-03-01', entered: 0, left: 0, size: 7 },
  ])
  expect(diabetes.sizes.at(-1)).toEqual({ on: '2026-03-02', size: 7 })
  expect(diabetes.sizes[0]).toEqual({ on: '2026-01-12', size: 1 })
  expect(depression).toMatchObject({ id: 'depression', size: 0, flows: [{ entered: 0 }, { entered: 0 }] })
})

test('the list of a registry and its size are the same people, in every reach', async () => {
  expect(await inIt('diabetes')).toEqual(['00', '02', '04', '08', '12', '16', '20'].map((n) => `canaryalder${n}`))
  expect(await inIt('nothing')).toEqual([])
  const careManager = await api.signedIn('careManager')
  const [diabetes] = await registriesOf(careManager)
  const names = await inIt('diabetes', careManager)
  expect(names).toHaveLength(diabetes.size)
  expect(new Set(names.map((name) => name.replace(/\d+/, '')))).toEqual(new Set(['canaryalder', 'canarybirch']))
  expect(diabetes.countedSince).toBe('2026-01-11')
})

test('a chart tells since when and why, and keeps what is over', async () => {
  expect(await historyOf(api.world.charts.alder[2]!)).toMatchObject([
    {
      registry: 'diabetes',
      title: 'Diabetes',
      version: '1.0.0',
      enteredOn: '2026-02-25',
      enteredBy: 'RECORDS',
      leftOn: null,
      leftBy: null,
    },
    { registry: 'diabetes', enteredOn: '2026-01-20', leftOn: '2026-02-15', leftBy: 'ENDED', leftClauses: [], sensitivity: null },
  ])
  const [stay] = await historyOf(api.world.charts.alder[0]!)
  expect(stay).toMatchObject({ enteredBy: 'FIRST_COUNT', enteredReasons: [{ clause: 'Diabetes mellitus among the problems' }] })
})

test('a stay that rests on labelled records is in no list, count or history without consent', async () => {
  const id = await plantLabelled(api, 'alder', 3)
  const depression = async () => (await registriesOf(clinician))[1]
  const seen = async () => [
    await depression(),
    await inIt('depression'),
    (await historyOf(id)).map((one: { registry: string }) => one.registry),
  ]
  const [closed, names, history] = await seen()
  expect([closed.size, closed.flows[0].entered, closed.sizes, names]).toEqual([0, 0, [], []])
  expect(history).not.toContain('depression')
  await api.sql(
    `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                          recorded_by_name, recorded_at, idempotency_key)
     select uuidv7(), $1, $2, 'sensitive', 'behavioral', $1, 'written', 'The patient', 'patient', '2026-02-01', 'Everything', u.id, u.name, now(), 'test'
       from app_user u limit 1`,
    [api.world.practices.alder, id],
  )
  const [open, openNames, openHistory] = await seen()
  expect([open.size, open.flows[0].entered, openNames.length]).toEqual([1, 1, 1])
  expect(openHistory).toContain('depression')
})

test('the region sees people to the nearest ten, each once, and none of ten or fewer; payers and the front desk see nothing', async () => {
  const sized = async () =>
    (await registriesOf(await api.signedIn('analyst'))).map(
      ({ id, size, flows, months, sizes }: { id: string; size: number | null; flows: []; months: []; sizes: [] }) => ({
        id,
        size,
        flows,
        months,
        sizes,
      }),
    )
  const [{ charts }] = (await api.sql(
    `select count(*)::int as charts from registry_membership m join patient_summary s using (practice_id, patient_id) where m.left_on is null and registry = 'diabetes' and not s.deceased`,
  )) as [{ charts: number }]
  expect(charts).toBeGreaterThan(10)
  expect(await sized()).toEqual([
    { id: 'diabetes', size: Math.round(charts / 10) * 10, flows: [], months: [], sizes: [] },
    { id: 'depression', size: null, flows: [], months: [], sizes: [] },
  ])
  // Everybody in it turns out to be one of five people, who are too few to be told.
  const people = await api.sql('select practice_id, id, person_id from patient order by id')
  await api.sql(`update patient p set person_id = t.kept from (
    select p.practice_id, p.id, (array(select person_id from patient order by id limit 5))[1 + row_number() over (order by p.id) % 5] as kept
      from patient p join registry_membership m on m.practice_id = p.practice_id and m.patient_id = p.id and m.left_on is null) t
     where t.practice_id = p.practice_id and t.id = p.id`)
  expect((await sized())[0].size).toBeNull()
  for (const { practice_id, id, person_id } of people)
    await api.sql('update patient set person_id = $3 where practice_id = $1 and id = $2', [practice_id, id, person_id])
  for (const user of ['pineAnalyst', 'alderStaff', 'alderPatient'] as const) {
    const { errors } = await (await api.signedIn(user)).ask(REGISTRIES)
    expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
})

describe('what the region agrees on', () => {
  const ACTIVATE = `mutation ($input: ActivateRegistryInput!) { activateRegistry(input: $input) {
    __typename ... on RegistryTerm { id registry title packageHash version agreedWith agreedBy } ... on Refused { code message } } }`
  const RETIRE = `mutation ($input: RetireRegistryInput!) { retireRegistry(input: $input) {
    __typename ... on RegistryTerm { registry title packageHash version agreedBy } ... on Refused { code message } } }`
  const NEXT = 'e'.repeat(64)
  const activate = async (packageHash: string, idempotencyKey: string, agreedWith = 'Quality committee') =>
    (await (await api.signedIn('analyst')).ask(ACTIVATE, { input: { packageHash, agreedWith, idempotencyKey } })).data.activateRegistry
  const retire = async (registry: string, idempotencyKey: string) =>
    (await (await api.signedIn('analyst')).ask(RETIRE, { input: { registry, agreedWith: 'Board', idempotencyKey } })).data.retireRegistry
  const versions = async () =>
    (await (await api.signedIn('analyst')).ask('{ registryVersions { registry version isInForce } }')).data.registryVersions

  test('another version counts from then on, once however often it is asked for, and the one before stays', async () => {
    await api.sql(
      `insert into registry_package select $1, registry, '1.1.0', title, description, sources, cql, 'x', bundle, loaded_at from registry_package where registry = 'diabetes'`,
      [NEXT],
    )
    const term = await activate(NEXT, 'diabetes-1.1.0')
    expect(term).toMatchObject({
      ...{ __typename: 'RegistryTerm', registry: 'diabetes', title: 'Diabetes', packageHash: NEXT, version: '1.1.0' },
      ...{ agreedWith: 'Quality committee', agreedBy: 'Ana Lyst' },
    })
    expect(await activate(NEXT, 'diabetes-1.1.0')).toEqual(term)
    expect(await versions()).toEqual([
      { registry: 'depression', version: '1.0.0', isInForce: true },
      { registry: 'diabetes', version: '1.0.0', isInForce: false },
      { registry: 'diabetes', version: '1.1.0', isInForce: true },
    ])
    expect((await registriesOf(clinician)).map(({ id, version }: { id: string; version: string }) => `${id} ${version}`)).toEqual([
      'diabetes 1.1.0',
      'depression 1.0.0',
    ])
  })

  test('what is in force already, is not there, or has no words with whom is refused', async () => {
    expect(await activate(NEXT, 'diabetes-again')).toMatchObject({ code: 'InForceAlready' })
    expect(await activate('0'.repeat(64), 'of-nothing')).toMatchObject({ code: 'DefinitionUnknown' })
    expect(await activate('a'.repeat(64), 'without-words', ' ')).toMatchObject({ code: 'TextUnusable' })
    expect(await retire('gout', 'no-such-registry')).toMatchObject({ code: 'NotInForce' })
  })

  test('a retired one is in force nowhere, is told as retired, and comes back where it stood', async () => {
    expect(await retire('diabetes', 'no-diabetes')).toEqual({
      ...{ __typename: 'RegistryTerm', registry: 'diabetes', title: 'Diabetes', packageHash: null, version: null, agreedBy: 'Ana Lyst' },
    })
    expect(await retire('diabetes', 'no-diabetes-twice')).toMatchObject({ code: 'NotInForce' })
    for (const user of ['alderClinician', 'careManager', 'administrator', 'analyst'] as const) {
      const caller = await api.signedIn(user)
      expect((await registriesOf(caller)).map(({ id }: { id: string }) => id)).toEqual(['depression'])
      const { data } = await caller.ask('{ retiredRegistries { id title agreedWith } }')
      expect(data.retiredRegistries).toEqual([{ id: 'diabetes', title: 'Diabetes', agreedWith: 'Board' }])
    }
    // The chart keeps what was.
    expect((await historyOf(api.world.charts.alder[2]!)).length).toBeGreaterThan(1)
    await activate('a'.repeat(64), 'diabetes-1.0.0-again')
    expect((await registriesOf(clinician)).map(({ id }: { id: string }) => id)).toEqual(['diabetes', 'depression'])
    const { data } = await (await api.signedIn('analyst')).ask('{ registryTerms { title version agreedWith agreedBy } }')
    expect(data.registryTerms.slice(0, 3)).toEqual([
      { title: 'Diabetes', version: '1.0.0', agreedWith: 'Quality committee', agreedBy: 'Ana Lyst' },
      { title: 'Diabetes', version: null, agreedWith: 'Board', agreedBy: 'Ana Lyst' },
      { title: 'Diabetes', version: '1.1.0', agreedWith: 'Quality committee', agreedBy: 'Ana Lyst' },
    ])
  })

  test('nobody else agrees or reads the desk', async () => {
    for (const user of ['administrator', 'alderAdministrator', 'alderClinician', 'careManager', 'pineAnalyst'] as const)
      for (const query of [
        '{ registryVersions { version } }',
        '{ registryTerms { id } }',
        'mutation { retireRegistry(input: { registry: "depression", agreedWith: "x", idempotencyKey: "by-somebody-else" }) { __typename } }',
      ]) {
        const { errors } = await (await api.signedIn(user)).ask(query)
        expect([user, query, errors[0]?.extensions['code']]).toEqual([user, query, 'FORBIDDEN'])
      }
  })
})
