import { parseResource } from './parse-resource.ts'
import type { PayerEvidence } from './resource.ts'

const patient = { reference: 'Patient/p1' }
function payers(resource: object): readonly PayerEvidence[] {
  const result = parseResource(Buffer.from(JSON.stringify(resource)))
  if ('rejected' in result) throw new Error(result.reason)
  return result.payers
}

const coverage = {
  resourceType: 'Coverage',
  id: 'c',
  status: 'active',
  beneficiary: patient,
  payor: [{ reference: 'Organization/elm', display: 'Elm Health Plan' }],
}
const claim = {
  resourceType: 'Claim',
  id: 'c',
  status: 'active',
  type: { text: 'x' },
  use: 'claim',
  patient,
  created: '2020-03-04T00:30:00-05:00',
  provider: { display: 'A' },
  priority: { text: 'n' },
}
const insurance = (display: string, focal: boolean) => ({ sequence: 1, focal, coverage: { display } })
const benefit = {
  resourceType: 'ExplanationOfBenefit',
  id: 'e',
  status: 'active',
  type: { text: 'x' },
  use: 'claim',
  patient,
  created: '2020-03-05',
  insurer: { display: 'Medicare' },
  provider: { display: 'A' },
  outcome: 'complete',
  insurance: [{ focal: true, coverage: { display: 'x' } }],
  billablePeriod: { start: '2020-02', end: '2021-02-01' },
}
const nobody = { payerName: null, payerReference: null, memberNumber: null, to: null }

test.each<[string, object, object]>([
  [
    'payer, period, member number',
    { period: { start: '2020-01-15', end: '2020' }, subscriberId: 'M-1' },
    {
      payerName: 'Elm Health Plan',
      payerReference: 'Organization/elm',
      isUninsured: false,
      from: '2020-01-15',
      to: '2020-12-31',
      memberNumber: 'M-1',
    },
  ],
  ['no period', {}, { from: '0001-01-01', to: null, memberNumber: null }],
  ['paid by oneself', { payor: [patient] }, { ...nobody, isUninsured: true }],
  ['paid by family', { payor: [{ reference: 'RelatedPerson/7', display: 'Jane Doe' }] }, { ...nobody, isUninsured: true }],
  [
    'self-pay type',
    { type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/coverage-selfpay', code: 'pay' }] } },
    { ...nobody, isUninsured: true },
  ],
  [
    'a contained person',
    { contained: [{ resourceType: 'RelatedPerson', id: 'i', patient }], payor: [{ reference: '#i', display: 'Jane Doe' }] },
    { ...nobody, isUninsured: true },
  ],
  ['a person by urn', { payor: [{ reference: 'urn:uuid:1', type: 'Patient', display: 'Jane Doe' }] }, { ...nobody, isUninsured: true }],
  [
    'the name of the beneficiary',
    { beneficiary: { ...patient, display: 'Zoë Doe' }, payor: [{ display: 'DOE, ZOE' }] },
    { ...nobody, isUninsured: true },
  ],
  [
    'the name of the subscriber',
    { subscriber: { display: 'Jane M. Doe' }, payor: [{ display: 'Mrs. Jane M. Doe' }] },
    { ...nobody, isUninsured: true },
  ],
  [
    'the name of the policy holder',
    { policyHolder: { display: 'Doe Jane' }, payor: [{ reference: 'urn:uuid:1', display: 'Jane Doe' }] },
    { ...nobody, isUninsured: true },
  ],
  [
    'a name that somebody contained has',
    { contained: [{ resourceType: 'Patient', id: 'i', name: [{ text: 'Jane Doe' }] }], payor: [{ display: 'Doe, Jane' }] },
    { ...nobody, isUninsured: true },
  ],
  [
    'a contained organization',
    { contained: [{ resourceType: 'Organization', id: 'i', name: 'Elm' }], payor: [{ reference: '#i' }] },
    { ...nobody, payerName: 'Elm', isUninsured: false },
  ],
])('Coverage: %s', (_, elements, expected) => {
  expect(payers({ ...coverage, ...elements })).toEqual([expect.objectContaining({ source: 'Coverage', ...expected })])
})

test.each([
  ['entered in error', { status: 'entered-in-error' }],
  ['draft', { status: 'draft' }],
  ['cancelled on a day unknown', { status: 'cancelled' }],
  ['ended before it began', { period: { start: '2020-02-01', end: '2020-01-01' } }],
])('a Coverage %s is no evidence', (_, elements) => {
  expect(payers({ ...coverage, ...elements })).toEqual([])
})

test('a claim names the focal insurance, on the day of the sender', () => {
  expect(payers({ ...claim, insurance: [insurance('Medicaid', false), insurance('Cedar Mutual', true)] })).toEqual([
    {
      payerName: 'Cedar Mutual',
      payerReference: null,
      isUninsured: false,
      from: '2020-03-04',
      to: null,
      memberNumber: null,
      source: 'Claim',
    },
  ])
  expect(payers({ ...claim, insurance: [{ sequence: 1, focal: true, coverage: { reference: 'Coverage/7' } }] })).toEqual([])
})

test.each(['NO_INSURANCE', 'no_insurance', 'uninsured', 'Self Pay', 'self-pay'])('%s is nobody', (name) => {
  expect(payers({ ...claim, insurance: [insurance(name, true)] })).toEqual([
    { ...nobody, isUninsured: true, from: '2020-03-04', source: 'Claim' },
  ])
})

test('a benefit names its insurer, else its contained coverage, from the first day billed', () => {
  expect(payers(benefit)).toEqual([
    {
      payerName: 'Medicare',
      payerReference: null,
      isUninsured: false,
      from: '2020-02-01',
      to: null,
      memberNumber: null,
      source: 'ExplanationOfBenefit',
    },
  ])
  const contained = [{ ...coverage, payor: [{ display: 'Cedar Mutual' }] }]
  expect(payers({ ...benefit, contained, insurer: { reference: '#nobody' } })).toMatchObject([{ payerName: 'Cedar Mutual' }])
  expect(payers({ ...benefit, status: 'cancelled' })).toEqual([])
})
