import { isAscii, isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import { readDirectory } from './directory-record.ts'
import { FACT_SOURCES, MORE_CODES } from './fact-sources.ts'
import { containedMedication, readFacts } from './facts.ts'
import { Fault } from './fault.ts'
import { type Kept, objectOf } from './kept.ts'
import { patientOf } from './patient-of.ts'
import { readPatient } from './patient-record.ts'
import { readPayers } from './payer-evidence.ts'
import { addCodings } from './references.ts'
import { readDays } from './resource-days.ts'
import { ResourceReader } from './resource-reader.ts'
import { sensitivityOf } from './sensitivity.ts'
import { isResourceType, type ResourceType } from './resource-types.ts'
import type { Coding, ParsedResource, Rejected } from './resource.ts'

/** One for all lines: it holds no state between them, and its code is compiled once. */
const reader = new ResourceReader()

/**
 * Checks one line against FHIR R4 (structure, cardinality, formats, required codes) and takes out of it what the region
 * works with. Never throws for what is in the bytes, and takes time linear in their length.
 */
export function parseResource(line: Buffer): ParsedResource | Rejected {
  const bytes = trim(line)
  const ascii = isAscii(bytes)
  if (!ascii && !isUtf8(bytes)) return rejectEncoding(bytes)
  try {
    const resource = reader.read(bytes, ascii)
    return extract(resource, bytes)
  } catch (fault) {
    if (fault instanceof Fault) return reject(fault)
    throw fault
  }
}

function extract(resource: Kept, bytes: Buffer): ParsedResource {
  const { type, id } = reader
  if (type === null || id === null || !isResourceType(type)) throw new Error(`the reader let ${type ?? 'no type'} pass`)
  return {
    type,
    id,
    bytes,
    // As text and back, because that is a third faster than asking node for a Buffer.
    hash: Buffer.from(hash('sha1', bytes, 'binary').slice(0, 16), 'binary'),
    patientId: patientOf(type, resource, id),
    codes: codesOf(type, resource),
    days: readDays(type, resource),
    sensitivity: sensitivityOf(resource),
    isVersioned: isVersioned(resource),
    facts: readFacts(type, resource),
    patient: type === 'Patient' ? readPatient(resource, id) : null,
    directory: isDirectoryKind(type) ? readDirectory(type, resource, id) : null,
    payers: isPayerSource(type) ? readPayers(type, resource) : [],
  }
}

function isVersioned(resource: Kept): boolean {
  const meta = objectOf(resource['meta'])
  return meta !== null && (meta['lastUpdated'] ?? meta['versionId']) !== undefined
}

const isDirectoryKind = (type: ResourceType) =>
  type === 'Organization' || type === 'Location' || type === 'Practitioner' || type === 'PractitionerRole'
const isPayerSource = (type: ResourceType) => type === 'Coverage' || type === 'Claim' || type === 'ExplanationOfBenefit'

function codesOf(type: ResourceType, resource: Kept): readonly Coding[] {
  const codes: Coding[] = []
  for (const name of FACT_SOURCES[type]?.code ?? []) addCodings(resource[name], codes)
  for (const name of MORE_CODES[type] ?? []) addCodings(resource[name], codes)
  if (resource['medicationReference'] !== undefined) addCodings(containedMedication(resource), codes)
  return distinct(codes)
}

function distinct(codes: readonly Coding[]): readonly Coding[] {
  if (codes.length < 2) return codes
  return [...new Map(codes.map((coding) => [`${coding.code} ${coding.system ?? ''}`, coding])).values()]
}

function reject({ code, words, path, column }: Fault): Rejected {
  const at = column === null ? '' : path === null ? `Column ${column}` : ` (column ${column})`
  const place = `${path ?? ''}${at}`
  const reason = place === '' ? words[0]!.toUpperCase() + words.slice(1) : `${place}: ${words}`
  return { rejected: true, code, reason: `${reason}.`, type: reader.type, id: reader.id, path, column }
}

function rejectEncoding(bytes: Buffer): Rejected {
  const text = bytes.toString('utf8')
  const column = Buffer.byteLength(text.slice(0, text.indexOf('\ufffd'))) + 1
  return {
    rejected: true,
    code: 'encoding',
    reason: `Column ${column}: the line is not UTF-8; export it again as UTF-8.`,
    type: null,
    id: null,
    path: null,
    column,
  }
}

function trim(line: Buffer): Buffer {
  let start = 0
  let end = line.length
  while (start < end && isSpace(line[start]!)) start++
  while (end > start && isSpace(line[end - 1]!)) end--
  return start === 0 && end === line.length ? line : line.subarray(start, end)
}

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
