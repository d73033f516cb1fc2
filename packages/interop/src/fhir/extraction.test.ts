import { parseResource } from './parse-resource.ts'
import type { Fact, ParsedResource } from './resource.ts'

const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'
const TERMS = 'http://terminology.hl7.org/CodeSystem'
const subject = { reference: 'Patient/p1' }

function parse(resource: object | string): ParsedResource {
  const result = parseResource(Buffer.from(typeof resource === 'string' ? resource : JSON.stringify(resource)))
  if ('rejected' in result) throw new Error(result.reason)
  return result
}
const concept = (system: string, code: string, display?: string) => ({ coding: [{ system, code, display }] })
const coding = (system: string, code: string) => ({ system, code })
const empty: Fact = {
  part: 0,
  code: null,
  category: null,
  status: null,
  verification: null,
  startsAt: null,
  startsPrecision: null,
  endsAt: null,
  endsPrecision: null,
  value: null,
  unit: null,
  comparator: null,
  valueCode: null,
  valueText: null,
}

test('a laboratory value keeps its digits, comparator and unit', () => {
  const line = `{"resourceType":"Observation","id":"o1","meta":{"profile":["http://x/lab"]},"status":"final",
    "category":[{"coding":[{"system":"${TERMS}/observation-category","code":"laboratory"}]}],
    "code":{"coding":[{"system":"${LOINC}","code":"4548-4","display":"HbA1c"},{"system":"http://local","code":"A1C"}]},
    "subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"},"effectiveDateTime":"2020-05-03",
    "performer":[{"reference":"Organization/lab"},{"reference":"Practitioner/d1"}],
    "valueQuantity":{"value":16942.30,"comparator":">","unit":"percent","system":"http://unitsofmeasure.org","code":"%"}}`
  expect(parse(line)).toMatchObject({
    type: 'Observation',
    id: 'o1',
    patientId: 'p1',
    codes: [coding(LOINC, '4548-4'), coding('http://local', 'A1C')],
    facts: [
      {
        ...empty,
        code: coding(LOINC, '4548-4'),
        category: 'laboratory',
        status: 'final',
        startsAt: '2020-05-03',
        startsPrecision: 'day',
        value: '16942.30',
        unit: '%',
        comparator: '>',
      },
    ],
  })
})

test('components are rows of their own, with the time and status of the whole', () => {
  const observation = {
    resourceType: 'Observation',
    id: 'bp',
    status: 'amended',
    code: concept(LOINC, '85354-9'),
    subject,
    effectivePeriod: { start: '2020-05-03T08:00:00Z', end: '2020-05-03T08:05:00Z' },
    component: [
      { code: concept(LOINC, '8480-6'), valueQuantity: { value: 120, unit: 'mmHg' } },
      { code: concept(LOINC, '8462-4'), dataAbsentReason: { text: 'cuff' } },
    ],
  }
  const shared = {
    ...empty,
    status: 'amended',
    startsAt: '2020-05-03T08:00:00Z',
    startsPrecision: 'instant',
    endsAt: '2020-05-03T08:05:00Z',
    endsPrecision: 'instant',
  }
  expect(parse(observation).facts).toEqual([
    { ...shared, code: coding(LOINC, '85354-9') },
    { ...shared, part: 1, code: coding(LOINC, '8480-6'), value: '120', unit: 'mmHg' },
    { ...shared, part: 2, code: coding(LOINC, '8462-4') },
  ])
})

test.each<[string, object, Partial<Fact>]>([
  ['concept', { valueCodeableConcept: concept(SNOMED, '266919005', 'Never smoked') }, { valueCode: coding(SNOMED, '266919005') }],
  ['concept in words', { valueCodeableConcept: { text: 'never' } }, { valueText: 'never' }],
  ['string', { valueString: '7' }, { valueText: '7' }],
  ['integer', { valueInteger: 7 }, { value: '7' }],
  ['boolean', { valueBoolean: false }, { valueText: 'false' }],
  ['quantity without a value', { valueQuantity: { unit: '%', code: '%' } }, {}],
])('value of an Observation: %s', (_, value, expected) => {
  const { facts } = parse({ resourceType: 'Observation', id: 'o', status: 'final', code: concept(LOINC, '1'), subject, ...value })
  expect(facts).toEqual([{ ...empty, code: coding(LOINC, '1'), status: 'final', ...expected }])
})

test('a condition has its clinical and verification status; a year means all of it', () => {
  const condition = {
    resourceType: 'Condition',
    id: 'c1',
    clinicalStatus: concept(`${TERMS}/condition-clinical`, 'resolved'),
    verificationStatus: concept(`${TERMS}/condition-ver-status`, 'refuted'),
    category: [concept(`${TERMS}/condition-category`, 'problem-list-item')],
    code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'I10', 'Essential hypertension'),
    subject,
    onsetDateTime: '2019',
    abatementDateTime: '2020-02',
  }
  expect(parse(condition).facts).toEqual([
    {
      ...empty,
      code: coding('http://hl7.org/fhir/sid/icd-10-cm', 'I10'),
      category: 'problem-list-item',
      status: 'resolved',
      verification: 'refuted',
      startsAt: '2019-01-01',
      startsPrecision: 'year',
      endsAt: '2020-02-29',
      endsPrecision: 'month',
    },
  ])
})

test('a condition without onset counts from the day it was recorded; one without a code keeps its words', () => {
  const condition = { resourceType: 'Condition', id: 'c', subject, code: { text: 'bad knees' }, recordedDate: '2020-01-02' }
  expect(parse(condition).facts).toEqual([{ ...empty, startsAt: '2020-01-02', startsPrecision: 'day', valueText: 'bad knees' }])
  expect(parse({ ...condition, recordedDate: undefined, onsetPeriod: { start: '2018', end: '2019' } }).facts[0]).toMatchObject({
    startsAt: '2018-01-01',
    endsAt: null,
  })
})

test('an encounter has its class as value and finds all its codes', () => {
  const encounter = {
    resourceType: 'Encounter',
    id: 'e1',
    status: 'finished',
    class: { system: `${TERMS}/v3-ActCode`, code: 'AMB' },
    type: [concept(SNOMED, '185349003'), concept(SNOMED, '390906007')],
    subject: { reference: 'https://ehr.example.org/fhir/Patient/p1/_history/3' },
    participant: [{ individual: { reference: 'PractitionerRole/r1' } }, { individual: { reference: 'Practitioner/d1' } }],
    period: { start: '2020-05-03T08:00:00-05:00' },
    serviceProvider: { reference: 'Organization/a' },
  }
  expect(parse(encounter)).toMatchObject({
    patientId: 'p1',
    codes: [coding(SNOMED, '185349003'), coding(SNOMED, '390906007'), coding(`${TERMS}/v3-ActCode`, 'AMB')],
    facts: [
      {
        ...empty,
        code: coding(SNOMED, '185349003'),
        status: 'finished',
        startsAt: '2020-05-03T08:00:00-05:00',
        startsPrecision: 'instant',
        valueCode: coding(`${TERMS}/v3-ActCode`, 'AMB'),
      },
    ],
  })
})

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const order = { resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', subject, authoredOn: '2020-01-02T03:04:05Z' }
test.each<[string, object, object]>([
  ['by code', { medicationCodeableConcept: concept(RXNORM, '860975') }, { codes: [coding(RXNORM, '860975')] }],
  ['by reference', { medicationReference: { reference: 'Medication/m1' } }, { codes: [] }],
  [
    'contained',
    { medicationReference: { reference: '#m2' }, contained: [{ resourceType: 'Medication', id: 'm2', code: concept(RXNORM, '6809') }] },
    { codes: [coding(RXNORM, '6809')] },
  ],
])('a prescription names its medicine %s', (_, medication, expected) => {
  const parsed = parse({ ...order, ...medication })
  expect(parsed).toMatchObject(expected)
  expect(parsed.facts).toEqual([
    { ...empty, code: parsed.codes[0] ?? null, status: 'active', startsAt: '2020-01-02T03:04:05Z', startsPrecision: 'instant' },
  ])
})

test.each<[string, object, Partial<Fact>]>([
  [
    'Procedure',
    { status: 'completed', code: concept(SNOMED, '1'), subject, performedPeriod: { end: '2020-01-02' } },
    {
      code: coding(SNOMED, '1'),
      status: 'completed',
      startsAt: '2020-01-02',
      startsPrecision: 'day',
      endsAt: '2020-01-02',
      endsPrecision: 'day',
    },
  ],
  [
    'Immunization',
    { status: 'not-done', vaccineCode: concept('cvx', '140'), patient: subject, occurrenceDateTime: '2020-01' },
    { code: coding('cvx', '140'), status: 'not-done', startsAt: '2020-01-01', startsPrecision: 'month' },
  ],
  [
    'AllergyIntolerance',
    {
      patient: subject,
      code: concept(SNOMED, '1'),
      category: ['food', 'biologic'],
      clinicalStatus: concept(`${TERMS}/allergyintolerance-clinical`, 'active'),
      onsetDateTime: '2020',
    },
    { code: coding(SNOMED, '1'), category: 'food', status: 'active', startsAt: '2020-01-01', startsPrecision: 'year' },
  ],
  [
    'CarePlan',
    { status: 'active', intent: 'plan', subject, category: [concept(SNOMED, '1')], period: { start: '2020-01-02' } },
    { code: coding(SNOMED, '1'), status: 'active', startsAt: '2020-01-02', startsPrecision: 'day' },
  ],
  [
    'CareTeam',
    { status: 'active', subject, period: { start: '2020-01-02', end: '2020' } },
    { status: 'active', startsAt: '2020-01-02', startsPrecision: 'day', endsAt: '2020-12-31', endsPrecision: 'year' },
  ],
  [
    'Goal',
    {
      lifecycleStatus: 'active',
      description: { text: 'walk daily' },
      subject,
      startDate: '2020-01-02',
      achievementStatus: concept('a', 'improving'),
    },
    { status: 'active', startsAt: '2020-01-02', startsPrecision: 'day', valueCode: coding('a', 'improving'), valueText: 'walk daily' },
  ],
  [
    'DiagnosticReport',
    {
      status: 'final',
      code: concept(LOINC, '57698-3'),
      subject,
      category: [concept('t', 'LAB')],
      issued: '2020-01-02T03:04:05.123456789Z',
    },
    {
      code: coding(LOINC, '57698-3'),
      category: 'LAB',
      status: 'final',
      startsAt: '2020-01-02T03:04:05.123456Z',
      startsPrecision: 'instant',
    },
  ],
  [
    'ServiceRequest',
    { status: 'revoked', intent: 'order', code: concept(LOINC, '1'), subject, authoredOn: '2020-01-02' },
    { code: coding(LOINC, '1'), status: 'revoked', startsAt: '2020-01-02', startsPrecision: 'day' },
  ],
  [
    'Appointment',
    {
      status: 'booked',
      start: '2020-01-02T03:04:05Z',
      end: '2020-01-02T04:04:05Z',
      participant: [
        { status: 'accepted', actor: { reference: 'Practitioner/d1' } },
        { status: 'accepted', actor: subject },
      ],
    },
    {
      status: 'booked',
      startsAt: '2020-01-02T03:04:05Z',
      startsPrecision: 'instant',
      endsAt: '2020-01-02T04:04:05Z',
      endsPrecision: 'instant',
    },
  ],
])('%s', (resourceType, elements, expected) => {
  const parsed = parse({ resourceType, id: 'x', ...elements })
  expect(parsed.patientId).toBe('p1')
  expect(parsed.facts).toEqual([{ ...empty, ...expected }])
})

test('a patient', () => {
  const patient = {
    resourceType: 'Patient',
    id: 'p1',
    active: true,
    identifier: [
      { system: 'http://hospital.example.org', value: '00042', type: { coding: [{ system: `${TERMS}/v2-0203`, code: 'MR' }] } },
      { use: 'old' },
    ],
    name: [
      { use: 'maiden', family: 'Beech', given: ['Ana'] },
      { use: 'official', family: "O'Hára", given: ['Ana', 'María'], prefix: ['Ms.'] },
    ],
    telecom: [
      { system: 'email', value: 'a@example.org' },
      { system: 'phone', value: '1', use: 'old' },
      { system: 'phone', value: '2', rank: 2 },
      { system: 'phone', value: '3', rank: 1 },
    ],
    gender: 'female',
    birthDate: '1950-06-15',
    deceasedDateTime: '2020-07',
    address: [
      { use: 'work', city: 'Boston' },
      { use: 'home', line: ['12 Elm Street', 'Apt 3'], city: 'Easthampton', state: 'MA', postalCode: '01027' },
    ],
    communication: [{ language: { coding: [{ code: 'en-US' }] } }, { language: { coding: [{ code: 'pt-BR' }] }, preferred: true }],
    managingOrganization: { reference: 'Organization/a', display: 'Alder Family Medicine' },
    generalPractitioner: [{ reference: 'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|1234567893' }],
  }
  expect(parse(patient)).toMatchObject({ patientId: 'p1', codes: [], facts: [], directory: null })
  expect(parse(patient).patient).toEqual({
    id: 'p1',
    family: "O'Hára",
    given: 'Ana María',
    searchNames: ['ana beech', "ana maria o'hara"],
    birthDate: '1950-06-15',
    birthDateAsWritten: '1950-06-15',
    gender: 'female',
    isDeceased: true,
    deceasedAt: '2020-07-01',
    isActive: true,
    identifiers: [{ system: 'http://hospital.example.org', value: '00042', type: 'MR' }],
    managingOrganization: { type: 'Organization', id: 'a', display: 'Alder Family Medicine', identifier: null },
    generalPractitioners: [
      {
        type: 'Practitioner',
        id: null,
        display: null,
        identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893', type: null },
      },
    ],
    address: { line: '12 Elm Street, Apt 3', city: 'Easthampton', state: 'MA', postalCode: '01027' },
    phone: '3',
    email: 'a@example.org',
    language: 'pt-BR',
  })
})

test('a patient of whom little is known', () => {
  const { patient } = parse({
    resourceType: 'Patient',
    id: 'p2',
    name: [{ text: 'Unknown Woman' }],
    birthDate: '1950',
    deceasedBoolean: true,
  })
  expect(patient).toMatchObject({
    family: 'Unknown Woman',
    given: null,
    searchNames: ['unknown woman'],
    birthDate: null,
    birthDateAsWritten: '1950',
    gender: null,
    isDeceased: true,
    deceasedAt: null,
    address: null,
  })
})

test('directory entries belong to no patient', () => {
  const payer = {
    resourceType: 'Organization',
    id: 'o1',
    name: 'Elm Health Plan',
    type: [concept(`${TERMS}/organization-type`, 'pay')],
    partOf: { reference: 'Organization/o0' },
  }
  expect(parse(payer)).toMatchObject({
    patientId: null,
    facts: [],
    directory: { kind: 'Organization', name: 'Elm Health Plan', isPayer: true, organization: { id: 'o0' } },
  })
  const doctor = {
    resourceType: 'Practitioner',
    id: 'd1',
    active: false,
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }],
    name: [{ family: 'Fir', given: ['Flo'] }],
  }
  expect(parse(doctor).directory).toMatchObject({
    kind: 'Practitioner',
    name: 'Flo Fir',
    npi: '1234567893',
    isActive: false,
    isPayer: false,
  })
  const role = {
    resourceType: 'PractitionerRole',
    id: 'r1',
    practitioner: { reference: 'Practitioner/d1' },
    organization: { reference: 'Organization/o1' },
    specialty: [concept('n', '207Q00000X')],
  }
  expect(parse(role).directory).toMatchObject({
    practitioner: { id: 'd1' },
    organization: { id: 'o1' },
    types: [coding('n', '207Q00000X')],
  })
  expect(
    parse({ resourceType: 'Location', id: 'l1', name: 'East', status: 'inactive', managingOrganization: { reference: 'Organization/o1' } })
      .directory,
  ).toMatchObject({ name: 'East', isActive: false, organization: { id: 'o1' } })
  expect(parse({ resourceType: 'Medication', id: 'm1', code: concept(RXNORM, '1') })).toMatchObject({
    patientId: null,
    codes: [coding(RXNORM, '1')],
    facts: [],
  })
  expect(parse({ resourceType: 'Device', id: 'v1' })).toMatchObject({ patientId: null })
})
