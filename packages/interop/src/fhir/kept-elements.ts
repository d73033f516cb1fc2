import { FACT_SOURCES, MORE_CODES } from './fact-sources.ts'
import { DIRECTORY_TYPES, PATIENT_PATH, type ResourceType } from './resource-types.ts'

const EVERYWHERE = ['resourceType', 'id', 'meta.security', 'meta.lastUpdated', 'meta.versionId', 'contained']

/** Elements read by patient-record, directory-record and payer-evidence. */
const RECORDS: Readonly<Partial<Record<ResourceType, readonly string[]>>> = {
  Patient: [
    'active',
    'identifier',
    'name',
    'telecom',
    'gender',
    'birthDate',
    'deceasedBoolean',
    'deceasedDateTime',
    'address',
    'communication',
    'managingOrganization',
    'generalPractitioner',
  ],
  Organization: ['active', 'identifier', 'type', 'name', 'telecom', 'address', 'partOf'],
  Location: ['status', 'identifier', 'type', 'name', 'telecom', 'address', 'managingOrganization'],
  Practitioner: ['active', 'identifier', 'name', 'telecom', 'address'],
  PractitionerRole: ['active', 'identifier', 'practitioner', 'organization', 'code', 'specialty', 'telecom'],
  Coverage: ['status', 'period', 'payor', 'identifier', 'subscriberId', 'subscriber', 'policyHolder'],
  Claim: ['status', 'use', 'created', 'billablePeriod', 'insurance.coverage', 'insurance.focal'],
  ExplanationOfBenefit: ['status', 'use', 'created', 'billablePeriod', 'insurer', 'insurance.coverage', 'insurance.focal'],
}

/** Dotted paths of the elements that extraction reads, by type. The reader makes values of these and passes over the rest. */
export const KEPT: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  ['Patient' as const, ...DIRECTORY_TYPES, ...typesWithPatient()].map((type) => [type, keptOf(type)]),
)

function typesWithPatient(): (keyof typeof PATIENT_PATH)[] {
  return Object.keys(PATIENT_PATH) as (keyof typeof PATIENT_PATH)[]
}

function keptOf(type: ResourceType): string[] {
  const patient = type in PATIENT_PATH ? PATIENT_PATH[type as keyof typeof PATIENT_PATH] : []
  const parts = type === 'Observation' ? ['component'] : []
  const { code, category, status, verification, starts, ends, value } = FACT_SOURCES[type] ?? {}
  const facts = [code, category, status, verification, starts, ends, value].flatMap((names) => names ?? [])
  return [...new Set([...EVERYWHERE, facts, parts, patient, MORE_CODES[type] ?? [], RECORDS[type] ?? []].flat())]
}
