import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openBulk } from '@carecommons/database'
import { type BulkConnection, findOrganizations, importFhir, type ImportProgress, type ImportReport } from '@carecommons/domain'
import { findFiles, type NdjsonFile, type PracticesBy, readPracticesBy } from '@carecommons/interop'
import { isRefusal } from '@carecommons/kernel'
import { CommandFault } from './command-fault.ts'
import { listenForInterruption } from './interruption.ts'
import { type Commons, openCommons, regionOf } from './open-commons.ts'
import { answer, progressLine, say, table } from './terminal.ts'

export interface ImportOptions {
  readonly practicesBy?: string
  readonly practice?: string
  /** The files come from a program under 42 CFR Part 2. */
  readonly part2?: boolean
}

/** `commons import fhir`: imports files and prints what became of every line. */
export async function importCommand(paths: readonly string[], options: ImportOptions): Promise<void> {
  const files = await filesNamed(paths)
  const commons = await openCommons()
  const interruption = listenForInterruption()
  try {
    printReport(await runImport(commons, files, options, false, interruption))
  } catch (error) {
    if (!interruption.aborted) throw error
    say('Importing stopped. What was read is kept; the same command goes on from there.')
    process.exitCode = 130
  } finally {
    await commons.close()
  }
}

export async function filesNamed(paths: readonly string[]): Promise<NdjsonFile[]> {
  const files = await findFiles(paths.map((path) => resolve(path))).catch(throwInWords)
  if (isRefusal(files)) throw new CommandFault(files.message)
  return files
}

export async function runImport(
  commons: Commons,
  files: readonly NdjsonFile[],
  options: ImportOptions,
  isDemo: boolean,
  interruption?: AbortSignal,
): Promise<ImportReport> {
  const practicesBy = options.practicesBy ? await assignments(options.practicesBy) : null
  const practiceId = options.practice ? await practiceNamed(commons, options.practice) : null
  const region = await regionOf(commons, isDemo)
  const connections = await Promise.all([openBulk(commons.install.appUrl), openBulk(commons.install.appUrl)])
  const [landing, beside] = connections
  const progress = progressLine('Importing')
  const begun = Date.now()
  try {
    const report = await importFhir(
      [stoppable(landing, interruption), stoppable(beside, interruption)],
      { region, files, home: { practiceId, practicesBy }, isPart2: options.part2 ?? false, fingerprint: fingerprint(files, options) },
      (state) => progress.show(...inWords(state)),
    )
    progress.end(summary(report, (Date.now() - begun) / 1000))
    return report
  } catch (error) {
    return throwInWords(error)
  } finally {
    for (const connection of connections) await connection.close()
  }
}

/** Transactions are ended, none is begun any more: an import can be interrupted between any two. */
const stoppable = (bulk: BulkConnection, interruption?: AbortSignal): BulkConnection => ({
  ...bulk,
  async within(scope, work) {
    interruption?.throwIfAborted()
    return await bulk.within(scope, work)
  },
})

function inWords({ stage, file, done, bytesDone, bytesTotal }: ImportProgress): [done: number, total: number, words: string] {
  if (stage === 'waiting') return [0, 0, 'waiting for another import to end']
  if (stage === 'projecting') return [bytesTotal, bytesTotal, `${number(done)} charts summed up`]
  return [bytesDone, bytesTotal, `${shortName(file)}, line ${number(done)}`]
}

function summary({ counts, resumed }: ImportReport, seconds: number): string {
  const lines = Object.values(counts).reduce((all, one) => all + sum(one), 0)
  const words = `${number(lines)} resources in ${seconds.toFixed(1)} s`
  // How many of them were read in these seconds is not known when others had read the rest before.
  return resumed ? `${words}, taken up where it was interrupted` : `${words} (${number(Math.round(lines / seconds))}/s)`
}

/** A file that cannot be read is not a bug: says which and why. */
function throwInWords(error: unknown): never {
  const { code, syscall, path } = error as NodeJS.ErrnoException
  if (!['open', 'read', 'stat', 'scandir'].includes(syscall ?? '')) throw error
  throw new CommandFault(`Cannot read ${path ?? 'one of the files'}: ${code}.`)
}

async function assignments(file: string): Promise<PracticesBy> {
  const read = await readPracticesBy(resolve(file))
  if (isRefusal(read)) throw new CommandFault(`${file}: ${read.message}`)
  for (const { line, reason } of read.faults) say(`${file}:${line}: ${reason}`)
  return read
}

async function practiceNamed({ database }: Commons, slug: string): Promise<string> {
  const practices = (await findOrganizations(database)).filter(({ kind }) => kind === 'practice')
  const practice = practices.find((one) => one.slug === slug)
  if (practice) return practice.id
  const known = practices.map((one) => one.slug).join(', ') || 'none yet; a first import makes them'
  throw new CommandFault(`No practice has the short name "${slug}". Known: ${known}.`)
}

/** Same files, same options: an interrupted import is recognised by this; whether the files say the same, it finds out itself. */
function fingerprint(files: readonly { path: string }[], { practice, practicesBy, part2 }: ImportOptions): string {
  const hash = createHash('sha256').update(`${practice ?? ''}\n${part2 ? 'part2\n' : ''}`)
  for (const { path } of files) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${path} ${size} ${mtimeMs}\n`)
  }
  if (practicesBy) hash.update(readFileSync(practicesBy))
  return hash.digest('hex')
}

const number = (count: number): string => count.toLocaleString('en-US')
const shortName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function printReport({ counts, rejections, rejected }: ImportReport): void {
  const rows = Object.entries(counts).map(([type, one]) => [type, one.created, one.updated, one.unchanged, one.rejected, sum(one)])
  const total = ['all', ...[1, 2, 3, 4, 5].map((column) => rows.reduce((all, row) => all + Number(row[column]), 0))]
  for (const line of table(['type', 'new', 'corrected', 'unchanged', 'rejected', 'lines'], [...rows, total])) answer(line)
  if (rejected > 0)
    answer(
      `\n${rejected === 1 ? '1 line did not land; it is kept with its reason:' : `${number(rejected)} lines did not land; they are kept with their reasons:`}`,
    )
  for (const { file, line, reason } of rejections) answer(`${file}:${line}: ${reason}`)
  if (rejected > rejections.length) answer(`… and ${number(rejected - rejections.length)} more.`)
}

const sum = (one: Record<string, number>): number => Object.values(one).reduce((all, lines) => all + lines, 0)
