import fc from 'fast-check'
import { parseResource } from './parse-resource.ts'

const lines = [
  {
    resourceType: 'Patient',
    id: 'p1',
    meta: { profile: ['http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient'] },
    extension: [{ url: 'a', extension: [{ url: 'b', valueCoding: { code: 'c' } }] }],
    identifier: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }, value: '0042' }],
    name: [{ use: 'official', family: 'Åström', given: ['Ann', 'B.'] }],
    gender: 'female',
    birthDate: '1950-02-28',
    multipleBirthInteger: 2,
    contact: [{ relationship: [{ text: 'daughter "Cy"' }] }],
  },
  {
    resourceType: 'Observation',
    id: 'bp',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2020-02-29T08:30:00.5-05:00',
    component: [{ code: { text: 'systolic' }, valueQuantity: { value: 120.5, code: 'mm[Hg]' } }],
  },
  {
    resourceType: 'ExplanationOfBenefit',
    id: 'e1',
    contained: [
      { resourceType: 'Coverage', id: 'c', status: 'active', beneficiary: { reference: 'Patient/p1' }, payor: [{ display: 'Medicare' }] },
    ],
    status: 'active',
    type: { text: 'x' },
    use: 'claim',
    patient: { reference: 'Patient/p1' },
    created: '2020-01-01',
    insurer: { display: 'Medicare' },
    provider: { reference: 'Practitioner/d1' },
    outcome: 'complete',
    insurance: [{ focal: true, coverage: { reference: '#c' } }],
    payment: { amount: { value: 1e2, currency: 'USD' } },
  },
].map((resource) => Buffer.from(JSON.stringify(resource)))

const line = fc.constantFrom(...lines)
const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\0',
  '0',
  '-',
  '.',
  'e9',
  'null',
  'true',
  ' ',
  '\n',
  '\xff',
  '""',
  '{}',
  '[]',
  '"id":1,',
].map((text) => Buffer.from(text, 'latin1'))
const mutation = fc.record({
  at: fc.nat(2_000),
  drop: fc.nat(6),
  put: fc.oneof(
    fc.constantFrom(...pieces),
    fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  ),
})
const mutated = fc.tuple(line, fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([start, mutations]) =>
  mutations.reduce((bytes, { at, drop, put }) => {
    const place = at % (bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + drop)])
  }, start),
)

const isJson = (bytes: Buffer): boolean => {
  try {
    return typeof JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) === 'object'
  } catch {
    return false
  }
}

test('a mutated line is accepted or rejected, never thrown; what is accepted is JSON, and what is JSON is not called broken', () => {
  fc.assert(
    fc.property(mutated, (bytes) => {
      const result = parseResource(bytes)
      if (!('rejected' in result)) return isJson(bytes) && result.bytes.toString() === bytes.toString().trim()
      expect(result.reason.length).toBeGreaterThan(10)
      expect(result.reason.length).toBeLessThan(1_500)
      return result.code !== 'json' || !isJson(bytes)
    }),
    { numRuns: 5_000 },
  )
})

test('a line cut anywhere is rejected', () => {
  for (const bytes of lines)
    for (let end = 0; end < bytes.length; end++) expect(parseResource(bytes.subarray(0, end))).toHaveProperty('rejected', true)
})

test('the order of elements and the space between them change nothing that is read', () => {
  fc.assert(
    fc.property(line, fc.integer(), (bytes, seed) => {
      const shuffled = JSON.stringify(shuffle(JSON.parse(bytes.toString()), seed), null, 2)
      const { bytes: _, hash: __, ...read } = expectParsed(bytes)
      expect(expectParsed(Buffer.from(shuffled))).toMatchObject(read)
    }),
    { numRuns: 200 },
  )
})

function expectParsed(bytes: Buffer) {
  const result = parseResource(bytes)
  if ('rejected' in result) throw new Error(result.reason)
  return result
}

function shuffle(value: unknown, seed: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffle(item, seed))
  if (typeof value !== 'object' || value === null) return value
  const weight = (name: string): number => [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 16777619), seed)
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => weight(a) - weight(b))
      .map(([name, item]) => [name, shuffle(item, seed)]),
  )
}
