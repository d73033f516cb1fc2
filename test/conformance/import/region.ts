import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { testDatabase } from '../../support/database.ts'

const repository = resolve(import.meta.dirname, '../../..')

export interface LineCounts {
  readonly created: number
  readonly corrected: number
  readonly unchanged: number
  readonly rejected: number
  readonly lines: number
}

/** What a person sees of an import. */
export interface ImportOutcome {
  readonly code: number | null
  /** The printed table by type; `all` is its last line. */
  readonly counts: Readonly<Record<string, LineCounts>>
  readonly reports: readonly { readonly file: string; readonly line: number; readonly reason: string }[]
  /** Everything that was printed. */
  readonly stdout: string
  readonly stderr: string
}

/** A region of a test's own with nothing in it yet, filled through the command line. */
export interface Region {
  /** Starts `commons` with these arguments. */
  start(...args: readonly string[]): ChildProcess
  /** `commons import fhir` until it ends. */
  import(...args: readonly string[]): Promise<ImportOutcome>
  /** SQL as the owner, behind all walls. */
  sql<Row extends object = Record<string, any>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

export async function openRegion(): Promise<Region> {
  const database = await testDatabase()
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', ...args], {
      cwd: repository,
      env: { ...process.env, ...database.env },
    })
  return {
    start,
    import: async (...args) => outcomeOf(start('import', 'fhir', ...args)),
    sql: async <Row>(sql: string, values: readonly unknown[] = []) => (await owner.query(sql, [...values])).rows as Row[],
    async close() {
      await owner.end()
      await database.drop()
    },
  }
}

/** Waits for an import to end and reads what it printed. */
export async function outcomeOf(command: ChildProcess): Promise<ImportOutcome> {
  const [stdout, stderr, [code]] = await Promise.all([text(command.stdout!), text(command.stderr!), once(command, 'close')])
  return { code: code as number | null, counts: readCounts(stdout), reports: readReports(stdout), stdout, stderr }
}

function readCounts(stdout: string): Record<string, LineCounts> {
  const rows = stdout.split('\n').map((line) => /^(\w+) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+) +([\d,]+)$/.exec(line))
  return Object.fromEntries(
    rows.flatMap((row) => {
      if (!row) return []
      const [created, corrected, unchanged, rejected, lines] = row.slice(2).map((cell) => Number(cell.replaceAll(',', ''))) as Five
      return [[row[1]!, { created, corrected, unchanged, rejected, lines }]]
    }),
  )
}

type Five = [number, number, number, number, number]

function readReports(stdout: string): ImportOutcome['reports'] {
  const rows = stdout.split('\n').map((line) => /^(.+?):(\d+): (.+)$/.exec(line))
  return rows.flatMap((row) => (row ? [{ file: row[1]!, line: Number(row[2]), reason: row[3]! }] : []))
}
