import { foldForSearch, preferredAddress, preferredContact, preferredName, readName } from './contact.ts'
import { type Kept, objectsOf, textOf } from './kept.ts'
import { startOf } from './moments.ts'
import { readCodings, readIdentifiers, referencesAt } from './references.ts'
import type { PatientRecord } from './resource.ts'

export function readPatient(patient: Kept, id: string): PatientRecord {
  const written = textOf(patient['birthDate'])
  const died = textOf(patient['deceasedDateTime'])
  return {
    id,
    ...preferredName(patient['name']),
    searchNames: searchNames(patient),
    birthDate: written?.length === 10 ? written : null,
    birthDateAsWritten: written,
    gender: textOf(patient['gender']) as PatientRecord['gender'],
    isDeceased: died !== null || patient['deceasedBoolean'] === true,
    deceasedAt: died === null ? null : startOf(died).at,
    isActive: patient['active'] !== false,
    identifiers: readIdentifiers(patient['identifier']),
    managingOrganization: referencesAt(patient, 'managingOrganization')[0] ?? null,
    generalPractitioners: referencesAt(patient, 'generalPractitioner'),
    address: preferredAddress(patient['address']),
    phone: preferredContact(patient['telecom'], 'phone'),
    email: preferredContact(patient['telecom'], 'email'),
    language: language(patient),
  }
}

function searchNames(patient: Kept): string[] {
  const names = objectsOf(patient['name']).map((name) => {
    const { given, family } = readName(name)
    return foldForSearch(`${given ?? ''} ${family ?? ''}`)
  })
  return [...new Set(names.filter((name) => name !== ''))]
}

function language(patient: Kept): string | null {
  const spoken = objectsOf(patient['communication'])
  const preferred = spoken.find((one) => one['preferred'] === true) ?? spoken[0]
  return readCodings(preferred?.['language'])[0]?.code ?? null
}
