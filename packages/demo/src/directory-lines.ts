import { CARE_MANAGER_ROLE, type Code, concept, hl7, SYSTEM, TEST_DATA } from './codes.ts'
import type { CareManager, Clinician, Directory, Facility, Payer, Practice } from './directory.ts'

/** The region's directory as FHIR resources, one line each; what others refer to comes first. */
export function* directoryLines(directory: Directory): Generator<string> {
  for (const payer of directory.payers) yield payerLine(payer)
  for (const practice of directory.practices) yield practiceLine(practice)
  yield facilityLine(directory.hospital)
  yield facilityLine(directory.behavioralHealth)
  for (const practice of directory.practices) yield locationLine(practice)
  for (const practice of directory.practices)
    for (const clinician of practice.clinicians) yield practitionerLine(clinician, clinician.credential)
  for (const manager of directory.careManagers) yield practitionerLine(manager, 'RN')
  for (const practice of directory.practices) {
    for (const clinician of practice.clinicians) yield roleLine(clinician.roleId, clinician.id, practice, clinician.specialty)
  }
  const byId = new Map(directory.practices.map((practice) => [practice.id, practice]))
  for (const manager of directory.careManagers) {
    for (const { practiceId, roleId } of manager.assignments) yield roleLine(roleId, manager.id, byId.get(practiceId)!, CARE_MANAGER_ROLE)
  }
}

const PROVIDER = hl7('organization-type', 'prov', 'Healthcare Provider')
const PAYER = hl7('organization-type', 'pay', 'Payer')

const resource = (type: string, id: string, body: string): string => `{"resourceType":"${type}","id":"${id}",${body}}`
const npiOf = (npi: string): string => `"identifier":[{"use":"official","system":"${SYSTEM.npi}","value":"${npi}"}]`
const phoneOf = (phone: string): string => `"telecom":[{"system":"phone","value":"${phone}","use":"work"}]`

const payerLine = (payer: Payer): string =>
  resource('Organization', payer.id, `${TEST_DATA},"active":true,"type":[${PAYER}],"name":"${payer.name}"`)

const practiceLine = (practice: Practice): string =>
  resource(
    'Organization',
    practice.id,
    `${TEST_DATA},${npiOf(practice.npi)},"active":true,"type":[${PROVIDER}],"name":"${practice.name}",${phoneOf(practice.phone)},"address":[${addressOf(practice)}]`,
  )

const facilityLine = (facility: Facility): string =>
  resource(
    'Organization',
    facility.id,
    `${TEST_DATA},${npiOf(facility.npi)},"active":true,"type":[${PROVIDER}],"name":"${facility.name}","address":[{"city":"${facility.city}","state":"NY","country":"US"}]`,
  )

const addressOf = (practice: Practice): string =>
  `{"use":"work","line":["${practice.street}"],"city":"${practice.city}","state":"${practice.state}","postalCode":"${practice.postalCode}","country":"US"}`

const locationLine = (practice: Practice): string =>
  resource(
    'Location',
    practice.locationId,
    `"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/timezone","valueCode":"${practice.timeZone}"}],` +
      `"status":"active","name":"${practice.name}","mode":"instance",${phoneOf(practice.phone)},` +
      `"address":${addressOf(practice)},"managingOrganization":{"reference":"Organization/${practice.id}"}`,
  )

const practitionerLine = (one: Clinician | CareManager, credential: string): string =>
  resource(
    'Practitioner',
    one.id,
    `${TEST_DATA},${npiOf(one.npi)},"active":true,"name":[{"use":"official","text":"${one.name}","family":"${one.family}","given":["${one.given}"],"suffix":["${credential}"]}]`,
  )

const roleLine = (id: string, practitionerId: string, practice: Practice, role: Code): string =>
  resource(
    'PractitionerRole',
    id,
    `"active":true,"practitioner":{"reference":"Practitioner/${practitionerId}"},"organization":{"reference":"Organization/${practice.id}"},` +
      `"code":[${concept([role])}],"location":[{"reference":"Location/${practice.locationId}"}]`,
  )
