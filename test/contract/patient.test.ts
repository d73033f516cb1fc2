import { openTestApi, type Caller, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterAll(() => api.close())

test('a chart tells what the page of a patient shows', async () => {
  const { data, errors } = await clinician.ask(
    `query ($id: ID!) { patient(id: $id) {
      familyName givenName birthDate age gender deceased recordNumber phone address lastVisit careManager clinician openGapCount resourceCount
      conditions { key title } latestA1c { value unit on } latestBloodPressure { systolic diastolic on } latestPhq9 { value }
      coverage { payer uninsured start end }
      problems { id text code system clinicalStatus onset abatement }
      medications { id text status authoredOn } allergies { text criticality recorded } immunizations { text on }
      series { key title unit points { at value second } }
      encounters { text class start end } latest: encounters(first: 1) { id }
      careTeam { name role }
      gaps { measure { id } period { start end } state evidence }
    } }`,
    { id: api.world.charts.alder[0] },
  )
  expect(errors).toEqual([])
  expect(data.patient).toEqual({
    familyName: 'Canaryalder00',
    givenName: 'Anna',
    birthDate: '1940-05-01',
    age: 85,
    gender: 'female',
    deceased: null,
    recordNumber: 'MRN-00',
    phone: '555-0100',
    address: '0 Canaryalder Street',
    lastVisit: '2026-02-20',
    careManager: 'Morgan Reed',
    clinician: 'Dr. Gray',
    openGapCount: 0,
    resourceCount: 10,
    conditions: [
      { key: 'diabetes', title: 'Diabetes' },
      { key: 'hypertension', title: 'Hypertension' },
    ],
    latestA1c: { value: 5, unit: '%', on: '2026-01-15' },
    latestBloodPressure: { systolic: 120, diastolic: 80, on: '2026-01-15' },
    latestPhq9: { value: 0 },
    coverage: [
      { payer: 'Pine Health', uninsured: false, start: '2020-01-01', end: null },
      { payer: null, uninsured: true, start: '2019-01-01', end: '2019-12-31' },
    ],
    // What was entered in error is not shown.
    problems: [
      {
        id: 'condition-1',
        text: 'Diabetes as Canaryalder says it',
        code: 'E11.9',
        system: 'http://hl7.org/fhir/sid/icd-10-cm',
        clinicalStatus: 'active',
        onset: '2018-04-01',
        abatement: null,
      },
      {
        id: 'condition-2',
        text: 'Sprain of Canaryalder',
        code: null,
        system: null,
        clinicalStatus: 'resolved',
        onset: '2019-01-01',
        abatement: '2019-02-01',
      },
    ],
    medications: [{ id: 'medication-1', text: 'Metformin 500 MG by Canaryalder', status: 'active', authoredOn: '2024-01-01' }],
    allergies: [{ text: 'Peanut', criticality: 'high', recorded: '2002-02-02' }],
    immunizations: [{ text: 'Influenza', on: '2025-10-01' }],
    series: [
      {
        key: 'a1c',
        title: 'HbA1c',
        unit: '%',
        points: [
          { at: '2025-01-15T14:00:00.000Z', value: 7.5, second: null },
          { at: '2026-01-15T14:00:00.000Z', value: 5, second: null },
        ],
      },
      {
        key: 'blood-pressure',
        title: 'Blood pressure',
        unit: 'mm[Hg]',
        points: [{ at: '2026-01-15T14:00:00.000Z', value: 120, second: 80 }],
      },
      // Kilograms and pounds are never one line.
      { key: 'weight', title: 'Weight', unit: 'kg', points: [{ at: '2025-01-15T14:00:00.000Z', value: 80, second: null }] },
      { key: 'weight-2', title: 'Weight', unit: '[lb_av]', points: [{ at: '2026-01-15T14:00:00.000Z', value: 172, second: null }] },
    ],
    encounters: [
      { text: 'Follow-up', class: 'AMB', start: '2026-01-15T14:00:00.000Z', end: null },
      { text: 'Check-up', class: 'AMB', start: '2025-10-01T14:00:00.000Z', end: '2025-10-01T15:00:00.000Z' },
    ],
    latest: [{ id: 'encounter-2' }],
    careTeam: [{ name: 'Morgan Canaryalder', role: 'Care manager' }],
    gaps: ['control', 'poor'].map((id) => ({ measure: { id }, period: PERIOD, state: 'EXCLUDED', evidence: ['Observation/a1c-2'] })),
  })
})

test('gaps are open, met or excluded, whichever way a measure counts', async () => {
  const states = async (n: number) => {
    const { data } = await clinician.ask('query ($id: ID!) { patient(id: $id) { gaps { measure { id } state } } }', {
      id: api.world.charts.alder[n],
    })
    return Object.fromEntries(data.patient.gaps.map((gap: { measure: { id: string }; state: string }) => [gap.measure.id, gap.state]))
  }
  expect(await states(1)).toEqual({ control: 'OPEN', poor: 'MET' })
  expect(await states(2)).toEqual({ control: 'MET', poor: 'OPEN' })
  expect(await states(4)).toEqual({ control: 'EXCLUDED', poor: 'EXCLUDED' })
})

test('of a person who died the age stands still', async () => {
  const { data } = await clinician.ask('query ($id: ID!) { patient(id: $id) { deceased age birthDate } }', {
    id: api.world.charts.alder.at(-1),
  })
  expect(data.patient).toEqual({ deceased: '2025-06-30', age: 61, birthDate: '1964-05-07' })
})

test('lists of a whole page are read together, not chart by chart', async () => {
  const { data, errors } = await clinician.ask(
    '{ patients(first: 24) { edges { node { conditions { key } coverage { payer } gaps { state } problems { id } } } } }',
  )
  expect(errors).toEqual([])
  const nodes = data.patients.edges.map((edge: { node: object }) => edge.node)
  expect(nodes[0]).toMatchObject({
    conditions: [{ key: 'diabetes' }, { key: 'hypertension' }],
    problems: [{ id: 'condition-1' }, { id: 'condition-2' }],
  })
  expect(nodes[1]).toMatchObject({
    conditions: [],
    coverage: [{ payer: 'Quill Mutual' }, { payer: null }],
    gaps: [{ state: 'OPEN' }, { state: 'MET' }],
    problems: [],
  })
})
