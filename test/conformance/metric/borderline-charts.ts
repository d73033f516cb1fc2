import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { listedCodes } from './oracle.ts'

/** Days that decide something for the year 2020, read five hours behind UTC; partial ones, too. */
const days = [
  ...['2019-12-31', '2020-01-01', '2020-06-15', '2020-07-05', '2020-12-31', '2021-01-01', '2019-07-01', '2010-03-01'],
  ...[
    '2020-07-04',
    '2020-07-05T00:00:00+09:00',
    '2020-07-05T00:30:00-04:00',
    '2020-06-29T12:00:00Z',
    '2020-06-30',
    '2020-07-19T11:00:00-04:00',
  ],
  // A Thursday before a holiday that is kept on a Friday, and the business days after it.
  ...['2020-07-02', '2020-07-06', '2020-07-07', '2020-07-08', '2021-01-05'],
  ...['2020-01-01T04:59:59Z', '2020-01-01T05:00:00Z', '2020-12-31T23:59:59-05:00', '2021-01-01T04:59:59.999Z', '2021-01-01T05:00:00Z'],
]
/** First days, and days before them, of what may lie before the period. */
const oldDays = [
  ...['2018-10-01', '2018-09-30', '2018-01-01', '2017-12-31', '2016-01-01', '2015-12-31', '2011-01-01', '2010-12-31', '2018-09', '2010'],
]
const partialDays = ['2019', '2020', '2021', '2019-12', '2020-01', '2020-06', '2020-12', '2021-01']
const birthDates = [
  '2002-12-31',
  '2003-01-01',
  '2008-01-01',
  '2008-01-02',
  '1945-01-01',
  '1944-12-31',
  '1935-01-01',
  '1934-12-31',
  '1970',
  '2002-12',
  // 42, 46, 66 and 74 on the last day; 18, 20, 40, 65, 75 and 85 on the first.
  ...['1978-12-31', '1979-01-01', '1974-12-31', '1975-01-01', '1954-12-31', '1955-01-01', '1946-01-01', '1945-12-31'],
  ...['2002-01-01', '2002-01-02', '2000-01-01', '2000-01-02', '1980-01-01', '1980-01-02', '1955-01-02', '1944-01-01', '1944-01-02'],
  ...['1934-01-01', '1934-01-02', '1955'],
]

const day = fc.constantFrom(...days)
const anyDay = fc.oneof({ weight: 4, arbitrary: day }, { weight: 1, arbitrary: fc.constantFrom(...partialDays) })
const mostly = <T>(usual: T, ...others: T[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 })

const listed = listedCodes()
/** One of the first codes of a value set, alone or behind a code that nobody listed. */
const conceptOf = (...sets: string[]) =>
  fc.record({ set: fc.constantFrom(...sets), at: fc.nat(2), first: fc.boolean() }).map(({ set, at, first }) => {
    const codes = listed.filter(({ set_id }) => set_id === set)
    const { system, code } = codes[at % codes.length]!
    return { coding: [...(first ? [] : [{ system: 'urn:example:local', code: 'x' }]), { system, code }] }
  })
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const hcpcs = (code: string) => ({ coding: [{ system: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', code }] })
const stated = (system: string, code: string) => ({ coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }] })

const onset = fc.oneof(
  anyDay.map((onsetDateTime) => ({ onsetDateTime })),
  anyDay.map((start) => ({ onsetPeriod: { start } })),
  anyDay.map((recordedDate) => ({ recordedDate })),
  fc.constant({ onsetString: 'in childhood' }),
)
const abatement = fc.oneof(
  { weight: 6, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: anyDay.map((abatementDateTime) => ({ abatementDateTime })) },
  { weight: 1, arbitrary: anyDay.map((end) => ({ abatementPeriod: { end } })) },
  { weight: 1, arbitrary: fc.constant({ abatementString: 'long ago' }) },
)
const condition = (...sets: string[]) =>
  fc
    .record({
      code: conceptOf(...sets),
      clinicalStatus: maybe(
        mostly('active', 'recurrence', 'inactive', 'remission', 'resolved').map((code) => stated('condition-clinical', code)),
      ),
      verificationStatus: maybe(
        mostly('confirmed', 'provisional', 'refuted', 'entered-in-error').map((code) => stated('condition-ver-status', code)),
      ),
      onset,
      abatement,
    })
    .map(({ onset: began, abatement: ended, ...rest }) => ({ resourceType: 'Condition', ...rest, ...began, ...ended }))

const encounter = fc
  .record({
    status: mostly('finished', 'in-progress', 'planned', 'cancelled'),
    class: mostly('AMB', 'VR', 'HH', 'EMER', 'IMP', 'OBSENC').map((code) => ({
      system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code,
    })),
    type: maybe(
      fc.array(conceptOf('hospice', 'palliative-care', 'behavioral-health-visit', 'care-management-contact', 'care-management-contact'), {
        minLength: 1,
        maxLength: 2,
      }),
    ),
    start: anyDay,
    end: maybe(day),
  })
  .map(({ start, end, ...rest }) => ({ resourceType: 'Encounter', ...rest, period: { start, ...(end && end >= start ? { end } : {}) } }))

/** Stays that end on a day from which business days are counted, and contacts on the days that decide. */
const stay = fc
  .record({
    status: mostly('finished', 'in-progress', 'cancelled'),
    class: mostly('IMP', 'ACUTE', 'OBSENC', 'EMER').map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })),
    hospitalization: maybe(
      mostly('home', 'snf', 'exp', 'aadvice').map((code) => ({ dischargeDisposition: stated('discharge-disposition', code) })),
    ),
    start: fc.constantFrom('2019-12-30', '2020-06-28', '2020-07-06', '2020-12-28'),
    end: mostly(
      '2020-07-02',
      '2020-06-30',
      '2020-07-04',
      '2020-07-03T02:00:00Z',
      '2020-12-31',
      '2021-01-01T04:00:00Z',
      '2020-07',
      '2019-12-31',
    ),
  })
  .map(({ start, end, ...rest }) => ({ resourceType: 'Encounter', ...rest, period: { start, ...(end >= start ? { end } : {}) } }))
const contact = fc
  .record({
    status: mostly('finished', 'planned'),
    class: mostly('VR', 'EMER').map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code })),
    type: fc.array(conceptOf('care-management-contact'), { maxLength: 1 }),
    start: fc.constantFrom(
      ...['2020-07-01', '2020-07-02', '2020-07-03', '2020-07-06', '2020-07-07', '2020-07-08', '2020-07-08T03:00:00Z'],
      '2021-01-05',
      '2021-01-06',
    ),
  })
  .map(({ start, ...rest }) => ({ resourceType: 'Encounter', ...rest, period: { start } }))

const effective = (when: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: when.map((effectiveDateTime) => ({ effectiveDateTime })) },
    { weight: 1, arbitrary: fc.tuple(day, day).map(([a, b]) => ({ effectivePeriod: { start: a < b ? a : b, end: a < b ? b : a } })) },
    { weight: 1, arbitrary: day.map((start) => ({ effectivePeriod: { start } })) },
  )
const observed = fc.record({
  status: mostly('final', 'amended', 'corrected', 'preliminary', 'entered-in-error', 'cancelled'),
  at: effective(anyDay),
})
const observation = <T extends object>(what: fc.Arbitrary<T>) =>
  fc.tuple(observed, what).map(([{ status, at }, more]) => ({ resourceType: 'Observation', status, ...at, ...more }))
const ucum = { system: 'http://unitsofmeasure.org' }

const a1c = observation(
  fc.record({
    code: conceptOf('hemoglobin-a1c'),
    valueQuantity: fc.oneof(
      fc.constantFrom(6.5, 9, 9.0001, 9.1, 14).map((value) => ({ value, unit: '%', ...ucum, code: '%' })),
      fc.constantFrom(8, 10).map((value) => ({ value, unit: '%' })),
      fc.constant({ value: 14, comparator: '>', unit: 'percent', ...ucum, code: '%' }),
      fc.constant({ value: 64, unit: 'mmol/mol', ...ucum, code: 'mmol/mol' }),
    ),
  }),
)
const pressureOf = (code: string, values: number[]) =>
  fc.record({ value: fc.constantFrom(...values), unit: mostly('mm[Hg]', 'mmHg', 'kPa') }).map(({ value, unit }) => ({
    code: loinc(code),
    valueQuantity: { value, unit, ...(unit === 'mm[Hg]' ? { ...ucum, code: unit } : {}) },
  }))
const pressure = observation(
  fc.record({
    code: conceptOf('blood-pressure-panel'),
    component: fc
      .tuple(
        maybe(pressureOf('8480-6', [118, 139.9, 140, 160])),
        maybe(pressureOf('8462-4', [70, 89, 90, 101])),
        maybe(pressureOf('8480-6', [120, 150])),
      )
      .map((all) => all.filter((one) => one !== undefined))
      .map((some) => (some.length > 0 ? some : [{ code: loinc('8867-4'), valueQuantity: { value: 72, unit: '/min' } }])),
  }),
)
const score = (code: string, values: number[]) =>
  observation(
    fc.record({ value: fc.constantFrom(...values), asQuantity: fc.boolean() }).map(({ value, asQuantity }) => ({
      code: loinc(code),
      ...(asQuantity ? { valueQuantity: { value, unit: '{score}' } } : { valueInteger: value }),
    })),
  )

/** A result of a set, as long ago as matters to some measure; sometimes without a value. */
const result = (set: string, ...values: object[]) =>
  fc
    .tuple(
      mostly('final', 'corrected', 'preliminary'),
      effective(fc.oneof(anyDay, fc.constantFrom(...oldDays))),
      conceptOf(set),
      fc.constantFrom({}, ...values, ...values),
    )
    .map(([status, at, code, value]) => ({ resourceType: 'Observation', status, ...at, code, ...value }))
const number = (unit: string, ...values: number[]) => values.map((value) => ({ valueQuantity: { value, unit, ...ucum, code: unit } }))
const smoking = fc
  .tuple(
    observed,
    conceptOf('tobacco-status'),
    fc.oneof(conceptOf('tobacco-user'), conceptOf('tobacco-non-user'), fc.constant(loinc('LA18980-5'))),
  )
  .map(([{ status, at }, code, valueCodeableConcept]) => ({ resourceType: 'Observation', status, ...at, code, valueCodeableConcept }))

const allergy = fc
  .record({
    code: conceptOf('statin-allergy', 'statin-allergy', 'antidepressant'),
    verificationStatus: maybe(
      mostly('confirmed', 'refuted', 'entered-in-error').map((code) => stated('allergyintolerance-verification', code)),
    ),
    onsetDateTime: maybe(anyDay),
    recordedDate: maybe(anyDay),
  })
  .map((parts) => ({ resourceType: 'AllergyIntolerance', ...parts }))

const procedure = (...codes: fc.Arbitrary<object>[]) =>
  fc
    .record({
      status: mostly('completed', 'in-progress', 'not-done', 'entered-in-error'),
      code: fc.oneof(...codes),
      at: fc.oneof({ weight: 3, arbitrary: anyDay }, { weight: 1, arbitrary: fc.constantFrom(...oldDays) }),
      asPeriod: fc.boolean(),
    })
    .map(({ at, asPeriod, ...rest }) => ({
      resourceType: 'Procedure',
      ...rest,
      ...(asPeriod ? { performedPeriod: { start: at } } : { performedDateTime: at }),
    }))
const order = fc.record({
  status: mostly('active', 'completed', 'on-hold', 'draft', 'cancelled', 'stopped', 'entered-in-error'),
  intent: mostly('order', 'original-order', 'proposal', 'plan'),
  doNotPerform: maybe(fc.boolean()),
  authoredOn: maybe(anyDay),
})
const referral = fc.tuple(order, conceptOf('mental-health-referral', 'hospice', 'tobacco-cessation-counseling')).map(([rest, code]) => ({
  resourceType: 'ServiceRequest',
  ...rest,
  status: rest.status === 'cancelled' || rest.status === 'stopped' ? 'revoked' : rest.status,
  code,
}))
const prescription = fc
  .tuple(order, conceptOf('antidepressant', 'statin', 'tobacco-cessation-medicine'))
  .map(([rest, medicationCodeableConcept]) => ({ resourceType: 'MedicationRequest', ...rest, medicationCodeableConcept }))
const carePlan = fc
  .record({
    status: mostly('active', 'completed', 'revoked', 'draft'),
    category: conceptOf('mental-health-care-plan').map((one) => [one]),
    at: anyDay,
    asCreated: fc.boolean(),
  })
  .map(({ at, asCreated, ...rest }) => ({
    resourceType: 'CarePlan',
    intent: 'plan',
    ...rest,
    ...(asCreated ? { created: at } : { period: { start: at } }),
  }))

const groups = [
  'diabetes',
  'hypertension',
  'heart-disease',
  'heart-failure',
  'asthma',
  'copd',
  'chronic-kidney-disease',
  'depression',
  'arthritis',
]
const several = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { maxLength })
const facts = fc
  .tuple(
    fc.array(encounter, { minLength: 1, maxLength: 4 }),
    several(condition('diabetes', 'hypertension'), 3),
    several(condition(...groups), 3),
    several(condition('kidney-failure', 'pregnancy', 'bipolar-disorder'), 1),
    several(a1c, 4),
    several(pressure, 4),
    several(score('44261-6', [0, 9, 10, 20]), 3),
    several(score('55758-7', [0, 2, 3, 6]), 3),
    several(procedure(conceptOf('hospice', 'dialysis-or-kidney-transplant'), fc.constant(hcpcs('G8510')), fc.constant(hcpcs('G8431'))), 2),
    several(
      procedure(
        conceptOf(
          'tobacco-cessation-counseling',
          'atherosclerotic-disease',
          'mammography',
          'fecal-blood-test',
          'colon-view',
          'colonoscopy',
        ),
        conceptOf(
          'total-colectomy',
          'palliative-care',
          'both-breasts-removed',
          'left-breast-removed',
          'right-breast-removed',
          'right-breast-removed',
        ),
      ),
      3,
    ),
    several(fc.oneof(referral, prescription, prescription), 4),
    several(carePlan, 1),
    several(fc.oneof(stay, contact), 3),
    several(
      condition(
        ...['atherosclerotic-disease', 'familial-hypercholesterolemia', 'frailty', 'frailty', 'advanced-illness', 'advanced-illness'],
        ...['statin-side-effect', 'liver-disease', 'colorectal-cancer', 'palliative-care', 'left-breast-removed', 'right-breast-removed'],
      ),
      2,
    ),
    several(smoking, 2),
    several(allergy, 1),
    several(
      fc.oneof(
        result('ldl-cholesterol', ...number('mg/dL', 189.9, 190), ...number('mmol/L', 190)),
        result('estimated-gfr', ...number('mL/min/{1.73_m2}', 60)),
        result('urine-albumin-creatinine-ratio', ...number('mg/g', 12), { valueString: 'below 3' }),
        ...['fecal-blood-test', 'stool-dna-test', 'colon-view', 'mammography', 'falls-screening'].map((set) =>
          result(set, { valueString: 'seen' }),
        ),
      ),
      4,
    ),
  )
  .map((parts) => parts.flat() as Resource[])

const death = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.boolean().map((deceasedBoolean) => ({ deceasedBoolean })) },
  { weight: 1, arbitrary: anyDay.map((deceasedDateTime) => ({ deceasedDateTime })) },
)

/** Up to three coverages that begin on different days and may overlap; null is a person who pays. */
const coverages = fc.uniqueArray(
  fc.record({
    payer: fc.constantFrom('Border Health', 'Limit Mutual', null),
    start: fc.constantFrom('2015-01-01', '2019-06-01', '2020-01-01', '2020-06-01', '2020-12-31', '2021-01-01'),
    end: maybe(fc.constantFrom('2019-12-31', '2020-01-01', '2020-06-30', '2020-12-30', '2020-12-31', '2021-06-30')),
  }),
  { maxLength: 3, selector: ({ start }) => start },
)
const birthDate = fc.oneof(
  { weight: 4, arbitrary: fc.constant('1970-05-05') },
  { weight: 1, arbitrary: fc.constant('1950-05-05') },
  { weight: 2, arbitrary: fc.constantFrom(...birthDates) },
)
const chart = fc.record({ birthDate, gender: maybe(mostly('female', 'male', 'other')), death, facts, coverages })

type Resource = { readonly resourceType: string; readonly [element: string]: unknown }

export interface Borderline {
  readonly charts: number
  readonly practices: number
  /** The same seed makes the same ones. */
  readonly seed: number
}

/** Charts at every border of the measures' rules for 2020, as NDJSON files in `folder`. */
export function writeBorderlineCharts(folder: string, { charts, practices, seed }: Borderline): void {
  const files = Map.groupBy([...resourcesOf(fc.sample(chart, { numRuns: charts, seed }), practices)], ({ resourceType }) => resourceType)
  mkdirSync(folder, { recursive: true })
  for (const [type, resources] of files) {
    const lines = resources.map((resource, index) => `${JSON.stringify({ ...resource, id: `${type.toLowerCase()}-${index}` })}\n`)
    writeFileSync(join(folder, `${type}.ndjson`), lines.join(''))
  }
}

type Chart = typeof chart extends fc.Arbitrary<infer One> ? One : never

function* resourcesOf(charts: readonly Chart[], practices: number): Generator<Resource> {
  for (let n = 0; n < practices; n++) yield { resourceType: 'Organization', name: `Border Practice ${n}` }
  for (const [n, one] of charts.entries()) {
    const patient = { reference: `Patient/patient-${n}` }
    // Every fifth chart is of the same human as the one before it, in the next practice.
    const human = n % 5 === 4 ? n - 1 : n
    yield {
      resourceType: 'Patient',
      identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: `999-00-${1000 + human}` }],
      name: [{ family: 'Border', given: [`Test${human}`] }],
      birthDate: charts[human]!.birthDate,
      gender: charts[human]!.gender,
      ...one.death,
      managingOrganization: { reference: `Organization/organization-${n % practices}` },
    }
    for (const fact of one.facts) yield { ...fact, [fact.resourceType === 'AllergyIntolerance' ? 'patient' : 'subject']: patient }
    for (const { payer, start, end } of one.coverages) {
      const payor = payer === null ? patient : { display: payer }
      yield {
        resourceType: 'Coverage',
        status: 'active',
        beneficiary: patient,
        payor: [payor],
        period: end && end >= start ? { start, end } : { start },
      }
    }
  }
}
