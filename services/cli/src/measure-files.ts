import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  type BrokenCase,
  type DeckCase,
  type EnginePool,
  type MeasurePackage,
  type PackageProblem,
  readDeck,
  readPackage,
} from '@carecommons/cql'
import { CommandFault } from './command-fault.ts'
import { say } from './terminal.ts'

/**
 * Reads a measure package (.json, .json.gz); what is missing or damaged in it is told and ends the command. The pool's thread opens and
 * compiles it first: whatever the file holds, it takes no more memory and time than the thread may.
 */
export async function readMeasurePackage(pool: EnginePool, path: string): Promise<MeasurePackage> {
  const opening = await pool.open(read(path, 'package'))
  const reading = opening.ok ? readPackage(JSON.parse(opening.package.bundle)) : opening
  if (!reading.ok) throw new CommandFault([`${path} cannot be used:`, ...told(reading.problems)].join('\n'))
  for (const warning of told(reading.warnings)) say(`note: ${warning.trim()}`)
  return reading.package
}

const MOST_TOLD = 100

/** Of thousands the first are enough to begin with. */
function told(problems: readonly PackageProblem[]): string[] {
  const rest = problems.length - MOST_TOLD
  return [...problems.slice(0, MOST_TOLD).map(inWords), ...(rest > 0 ? [`  and ${rest.toLocaleString('en-US')} more`] : [])]
}

const inWords = ({ subject, message }: PackageProblem): string => `  ${subject}: ${message}`

/** Reads a deck of cases (.ndjson, .ndjson.gz); what of it cannot be run is told with its line. */
export function readCases(path: string): { readonly cases: readonly DeckCase[]; readonly broken: readonly BrokenCase[] } {
  const reading = readDeck(unpacked(read(path, 'deck of cases'), path))
  if (!reading.ok)
    throw new CommandFault([`${path} is not a deck of cases:`, ...reading.problems.slice(0, 20).map((one) => `  ${one}`)].join('\n'))
  return reading
}

/** The deck that lies beside a package. */
export function casesBeside(packagePath: string): string {
  const names = ['cases.ndjson.gz', 'cases.ndjson'].map((name) => join(dirname(packagePath), name))
  const found = names.find((name) => existsSync(name))
  if (!found) throw new CommandFault(`There is no cases.ndjson beside ${packagePath}; name the deck with --cases.`)
  return found
}

function read(path: string, what: string): Buffer {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new CommandFault(`There is no ${what} at ${path}.`)
  if (!stat.isFile()) throw new CommandFault(`${path} is not a file; a ${what} is one.`)
  return readFileSync(path)
}

/** Published decks have a few megabytes. */
const mostBytes = 256 * 1024 * 1024

function unpacked(bytes: Buffer, path: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes }).toString('utf8')
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    if (error.code === 'ERR_BUFFER_TOO_LARGE')
      throw new CommandFault(`${path} unpacks to more than ${mostBytes / 1024 / 1024} MB, which is no deck of cases.`)
    throw new CommandFault(`${path} is a damaged or cut off gzip file.`)
  }
}
