import { CanonicalUrls } from './canonical-urls.ts'
import type { FhirResource } from './fhir-record.ts'
import { MisshapenElement } from './misshapen-element.ts'
import { RetrieveIndex } from './retrieve-index.ts'
import { RetrievePlans } from './retrieve-plans.ts'

const SYSTEM = 'http://codes.example'
const coding = { system: SYSTEM, code: 'a' }
const concept = { coding: [coding] }

/** Whether a retrieve for the code `a` at a path finds a resource. */
function finds(path: string, resource: FhirResource): boolean {
  const plans = new RetrievePlans(new CanonicalUrls())
  const { bucket } = plans.plan(resource.resourceType, null, { path, codes: [coding] })
  const index = new RetrieveIndex(plans.plans, plans.claims)
  const buckets = index.emptyBuckets()
  index.sort(resource, buckets)
  return buckets[bucket]!.length > 0
}

describe('codes that retrieves look for', () => {
  it.each<[string, string, unknown]>([
    ['code', 'Condition', concept],
    ['code', 'Condition', { coding: [{ system: 'http://other.example', code: 'b' }, coding] }],
    ['class', 'Encounter', coding],
    ['type', 'Encounter', [{ text: 'in words' }, concept]],
    // A `code` names no system: those of any are meant.
    ['intent', 'ServiceRequest', 'a'],
  ])('are found where FHIR has them: %s of %s', (path, resourceType, value) => {
    expect(finds(path, { resourceType, [path]: value })).toBe(true)
  })

  it.each<[string, string, unknown]>([
    ['code', 'Condition', 'a'],
    ['code', 'Condition', [concept]],
    ['code', 'Condition', { coding: ['a'] }],
    ['code', 'Condition', { coding }],
    ['class', 'Encounter', 'a'],
    ['type', 'Encounter', concept],
    ['type', 'Encounter', ['a']],
    ['intent', 'ServiceRequest', coding],
  ])('are not read out of what is not shaped like its element: %s of %s', (path, resourceType, value) => {
    expect(() => finds(path, { resourceType, [path]: value })).toThrow(MisshapenElement)
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['words', { text: 'a' }],
    ['other elements', coding],
    ['a code in extensions', { coding: [{ system: SYSTEM, _code: { extension: [] } }] }],
  ])('are not found in %s', (_, code) => expect(finds('code', { resourceType: 'Condition', code })).toBe(false))

  it('are found in the types of a choice that hold codes', () => {
    const medication = (value: object): FhirResource => ({ resourceType: 'MedicationRequest', ...value })
    expect(finds('medication', medication({ medicationCodeableConcept: concept }))).toBe(true)
    expect(finds('medication', medication({ medicationReference: { reference: 'Medication/1', ...coding } }))).toBe(false)
    expect(finds('value', { resourceType: 'Observation', valueQuantity: { value: 1, ...coding } })).toBe(false)
  })
})
