import { setImmediate } from 'node:timers/promises'
import type { Coding, Line, ParsedResource, Rejected } from '@carecommons/interop'
import { parseResource } from '@carecommons/interop'
import { isRefusal } from '@carecommons/kernel'
import type { CodeIds } from './code-ids.ts'
import { assignedPractice, type Home, homeOf, type HomeRule } from './home-practice.ts'
import { addPatientRow } from './patient-row.ts'
import type { RegionDirectory } from './region-directory.ts'
import type { SeenByType } from './seen-by-type.ts'
import type { RowsInStock, StagedRows } from './staging.ts'

export interface Rejection {
  readonly line: number
  readonly code: string
  readonly reason: string
  readonly type: string | null
  readonly content: Buffer
}

/** A batch of lines, parsed and ready to be copied. */
export interface StagedLines {
  readonly lastLine: number
  readonly tables: StagedRows
  readonly rejections: Rejection[]
  /** Types of lines that repeat an earlier line of the file word for word. */
  readonly repeated: string[]
  /** Lines with an id met before and other content that say which version they are: compared at the end of the import with what stands then. */
  readonly versions: { readonly line: number; readonly content: Buffer }[]
}

export interface Staging {
  readonly codes: CodeIds
  readonly directory: RegionDirectory
  readonly home: HomeRule
  readonly rows: RowsInStock
  /** What belongs to no chart is not taken: the directory is the region's. */
  readonly chartsAlone: boolean
  /** The sender is a program under 42 CFR Part 2: everything it sends is labelled. */
  readonly isPart2: boolean
}

/** Longest part of a rejected line that is kept. */
export const KEPT_BYTES = 65_536

/** Which file lines are of, and the ids met so far, in it and in files before it. */
export interface Reading {
  readonly file: number
  readonly names: readonly string[]
  readonly seen: SeenByType
}

/** Bytes between two looks at what the database answered: less than a millisecond. */
const AT_A_STRETCH = 16_384

/**
 * Reads lines into rows. Pure but for what codes and directory learn: the database works on the batch before meanwhile, statement after
 * statement, and each next one leaves as soon as the last is answered.
 */
export async function stageLines(lines: readonly Line[], reading: Reading, staging: Staging): Promise<StagedLines> {
  const staged: StagedLines = {
    lastLine: lines.at(-1)?.number ?? 0,
    tables: staging.rows.take(),
    rejections: [],
    repeated: [],
    versions: [],
  }
  let stretch = 0
  for (const line of lines) {
    stageLine(line, reading, staging, staged)
    stretch += line.bytes?.length ?? 0
    if (stretch < AT_A_STRETCH) continue
    stretch = 0
    await setImmediate()
  }
  return staged
}

function stageLine(line: Line, { file, names, seen }: Reading, staging: Staging, staged: StagedLines): void {
  const reject = (code: string, reason: string, type: string | null): void => {
    // A copy: the bytes of a batch are gone when the next is read.
    const content = Buffer.from(line.bytes?.subarray(0, KEPT_BYTES) ?? [])
    staged.rejections.push({ line: line.number, code, reason, type, content })
  }
  if (!line.bytes) {
    if (line.broken) return reject('file', line.broken, null)
    return reject('too-long', `The line has ${line.tooLong ?? 0} bytes, more than a resource may have.`, null)
  }
  const resource = parseResource(line.bytes)
  if (isRejected(resource)) return reject(resource.code, resource.reason, resource.type)
  const home = resource.patient && homeOf(resource.patient, staging.home, staging.directory)
  if (isRefusal(home)) return reject(home.code, home.message, resource.type)
  if (holdsUnwieldyCode(resource)) {
    return reject('code-too-long', `${resource.type}: a code and its system have more than ${LONGEST_CODE} bytes.`, resource.type)
  }
  if (resource.patientId === null && staging.chartsAlone) {
    return reject('directory', `${resource.type}: belongs to the region’s directory and to no chart. It is not taken here.`, resource.type)
  }
  const before = seen.of(resource.type).add(resource.type, resource.id, { file, line: line.number }, resource.hash)
  if (before?.same) return void staged.repeated.push(resource.type)
  if (before && resource.isVersioned) return void staged.versions.push({ line: line.number, content: Buffer.from(line.bytes) })
  if (before) {
    const place = before.file === file ? `line ${before.line} of this file` : `line ${before.line} of ${names[before.file]!}`
    return reject('duplicate-id', `${resource.type}: the same id stands in ${place} with other content.`, resource.type)
  }
  if (home) return stagePatient(line.number, resource, home, staged)
  if (resource.patientId === null) return stageDirectoryEntry(line.number, resource, staging, staged)
  stageClinical(line.number, resource, resource.patientId, staging, staged)
}

const isRejected = (value: ParsedResource | Rejected): value is Rejected => 'rejected' in value

/** No vocabulary comes near it; an entry of the index on codes has at most 2,700 bytes. */
const LONGEST_CODE = 2000

const isUnwieldy = (coding: Coding | null): boolean =>
  coding !== null && Buffer.byteLength(coding.code) + Buffer.byteLength(coding.system ?? '') > LONGEST_CODE

const holdsUnwieldyCode = ({ codes, facts }: ParsedResource): boolean =>
  codes.some(isUnwieldy) || facts.some(({ code, valueCode }) => isUnwieldy(code) || isUnwieldy(valueCode))

function stagePatient(line: number, { patient, hash, bytes }: ParsedResource, home: Home, { tables }: StagedLines): void {
  addPatientRow(tables.incoming_patient, { line, record: patient!, hash, bytes, ...home })
}

function stageDirectoryEntry(
  line: number,
  { type, id, directory: record, hash, bytes }: ParsedResource,
  { directory }: Staging,
  { tables }: StagedLines,
): void {
  if (record) directory.learn(record)
  const row = tables.incoming_directory.row()
  row
    .int(line)
    .text(type)
    .text(id)
    .text(record?.name ?? null)
    .bytes(hash)
    .bytes(bytes)
}

function stageClinical(
  line: number,
  resource: ParsedResource,
  patientRef: string,
  { codes, directory, home, isPart2 }: Staging,
  { tables }: StagedLines,
): void {
  const { type, id, hash, bytes } = resource
  const codeIds = resource.codes.map((coding) => codes.id(coding))
  const row = tables.incoming
    .row()
    .int(line)
    .text(type)
    .text(id)
    .text(patientRef)
    .uuid(assignedPractice(patientRef, home, directory))
  row
    .bytes(hash)
    .ints(codeIds)
    .day(resource.days.first ?? '-infinity')
    .day(resource.days.last ?? 'infinity')
    .text(isPart2 ? 'part2' : resource.sensitivity)
    .bytes(bytes)
  for (const fact of resource.facts) {
    const row = tables.incoming_fact.row().int(line).smallint(fact.part)
    row
      .int(fact.code ? codes.id(fact.code) : null)
      .text(fact.category)
      .text(fact.status)
      .text(fact.verification)
    row
      .text(fact.startsAt)
      .text(fact.endsAt)
      .text(fact.startsAt?.slice(0, 10) ?? null)
    row.text(fact.value).text(fact.comparator).text(fact.unit)
    row.int(fact.valueCode ? codes.id(fact.valueCode) : null).text(fact.valueText)
  }
  resource.payers.forEach((evidence, part) => {
    const row = tables.incoming_payer.row().int(line).smallint(part)
    row.text(evidence.from).text(evidence.to).uuid(directory.payer(evidence))
  })
}
