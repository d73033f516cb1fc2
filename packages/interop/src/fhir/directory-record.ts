import { preferredAddress, preferredContact, preferredName } from './contact.ts'
import { type Kept, textOf } from './kept.ts'
import { readCodings, readIdentifiers, referencesAt } from './references.ts'
import type { Coding, DirectoryRecord } from './resource.ts'

const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi'
const ORGANIZATION_TYPES = 'http://terminology.hl7.org/CodeSystem/organization-type'
const NAMES_OF_ORGANIZATION = {
  Organization: 'partOf',
  Location: 'managingOrganization',
  PractitionerRole: 'organization',
  Practitioner: null,
} as const

export function readDirectory(kind: DirectoryRecord['kind'], resource: Kept, id: string): DirectoryRecord {
  const identifiers = readIdentifiers(resource['identifier'])
  const types = [...readCodings(kind === 'PractitionerRole' ? resource['code'] : resource['type']), ...readCodings(resource['specialty'])]
  const path = NAMES_OF_ORGANIZATION[kind]
  return {
    kind,
    id,
    isActive: resource['active'] !== false && resource['status'] !== 'inactive',
    name: kind === 'Practitioner' ? personName(resource) : textOf(resource['name']),
    npi: identifiers.find((identifier) => identifier.system === NPI_SYSTEM)?.value ?? null,
    identifiers,
    types,
    isPayer: kind === 'Organization' && types.some(isPayerType),
    organization: path === null ? null : (referencesAt(resource, path)[0] ?? null),
    practitioner: referencesAt(resource, 'practitioner')[0] ?? null,
    address: preferredAddress(resource['address']),
    phone: preferredContact(resource['telecom'], 'phone'),
  }
}

function personName(resource: Kept): string | null {
  const { given, family } = preferredName(resource['name'])
  return [given, family].filter((part) => part !== null).join(' ') || null
}

const isPayerType = (type: Coding): boolean => type.system === ORGANIZATION_TYPES && (type.code === 'pay' || type.code === 'ins')
