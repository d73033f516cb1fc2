import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { openDatabase } from '@carecommons/database'
import { Client } from 'pg'
import { filesNamed, type ImportOptions, runImport } from '../../../services/cli/src/import-command.ts'
import type { Commons } from '../../../services/cli/src/open-commons.ts'
import { runCommons } from '../../support/commons.ts'
import { testDatabase } from '../../support/database.ts'
import { type CommandOutcome, type Counted, countedOf, readOutcome } from './outcome.ts'

const repository = resolve(import.meta.dirname, '../../..')

/** A region of a test's own with nothing in it yet. */
export interface Region {
  /** What `commons import fhir` does, in this process: starting one takes a second. */
  import(path: string, options?: ImportOptions, interruption?: AbortSignal): Promise<Counted>
  /** Starts `commons import fhir` with these arguments. */
  start(...args: readonly string[]): ChildProcess
  /** The same until it ends, with what it printed. */
  command(...args: readonly string[]): Promise<CommandOutcome>
  /** Any other `commons` command in this region; answers what it printed. */
  commons(...args: readonly string[]): Promise<string>
  /** SQL as the owner, behind all walls. */
  sql<Row extends object = Record<string, any>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** The same on a connection of its own, for transactions beside others. */
  another(): Promise<Client>
  close(): Promise<void>
}

export async function openRegion(): Promise<Region> {
  const place = await testDatabase()
  const database = openDatabase(place.appUrl)
  const commons: Commons = { install: { appUrl: place.appUrl } as Commons['install'], database, close: () => database.close() }
  const clients: Client[] = []
  const another = async (): Promise<Client> => {
    const client = new Client(place.ownerUrl)
    clients.push(client)
    await client.connect()
    return client
  }
  const owner = await another()
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', 'import', 'fhir', ...args], {
      cwd: repository,
      env: { ...process.env, ...place.env },
    })
  return {
    import: async (path, options = {}, interruption) =>
      countedOf(await runImport(commons, await filesNamed([path]), options, false, interruption)),
    start,
    command: (...args) => outcomeOf(start(...args)),
    commons: (...args) => runCommons(args, place.env),
    sql: async <Row>(sql: string, values: readonly unknown[] = []) => (await owner.query(sql, [...values])).rows as Row[],
    another,
    async close() {
      for (const client of clients) await client.end()
      await database.close()
      await place.drop()
    },
  }
}

/** Waits for an import to end and reads what it printed. */
export async function outcomeOf(command: ChildProcess): Promise<CommandOutcome> {
  const [stdout, stderr, [code]] = await Promise.all([text(command.stdout!), text(command.stderr!), once(command, 'close')])
  return { ...readOutcome(stdout), code: code as number | null, stdout, stderr }
}
