import { createHash } from 'node:crypto'
import { foldForSearch as fold, type PatientRecord } from '@carecommons/interop'
import { type Id, newId, newUndatedId } from '@carecommons/kernel'
import type { CopyRows } from './copy-rows.ts'

/** Identifier systems that name one human wherever they stand. Together with the birth date they link charts. */
const STRONG_SYSTEMS = new Set(['http://hl7.org/fhir/sid/us-ssn', 'http://hl7.org/fhir/sid/us-mbi'])

export interface PatientRow {
  readonly line: number
  readonly practiceId: Id<'Organization'>
  readonly record: PatientRecord
  readonly hash: Buffer
  readonly bytes: Buffer
  readonly clinician: string | null
}

/** A row of `incoming_patient`. */
export function addPatientRow(rows: CopyRows, { line, practiceId, record, hash, bytes, clinician }: PatientRow): void {
  const recordNumber = record.identifiers.find((identifier) => identifier.type === 'MR')?.value ?? null
  const row = rows.row().int(line).uuid(practiceId).uuid(newId<'Patient'>()).uuid(newUndatedId<'Person'>()).text(record.id)
  row
    .text(record.family ?? '')
    .text(record.given ?? '')
    .text(record.birthDate)
    .text(record.gender)
  row.boolean(record.isDeceased).text(record.deceasedAt?.slice(0, 10) ?? null)
  row
    .text(recordNumber)
    .text(record.phone)
    .text(addressLine(record))
    .text(record.address?.postalCode ?? null)
    .text(clinician)
  row.arrayOfBytes(personKeys(record)).texts(searchTerms(record, recordNumber)).bytes(hash).bytes(bytes)
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
