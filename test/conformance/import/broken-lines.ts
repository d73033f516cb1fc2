import { a1c, diabetes, encounter, inPractice, patient, type Resource, type Text } from './resources.ts'

/** A line that somebody broke by hand, what it was before, and what its report has to say. */
export interface BrokenLine {
  readonly name: string
  readonly broken: Text
  readonly mended: Resource
  readonly reason: RegExp
}

const without = (resource: Resource, key: string): Text =>
  JSON.stringify(Object.fromEntries(Object.entries(resource).filter(([name]) => name !== key)))

const spoilt = (
  mend: (id: string, patientId: string) => Resource,
  breaks: Readonly<Record<string, readonly [RegExp, (resource: Resource, json: string) => Text]>>,
): BrokenLine[] =>
  Object.entries(breaks).map(([name, [reason, spoil]], index) => {
    const mended = mend(`broken-${index}-${mend.name}`, 'p1')
    return { name, mended, broken: spoil(mended, JSON.stringify(mended)), reason }
  })

export const brokenObservations = spoilt(a1c, {
  'cut off': [/cut off/, (_, json) => json.slice(0, -25)],
  'an empty object': [/resourceType/, () => '{}'],
  'no resourceType': [/no resourceType/, (resource) => without(resource, 'resourceType')],
  'an unknown type': [/not a type of FHIR R4/, (_, json) => json.replace('Observation', 'Observations')],
  'a type that is not imported': [/not among the types/, () => '{"resourceType":"ValueSet","id":"vs","status":"active"}'],
  'no id': [/no id/, (resource) => without(resource, 'id')],
  'an id with a space and a slash': [/id/, (resource) => ({ ...resource, id: 'a b/c' })],
  'an id of 65 characters': [/id/, (resource) => ({ ...resource, id: 'x'.repeat(65) })],
  'an id that is a number': [/id/, (_, json) => json.replace(/"id":"[^"]+"/, '"id":12')],
  'a day no calendar has': [/effectiveDateTime/, (_, json) => json.replace('2020-05-03T', '2020-02-30T')],
  'a date that is a number': [/effectiveDateTime/, (_, json) => json.replace('"2020-05-03T09:30:00-05:00"', '20200503')],
  'a date as people write it': [/effectiveDateTime/, (_, json) => json.replace('2020-05-03T09:30:00-05:00', '05/03/2020')],
  'a time without its zone': [/effectiveDateTime/, (_, json) => json.replace('09:30:00-05:00', '09:30:00')],
  'an hour after midnight too many': [/effectiveDateTime/, (_, json) => json.replace('T09:30', 'T25:30')],
  'a decimal beyond all measure': [/value/, (_, json) => json.replace('7.1', '7.1e400')],
  'a decimal of 200 digits': [/value/, (_, json) => json.replace('7.1', '7'.repeat(200))],
  'a string for a number': [/value/, (_, json) => json.replace('7.1', '"7.1"')],
  'a number for a string': [/unit/, (_, json) => json.replace('"unit":"%"', '"unit":5')],
  NaN: [/value/, (_, json) => json.replace('7.1', 'NaN')],
  'a number that begins with zero': [/begins with 0/, (_, json) => json.replace('7.1', '07.1')],
  'an array for an object': [/subject/, (resource) => ({ ...resource, subject: [resource['subject']] })],
  'an object for an array': [/coding/, (_, json) => json.replace(/"coding":\[([^\]]+)\]/, '"coding":$1')],
  'no subject': [/subject: is missing/, (resource) => without(resource, 'subject')],
  'a subject nobody knows': [/neither in these files nor among the charts/, (_, json) => json.replace('Patient/p1', 'Patient/nobody')],
  'a subject that is no patient': [/subject/, (_, json) => json.replace('Patient/p1', 'Group/g1')],
  'no code': [/code: is missing/, (resource) => without(resource, 'code')],
  'no status': [/status: is missing/, (resource) => without(resource, 'status')],
  'a status outside the value set': [/status/, (resource) => ({ ...resource, status: 'finalish' })],
  'a status in capitals': [/status/, (resource) => ({ ...resource, status: 'FINAL' })],
  'a NUL byte': [/NUL/, (_, json) => json.replace('Hemoglobin', 'Hemo\0globin')],
  'an escaped NUL': [/NUL/, (_, json) => json.replace('Hemoglobin', 'Hemo\\u0000globin')],
  'half a surrogate pair': [/half of a character/, (_, json) => json.replace('Hemoglobin', 'Hemo\\ud83dglobin')],
  'bytes that are not UTF-8': [/not UTF-8/, (_, json) => Buffer.from(json.replace('Hemoglobin', 'Hémoglobin'), 'latin1')],
  'UTF-16': [/NUL|not UTF-8/, (_, json) => Buffer.from(json, 'utf16le')],
  'a control character': [/closing quote/, (_, json) => json.replace('Hemoglobin', 'Hemo\tglobin')],
  'a bad escape': [/escape/, (_, json) => json.replace('Hemoglobin', 'Hemo\\xglobin')],
  'a byte order mark in the middle': [/not JSON/, (_, json) => `\ufeff${json}`],
  'nested a hundred deep': [/deep/, (resource) => ({ ...resource, extension: nested(100) })],
  'garbage after the resource': [/end of the line/, (_, json) => `${json},`],
  'two resources on one line': [/end of the line/, (_, json) => json + json],
  'in an array': [/array/, (_, json) => `[${json}]`],
  'a bare word': [/null/, () => 'null'],
  'a bare string': [/string/, () => '"Observation"'],
  words: [/not JSON/, () => 'export finished, 17 rows'],
  'single quotes': [/not JSON/, (_, json) => json.replaceAll('"', "'")],
  'a comma missing': [/not JSON/, (_, json) => json.replace(',"status"', ' "status"')],
  'an element that FHIR does not have': [/not an element/, (_, json) => json.replace('"valueQuantity"', '"valueQuantitty"')],
  'an element twice': [/twice/, (_, json) => json.replace('"status":"final"', '"status":"final","status":"amended"')],
  'two values at once': [/value/, (resource) => ({ ...resource, valueString: 'high' })],
  'an empty array': [/empty/, (resource) => ({ ...resource, category: [] })],
  'an empty string': [/unit/, (_, json) => json.replace('"unit":"%"', '"unit":""')],
  'a code longer than any vocabulary has': [/more than 2000 bytes/, (_, json) => json.replace('4548-4', '4548-4'.repeat(400))],
  'longer than a resource may be': [/bytes, more than/, (resource) => ({ ...resource, note: [{ text: 'x'.repeat(17 << 20) }] })],
})

export const brokenPatients = spoilt((id) => patient(id, inPractice('elm', 'Elm Street Practice')), {
  'a patient of no practice': [/no practice/, (resource) => without(resource, 'managingOrganization')],
  'a gender of one letter': [/gender/, (resource) => ({ ...resource, gender: 'f' })],
  'born in the thirteenth month': [/birthDate/, (resource) => ({ ...resource, birthDate: '1950-13-01' })],
  'a name that is a string': [/name/, (resource) => ({ ...resource, name: 'Jane Doe' })],
})

export const brokenEncounters = spoilt(encounter, {
  'no class': [/class: is missing/, (resource) => without(resource, 'class')],
  'a class that is a string': [/class/, (resource) => ({ ...resource, class: 'AMB' })],
})

export const brokenConditions = spoilt(diabetes, {
  'a patient named by an address elsewhere': [
    /neither in these files|Patient\/id/,
    (_, json) => json.replace('Patient/p1', 'urn:uuid:0b0f6c1e-7a55-4d6f-9f5c-3c4b0d9c1a11'),
  ],
  'an onset of two kinds': [/onset/, (resource) => ({ ...resource, onsetString: 'long ago' })],
})

/** Good lines of patients whose own line is broken: they wait for their patient, and are told when it never comes. */
export const dependentsOf = (make: (id: string, patientId: string) => Resource): BrokenLine[] =>
  brokenPatients.map(({ name, mended: { id } }) => {
    const dependent = make(`of-${id}`, id)
    return {
      name: `of ${name}`,
      broken: dependent,
      mended: dependent,
      reason: /its patient is neither in these files nor among the charts/,
    }
  })

function nested(levels: number): object[] {
  const extension = { url: 'https://example.org/depth' }
  return [levels === 0 ? { ...extension, valueString: 'bottom' } : { ...extension, extension: nested(levels - 1) }]
}
