import { createHash } from 'node:crypto'
import { foldForSearch as fold, type PatientRecord } from '@carecommons/interop'
import { type Id, newId } from '@carecommons/kernel'
import type { CopyValue } from './copy-text.ts'

/** Identifier systems that name one human wherever they stand. Together with the birth date they link charts. */
const STRONG_SYSTEMS = new Set(['http://hl7.org/fhir/sid/us-ssn', 'http://hl7.org/fhir/sid/us-mbi'])

export interface PatientRow {
  readonly line: number
  readonly practiceId: Id<'Organization'>
  readonly record: PatientRecord
  readonly hash: Buffer
  readonly clinician: string | null
}

/** The columns of `incoming_patient`, its content apart. */
export function patientColumns({ line, practiceId, record, hash, clinician }: PatientRow): CopyValue[] {
  const recordNumber = record.identifiers.find((identifier) => identifier.type === 'MR')?.value ?? null
  return [
    line,
    practiceId,
    newId<'Patient'>(),
    newId<'Person'>(),
    record.id,
    record.family ?? '',
    record.given ?? '',
    record.birthDate,
    record.gender,
    record.isDeceased,
    record.deceasedAt?.slice(0, 10) ?? null,
    recordNumber,
    record.phone,
    addressLine(record),
    clinician,
    byteaArray(personKeys(record)),
    searchTerms(record, recordNumber),
    hash,
  ]
}

const addressLine = ({ address }: PatientRecord): string | null =>
  address ? [address.line, address.city, [address.state, address.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ') : null

/** One key per strong identifier. Without an exact birth date nothing links: a shared number alone is not a shared human. */
function personKeys({ identifiers, birthDate }: PatientRecord): Buffer[] {
  if (!birthDate) return []
  return identifiers
    .filter(({ system }) => system !== null && STRONG_SYSTEMS.has(system))
    .map(({ system, value }) =>
      createHash('sha256')
        .update(`${system}|${value.replace(/[\s-]/g, '')}|${birthDate}`)
        .digest(),
    )
}

const byteaArray = (keys: readonly Buffer[]): string[] => keys.map((key) => `\\x${key.toString('hex')}`)

/** A search compares that many characters of a word. */
const LONGEST_TERM = 100

/** Words the chart is found by: parts of its names, its record number, its birth date. */
function searchTerms(record: PatientRecord, recordNumber: string | null): string[] {
  const terms = new Set(record.searchNames.flatMap((name) => fold(name).split(/[\s,.]+/)))
  if (recordNumber) terms.add(fold(recordNumber))
  if (record.birthDate) terms.add(record.birthDate)
  terms.delete('')
  return [...new Set([...terms].map((term) => term.slice(0, LONGEST_TERM)))]
}
