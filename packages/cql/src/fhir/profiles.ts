import { listOf, named } from '../elm/static-type.ts'
import { codesOfType } from './carried-codes.ts'
import type { FhirResource } from './fhir-record.ts'
import { withoutValue } from './misshapen-element.ts'
import { conditionCategories, type Claim, type Claims } from './profile-claims.ts'

/** Whether a resource is what a retrieve's profile asks for. */
export type ProfileTest = (resource: FhirResource, claims: readonly Claim[]) => boolean

const loinc = 'http://loinc.org'

/**
 * Observation profiles that fix the code: a result that carries it is one, whether it claims the profile or not. Where a profile only
 * binds the code to a value set, as for smoking status, any code may be one: retrieves there bring value sets of their own.
 * FHIR R4 "Vital Signs" and US Core 3.1 to 8.0, Observation profiles; LOINC codes.
 */
const fixedCodes: Readonly<Record<string, readonly string[]>> = {
  'us-core-blood-pressure': ['85354-9'],
  'us-core-average-blood-pressure': ['96607-7'],
  'us-core-bmi': ['39156-5'],
  'us-core-body-height': ['8302-2'],
  'us-core-body-weight': ['29463-7'],
  'us-core-body-temperature': ['8310-5'],
  'us-core-head-circumference': ['9843-4'],
  'us-core-heart-rate': ['8867-4'],
  'us-core-respiratory-rate': ['9279-1'],
  'us-core-pulse-oximetry': ['59408-5', '2708-6'],
  'pediatric-bmi-for-age': ['59576-9'],
  'pediatric-weight-for-height': ['77606-2'],
  'head-occipital-frontal-circumference-percentile': ['8289-1'],
  'us-core-observation-pregnancystatus': ['82810-3'],
  'us-core-observation-pregnancyintent': ['86645-9'],
  'us-core-observation-sexual-orientation': ['76690-7'],
  'us-core-observation-occupation': ['11341-5'],
  bp: ['85354-9'],
  bmi: ['39156-5'],
  bodyheight: ['8302-2'],
  bodyweight: ['29463-7'],
  bodytemp: ['8310-5'],
  headcircum: ['9843-4'],
  heartrate: ['8867-4'],
  oxygensat: ['2708-6'],
  resprate: ['9279-1'],
  vitalspanel: ['85353-1'],
}

const negativeStatus: Readonly<Record<string, string>> = {
  Communication: 'not-done',
  Immunization: 'not-done',
  Media: 'not-done',
  MedicationAdministration: 'not-done',
  MedicationDispense: 'declined',
  Observation: 'cancelled',
  Procedure: 'not-done',
  Task: 'rejected',
}

/** The codes that a profile fixes; null when it fixes none. */
export const fixedCodesOf = (profile: string): readonly { system: string; code: string }[] | null => {
  const name = profile.slice(profile.lastIndexOf('/') + 1)
  return Object.hasOwn(fixedCodes, name) ? fixedCodes[name]!.map((code) => ({ system: loinc, code })) : null
}

/**
 * What a retrieve's profile (`templateId`) asks of a resource of its type; null when that is nothing. Records claim
 * profiles carelessly, so no claim is ever needed: a vital sign is one by the code it carries, a diagnosis has a
 * category, and status and doNotPerform tell what was not done. A claim decides where there is one.
 */
export function profileTest(profile: string, known: Claims): ProfileTest | null {
  const wanted = known.claim(profile)
  const codes = fixedCodesOf(wanted.url)
  if (codes) return (resource, claims) => claims.includes(wanted) || codes.some((code) => carries(resource.code, code))
  const { categories } = wanted
  if (categories) return (resource, claims) => isOfCategory(resource, categories, claims)
  if (wanted.done === null) return null
  return (resource, claims) => wasDone(resource, claims) === wanted.done
}

function isOfCategory({ category }: FhirResource, categories: readonly string[], claims: readonly Claim[]): boolean {
  let paired = false
  for (const claim of claims) {
    if (claim.categories === categories) return true
    paired ||= claim.categories !== null
  }
  if (paired) return false
  const own = categoryCodes(category).map(({ code }) => code!)
  const known = own.filter((code) => conditionCategories.includes(code))
  return known.length === 0 || known.some((code) => categories.includes(code))
}

/** Whether it was done: says the profile which it claims of those that come in pairs, else its status. */
function wasDone({ resourceType, status, doNotPerform }: FhirResource, claims: readonly Claim[]): boolean {
  let claimed: boolean | null = null
  for (const { done } of claims) if (done !== null) claimed = claimed === false ? false : done
  if (claimed !== null) return claimed
  if (typeof doNotPerform !== 'boolean') withoutValue(doNotPerform)
  if (typeof status !== 'string') withoutValue(status)
  return doNotPerform !== true && (status === undefined || negativeStatus[resourceType] !== status)
}

const carries = (concept: unknown, wanted: { readonly system: string; readonly code: string }): boolean =>
  conceptCodes(concept).some((coding) => coding.code === wanted.code && coding.system === wanted.system)

const conceptCodes = codesOfType(named('FHIR.CodeableConcept'))
const categoryCodes = codesOfType(listOf(named('FHIR.CodeableConcept')))
