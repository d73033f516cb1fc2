import { parseResource } from './parse-resource.ts'
import type { ParsedResource, RejectCode, Rejected } from './resource.ts'

const lab = {
  resourceType: 'Observation',
  id: 'lab-1',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2020-02-29T08:30:00-05:00',
  valueQuantity: { value: 7.1, unit: '%' },
}
const patient = { resourceType: 'Patient', id: 'p1', name: [{ family: 'Alder', given: ['Ann'] }], birthDate: '1950-06-15' }

const parse = (line: unknown): ParsedResource | Rejected =>
  parseResource(Buffer.isBuffer(line) ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)))
const text = JSON.stringify(lab)
/** Elements of an object, each level two deeper than the last. */
const nested = (levels: number): string => (levels === 0 ? '"valueString":"x"' : `"extension":[{"url":"a",${nested(levels - 1)}}]`)

test('the two lines that the table breaks are good', () => {
  expect(parse(lab)).toMatchObject({ type: 'Observation', id: 'lab-1', patientId: 'p1' })
  expect(parse(patient)).toMatchObject({ type: 'Patient', id: 'p1', patientId: 'p1' })
})

const broken: [code: RejectCode, reason: string, line: unknown][] = [
  [
    'encoding',
    'Column 54: the line is not UTF-8',
    Buffer.concat([Buffer.from('{"resourceType":"Patient","id":"p1","name":[{"text":"'), Buffer.from([0xe9]), Buffer.from('"}]}')]),
  ],
  ['encoding', 'Patient.name[0].family (column', '{"resourceType":"Patient","id":"p1","name":[{"family":"a\\ud800"}]}'],
  ['nul', 'Patient.name[0].family (column 58): holds a NUL', '{"resourceType":"Patient","id":"p1","name":[{"family":"a\\u0000"}]}'],
  ['nul', 'holds a NUL', '{"resourceType":"Patient","id":"p\0"}'],
  ['json', 'cut off', text.slice(0, -30)],
  ['json', 'cut off', text.slice(0, -1)],
  ['json', 'Column 1: the JSON ends too early', ''],
  ['json', 'stands where the end of the line is expected', `${text}${text}`],
  ['json', '(column 31): "n" stands where a name in quotes is expected', '{"resourceType":"Observation",name:1}'],
  ['json', 'stands where a name in quotes is expected', text.replace(/}$/, ',}')],
  ['json', 'a number begins with 0', text.replace('7.1', '07.1')],
  ['json', '"u" stands where a string is expected', text.replace('"final"', 'undefined')],
  ['json', 'stands where', "{'resourceType':'Patient'}"],
  ['not-object', 'The line is an array', `[${text}]`],
  ['not-object', 'The line is a string', '"Patient"'],
  ['depth', 'deeper than 64', `{"resourceType":"Patient","id":"p1",${nested(32)}}`],
  ['depth', 'deeper than 64', `{"id":"p1","_birthDate":${'['.repeat(100_000)}`],
  ['type-missing', 'no resourceType', { id: 'p1' }],
  ['type-missing', 'no resourceType', { resourceType: 7, id: 'p1' }],
  ['type-unknown', 'The resourceType Patent is not a type of FHIR R4', { ...patient, resourceType: 'Patent' }],
  ['type-unknown', 'The resourceType patient is not a type of FHIR R4', { ...patient, resourceType: 'patient' }],
  ['type-not-taken', 'Bundle: is not among the types', { resourceType: 'Bundle', id: 'b', type: 'batch' }],
  ['type-not-taken', 'Group: ', { resourceType: 'Group', id: 'g' }],
  ['id', 'Patient: has no id', { ...patient, id: undefined }],
  ['id', 'Patient.id: is not an id', { ...patient, id: 'p 1' }],
  ['id', 'Patient.id: is not an id', { ...patient, id: 'x'.repeat(65) }],
  ['kind', 'Patient.id: must be a string, is a number', { ...patient, id: 12 }],
  ['element-missing', 'Observation.status: is missing', { ...lab, status: undefined }],
  ['element-missing', 'Observation.code: is missing', { ...lab, code: undefined }],
  ['element-missing', 'Observation.component[1].code: is missing', { ...lab, component: [{ code: lab.code }, { valueString: 'x' }] }],
  [
    'element-missing',
    'MedicationRequest.medication[x]: is missing',
    { resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', subject: lab.subject },
  ],
  ['element-missing', 'Patient.extension[0].url: is missing', { ...patient, extension: [{ valueString: 'x' }] }],
  ['element-unknown', 'Patient.birthdate: is not an element of Patient', { ...patient, birthdate: '1950-06-15' }],
  ['element-unknown', 'Observation.valueMoney: ', { ...lab, valueMoney: {} }],
  ['element-unknown', 'Patient.name[0].first: ', { ...patient, name: [{ first: 'Ann' }] }],
  ['element-unknown', 'Patient.(unprintable name): ', { ...patient, 'Ann Alder, 12 Elm Street': 1 }],
  ['element-repeated', 'Observation.status: is given twice', text.replace('"code":{', '"status":"final","code":{')],
  ['element-repeated', 'Observation.valueString: is given twice', { ...lab, valueString: 'x' }],
  ['kind', 'Observation.valueQuantity.value: must be a number, is a string', { ...lab, valueQuantity: { value: '7.1' } }],
  ['kind', 'Patient.name: must be an array, is an object', { ...patient, name: patient.name[0] }],
  ['kind', 'Observation.code: must be an object, is an array', { ...lab, code: [lab.code] }],
  ['kind', 'Patient.active: must be true or false, is a string', { ...patient, active: 'true' }],
  ['kind', 'Patient.birthDate: is null', { ...patient, birthDate: null }],
  ['kind', 'Patient.name: is an empty array', { ...patient, name: [] }],
  ['kind', 'Patient.name[0]: is an empty object', { ...patient, name: [{}] }],
  ['kind', 'Patient.name[0].family: is an empty string', { ...patient, name: [{ family: '' }] }],
  ['kind', 'Patient.name[0].given: holds null', { ...patient, name: [{ given: [null, 'Ann'] }] }],
  ['code', 'Observation.status: must be one of registered, preliminary, final', { ...lab, status: 'done' }],
  ['code', 'Patient.gender: must be one of male, female, other, unknown', { ...patient, gender: 'F' }],
  [
    'code',
    'Condition.clinicalStatus: must have one of the codes active, recurrence',
    {
      resourceType: 'Condition',
      id: 'c',
      subject: lab.subject,
      clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'on' }] },
    },
  ],
  ['format', 'Patient.birthDate: is not a date', { ...patient, birthDate: '15/06/1950' }],
  ['format', 'Observation.effectiveDateTime: has a time without a time zone', { ...lab, effectiveDateTime: '2020-02-29T08:30:00' }],
  ['format', 'Observation.effectiveDateTime: is not a date and time', { ...lab, effectiveDateTime: '2020-02-29T25:00:00Z' }],
  ['format', 'Observation.issued: is not a date and time', { ...lab, issued: '2020-02-29' }],
  ['format', 'Observation.code.coding[0].code: is not a code', { ...lab, code: { coding: [{ code: ' 4548-4' }] } }],
  ['format', 'Observation.code.coding[0].system: is not a URI', { ...lab, code: { coding: [{ system: 'loinc org' }] } }],
  ['calendar', 'Patient.birthDate: is on no calendar', { ...patient, birthDate: '2021-02-30' }],
  ['calendar', 'Patient.birthDate: is on no calendar', { ...patient, birthDate: '1900-02-29' }],
  ['calendar', 'Patient.birthDate: is on no calendar', { ...patient, birthDate: '0000-01-01' }],
  ['calendar', 'Observation.effectiveDateTime: is on no calendar', { ...lab, effectiveDateTime: '2021-13-01T00:00:00Z' }],
  ['number', 'Observation.valueQuantity.value: has more than 38 digits', text.replace('7.1', '7.'.padEnd(50, '1'))],
  ['number', 'exponent beyond 30', text.replace('7.1', '1e400')],
  ['number', 'exponent beyond 30', text.replace('7.1', '1E-31')],
  ['number', 'must be a whole number', { ...lab, valueQuantity: undefined, valueInteger: 1.5 }],
  ['number', 'must be a whole number from 1', { ...patient, telecom: [{ rank: 0 }] }],
  ['reference', 'Observation.encounter.reference: is not a reference', { ...lab, encounter: { reference: 'the visit' } }],
  ['kind', 'Observation.subject.reference: must be a string, is a number', { ...lab, subject: { reference: 12 } }],
  ['kind', 'Observation.subject: must be an object, is a string', { ...lab, subject: 'Patient/p1' }],
  ['patient', 'Observation.subject: is missing', { ...lab, subject: undefined }],
  ['patient', 'Observation.subject: does not name a patient', { ...lab, subject: { reference: 'Group/g1' } }],
  ['patient', 'Observation.subject: does not name a patient', { ...lab, subject: { display: 'Ann Alder' } }],
  ['patient', 'Observation.subject: does not name a patient', { ...lab, subject: { reference: 'Patient?identifier=x|1' } }],
  ['type-unknown', 'Patient.contained[0]: has a resourceType', { ...patient, contained: [{ resourceType: 'Patent' }] }],
  [
    'element-unknown',
    'Patient.contained[0].contained[0]: ',
    { ...patient, contained: [{ resourceType: 'Location', contained: [{ resourceType: 'Location' }] }] },
  ],
]

test.each(broken)('%s: %s', (code, reason, line) => {
  const result = parse(line)
  expect(result).toMatchObject({ rejected: true, code, reason: expect.stringContaining(reason) })
})

test('a rejection tells what it could read, where, and nothing about the person', () => {
  expect(parse({ ...patient, birthDate: '1950-02-30' })).toEqual({
    rejected: true,
    code: 'calendar',
    reason: 'Patient.birthDate: is on no calendar: check year, month and day.',
    type: 'Patient',
    id: 'p1',
    path: 'Patient.birthDate',
    column: null,
  })
})

test.each<[string, unknown]>([
  [
    'elements in any order, white space, resourceType last',
    '{ "birthDate" : "1950-06-15" ,\t"id":"p1", "name":[ {"family":"Alder"} ] , "resourceType":"Patient" } ',
  ],
  ['names written with escapes', '{"resource\\u0054ype":"Patient","\\u0069d":"p1"}'],
  [
    'siblings carry extensions, also for what is required',
    { ...lab, status: undefined, _status: { extension: [{ url: 'u', valueCode: 'unknown' }] } },
  ],
  ['nulls hold places in arrays that have siblings', { ...patient, name: [{ given: [null, 'Ann'], _given: [{ id: 'a' }, null] }] }],
  [
    'extensions of any kind, nested, and modifiers',
    {
      ...patient,
      extension: [{ url: 'a', extension: [{ url: 'b', valueAddress: { city: 'Easthampton' } }] }],
      modifierExtension: [{ url: 'c' }],
    },
  ],
  [
    'contained resources of types that are not imported',
    { ...patient, contained: [{ resourceType: 'Provenance', anything: [1, { a: null }] }] },
  ],
  [
    'text beyond ASCII and pairs of escapes',
    '{"resourceType":"Patient","id":"p1","name":[{"family":"Åström","given":["\\ud83d\\ude00😀"]}]}',
  ],
  ['dates by year, month, and leap day', { ...patient, birthDate: '2000-02-29', deceasedDateTime: '2020-05' }],
  ['leap seconds, fractions, zones up to 14 hours', { ...lab, issued: '2016-12-31T23:59:60.123456789+14:00' }],
  ['decimals of 38 digits', text.replace('7.1', '0.00000000000000000000000000000000000001')],
  ['64 levels', `{"resourceType":"Patient","id":"p1",${nested(31)}}`],
  [
    'references of every form',
    {
      ...lab,
      performer: [
        'Practitioner/1',
        'Practitioner/1/_history/2',
        'http://x.org/fhir/Practitioner/1',
        'urn:uuid:6c5d9ca9-54d7-42f5-bfae-a7c19cd217f2',
        '#c',
        'Practitioner?identifier=a|1',
      ].map((reference) => ({ reference })),
    },
  ],
  [
    'a concept with codes of other systems',
    { resourceType: 'Condition', id: 'c', subject: lab.subject, clinicalStatus: { coding: [{ system: 'http://local', code: 'on' }] } },
  ],
])('accepted: %s', (_, line) => {
  expect(parse(line)).toMatchObject({ type: expect.any(String) })
})

test('the hash tells texts apart, not spaces around them', () => {
  const hash = (line: string): string => (parse(line) as ParsedResource).hash.toString('hex')
  expect(hash(` ${text}\r`)).toBe(hash(text))
  expect(hash(text.replace('7.1', '7.10'))).not.toBe(hash(text))
  expect(hash(text)).toHaveLength(32)
})

test('a long line that only repeats takes time in proportion', () => {
  const codings = Array.from({ length: 60_000 }, (_, i) => ({ system: 'http://x', code: `c${i}` }))
  const started = performance.now()
  expect((parse({ ...lab, code: { coding: codings } }) as ParsedResource).codes).toHaveLength(60_000)
  expect(parse(`{"resourceType":"Patient","id":"p1","name":[{"text":"${'\\"'.repeat(400_000)}`)).toMatchObject({ code: 'json' })
  expect(parse({ ...lab, subject: { reference: `http://${'/A'.repeat(400_000)}` } })).toMatchObject({ code: 'patient' })
  expect(performance.now() - started).toBeLessThan(5_000)
})
