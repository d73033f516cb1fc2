import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openBulk } from '@carecommons/database'
import { findOrganizations, importFhir, type ImportReport } from '@carecommons/domain'
import { findFiles, type PracticesBy, readPracticesBy } from '@carecommons/interop'
import { isRefusal } from '@carecommons/kernel'
import { CommandFault } from './command-fault.ts'
import { type Commons, openCommons, regionOf } from './open-commons.ts'
import { answer, progressLine, say, table } from './terminal.ts'

export interface ImportOptions {
  readonly practicesBy?: string
  readonly practice?: string
}

/** `commons import fhir`: imports files and prints what became of every line. */
export async function importCommand(paths: readonly string[], options: ImportOptions): Promise<void> {
  const commons = await openCommons()
  try {
    const report = await runImport(commons, paths, options, false)
    printReport(report)
  } finally {
    await commons.close()
  }
}

export async function runImport(
  commons: Commons,
  paths: readonly string[],
  options: ImportOptions,
  isDemo: boolean,
): Promise<ImportReport> {
  const files = await findFiles(paths.map((path) => resolve(path)))
  if (isRefusal(files)) throw new CommandFault(files.message)
  if (files.length === 0) throw new CommandFault(`No .ndjson or .ndjson.gz file in ${paths.join(', ')}.`)
  const practicesBy = options.practicesBy ? await assignments(options.practicesBy) : null
  const region = await regionOf(commons, isDemo)
  const practiceId = options.practice ? await practiceNamed(commons, options.practice) : null
  const bulk = await openBulk(commons.install.appUrl)
  const progress = progressLine('Importing')
  const begun = Date.now()
  try {
    const report = await importFhir(
      bulk,
      { region, files, home: { practiceId, practicesBy }, fingerprint: fingerprint(files, options) },
      ({ stage, file, done, bytesDone, bytesTotal }) =>
        stage === 'projecting'
          ? progress.show(bytesTotal, bytesTotal, `${done.toLocaleString('en-US')} charts summed up`)
          : progress.show(bytesDone, bytesTotal, `${shortName(file)}, line ${done.toLocaleString('en-US')}`),
    )
    const seconds = (Date.now() - begun) / 1000
    const lines = Object.values(report.counts).reduce(
      (sum, counts) => sum + counts.created + counts.updated + counts.unchanged + counts.rejected,
      0,
    )
    progress.end(
      `${lines.toLocaleString('en-US')} resources in ${seconds.toFixed(1)} s (${Math.round(lines / seconds).toLocaleString('en-US')}/s)` +
        (report.resumed ? ', taken up where it was interrupted' : ''),
    )
    return report
  } finally {
    await bulk.close()
  }
}

async function assignments(file: string): Promise<PracticesBy> {
  const read = await readPracticesBy(resolve(file))
  if (isRefusal(read)) throw new CommandFault(read.message)
  for (const { line, reason } of read.faults) say(`${file}:${line}: ${reason}`)
  return read
}

async function practiceNamed({ database }: Commons, slug: string): Promise<string> {
  const practices = (await findOrganizations(database)).filter(({ kind }) => kind === 'practice')
  const practice = practices.find((one) => one.slug === slug)
  if (practice) return practice.id
  const known = practices.map((one) => one.slug).join(', ') || 'none yet; add one with `commons practices add NAME`'
  throw new CommandFault(`No practice has the short name "${slug}". Known: ${known}.`)
}

/** Same files as they stand, same options: an interrupted import is recognised by this. */
function fingerprint(files: readonly { path: string; bytes: number }[], options: ImportOptions): string {
  const hash = createHash('sha256').update(
    JSON.stringify([options.practice ?? null, options.practicesBy ? resolve(options.practicesBy) : null]),
  )
  for (const { path, bytes } of files) hash.update(`${path} ${bytes} ${statSync(path).mtimeMs}\n`)
  return hash.digest('hex')
}

const shortName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

function printReport({ counts, rejections, rejected }: ImportReport): void {
  const rows = Object.entries(counts).map(([type, one]) => [type, one.created, one.updated, one.unchanged, one.rejected, sum(one)])
  const total = ['all', ...[1, 2, 3, 4, 5].map((column) => rows.reduce((all, row) => all + Number(row[column]), 0))]
  for (const line of table(['type', 'new', 'corrected', 'unchanged', 'rejected', 'lines'], [...rows, total])) answer(line)
  if (rejected > 0) answer(`\n${rejected.toLocaleString('en-US')} lines did not land; they are kept with their reasons:`)
  for (const { file, line, reason } of rejections) answer(`${file}:${line}: ${reason}`)
  if (rejected > rejections.length) answer(`… and ${(rejected - rejections.length).toLocaleString('en-US')} more.`)
}

const sum = (one: Record<string, number>): number => Object.values(one).reduce((all, lines) => all + lines, 0)
