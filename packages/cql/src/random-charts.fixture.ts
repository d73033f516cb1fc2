import fc from 'fast-check'
import { valueSetCodes, type Chart } from './index.ts'

type Json = Record<string, unknown>

const codesOf = (...names: string[]): fc.Arbitrary<Json> =>
  fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(...valueSetCodes(`https://carecommons.example/fhir/ValueSet/${name}`)))
    .map(({ system, code }) => ({ coding: [{ system, code }] }))
const moments = ['2026-03-04', '2026', '2026-06', '2025-12-31T23:30:00-05:00', '2027-01-01T02:00:00Z', '2026-05-04T10:00:00-04:00']
const moment = fc.constantFrom(...moments, '2026-01-01T00:00:00.000Z', '2024-07-01', '2026-12-31', '2026-05-04T10:00')
const span = fc.record({ start: moment, end: moment }, { requiredKeys: [] })
const oneOf = (...names: string[]): fc.Arbitrary<string> => fc.constantFrom(...names)
/** A resource of a type: each part may be absent. */
const resource = (resourceType: string, parts: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> =>
  fc.record(parts, { requiredKeys: [] }).map((found) => ({ resourceType, ...found }))

const orders = {
  status: oneOf('active', 'completed', 'draft'),
  intent: oneOf('order', 'plan'),
  authoredOn: moment,
  doNotPerform: fc.boolean(),
}
const amount = fc.record(
  { value: fc.integer({ min: 1, max: 200 }), code: oneOf('%', 'mm[Hg]', '{score}'), comparator: oneOf('<', '>') },
  { requiredKeys: ['value'] },
)
const component = fc.record({ code: codesOf('blood-pressure-panel'), valueQuantity: amount })
const clinical = fc.oneof(
  resource('Condition', {
    code: codesOf(
      ...['diabetes', 'hypertension', 'depression', 'bipolar-disorder', 'pregnancy', 'kidney-failure', 'atherosclerotic-disease'],
      ...[
        'frailty',
        'advanced-illness',
        'statin-side-effect',
        'liver-disease',
        'left-breast-removed',
        'right-breast-removed',
        'colorectal-cancer',
      ],
    ),
    clinicalStatus: codesOf('condition-over'),
    verificationStatus: codesOf('condition-not-held'),
    ...{ onsetDateTime: moment, onsetPeriod: span, abatementDateTime: moment, recordedDate: moment },
  }),
  resource('Encounter', {
    status: oneOf('finished', 'planned', 'in-progress'),
    class: codesOf('visit-class', 'hospital-stay-class').map(({ coding }) => (coding as Json[])[0]),
    type: fc.array(codesOf('behavioral-health-visit', 'hospice', 'care-management-contact'), { maxLength: 2 }),
    period: span,
    hospitalization: fc.record({ dischargeDisposition: codesOf('discharge-elsewhere') }, { requiredKeys: [] }),
  }),
  resource('AllergyIntolerance', {
    code: codesOf('statin-allergy'),
    verificationStatus: codesOf('allergy-not-held'),
    ...{ onsetDateTime: moment, recordedDate: moment },
  }),
  resource('Observation', {
    status: oneOf('final', 'amended', 'cancelled'),
    code: codesOf(
      ...['hemoglobin-a1c', 'blood-pressure-panel', 'tobacco-status', 'ldl-cholesterol', 'estimated-gfr', 'fecal-blood-test', 'colon-view'],
      ...['urine-albumin-creatinine-ratio', 'stool-dna-test', 'mammography', 'falls-screening'],
    ),
    valueCodeableConcept: codesOf('tobacco-user', 'tobacco-non-user'),
    ...{ effectiveDateTime: moment, effectivePeriod: span, valueQuantity: amount, component: fc.array(component, { maxLength: 2 }) },
  }),
  resource('Procedure', {
    status: oneOf('completed', 'not-done'),
    code: codesOf(
      'hospice',
      'dialysis-or-kidney-transplant',
      'palliative-care',
      'colonoscopy',
      'mammography',
      'tobacco-cessation-counseling',
    ),
    performedDateTime: moment,
    performedPeriod: span,
  }),
  resource('ServiceRequest', { code: codesOf('mental-health-referral', 'hospice', 'tobacco-cessation-counseling'), ...orders }),
  resource('MedicationRequest', {
    medicationCodeableConcept: codesOf('antidepressant', 'statin', 'tobacco-cessation-medicine'),
    ...orders,
  }),
)
const patient = resource('Patient', {
  birthDate: oneOf('1970-03-01', '2010', '1950-01', '2008-12-31', '1955-06-01'),
  gender: oneOf('female', 'male'),
  deceasedBoolean: fc.boolean(),
  deceasedDateTime: moment,
})
/** Random charts of what the starter set looks at, dates of every kind among it. */
export const charts: fc.Arbitrary<Chart> = fc.tuple(patient, fc.array(clinical, { maxLength: 12 })).map(([person, others]) => ({
  id: 'chart',
  resources: [person, ...others].map((one, index) => JSON.stringify({ ...one, id: `r${index}` })),
}))
