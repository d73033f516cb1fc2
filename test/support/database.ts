import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureLogins, loginsFor, migrate, QUEUE_SCHEMA } from '@carecommons/database'
import pg from 'pg'

const TEMPLATE = 'commons_template'

/** A migrated database of a test's own, on the server of the run. */
export interface TestDatabase {
  /** As the owner: sees everything. For arranging and for oracles. */
  readonly ownerUrl: string
  /** As the application's login, which takes on a role per transaction. */
  readonly appUrl: string
  readonly queueUrl: string
  readonly queueSchema: string
  /** Environment for a `commons` process that is to use this database. */
  readonly env: Record<string, string>
  drop(): Promise<void>
}

/** What a test starts from when an empty region is not enough; made once for the run, by whoever asks for it first. */
export interface Beginning {
  /** Name of a database. */
  readonly name: string
  /** What it goes on from; otherwise from what the migrations make. */
  readonly from?: Beginning
  /** Fills a migrated database and leaves no connection to it open. */
  fill(database: TestDatabase): Promise<void>
}

/** A clone of the template that was migrated once for the run, or of a beginning. */
export async function testDatabase(beginning?: Beginning): Promise<TestDatabase> {
  const server = process.env['COMMONS_TEST_CLUSTER']
  if (!server) throw new Error('COMMONS_TEST_CLUSTER names no server: run through npm test, or jest with its global set-up.')
  const name = `test_${process.pid}_${crypto.randomUUID().slice(0, 8)}`
  const template = beginning?.name ?? TEMPLATE
  await asOwner(server, async (owner) => {
    // A template cannot be copied while it is being made or copied: one test at a time.
    await owner.query(`select pg_advisory_lock(hashtext('${template}'))`)
    const { rowCount } = await owner.query('select 1 from pg_database where datname = $1', [template])
    if (!rowCount) await (beginning ? makeBeginning(owner, beginning) : makeTemplate(owner, server))
    await copy(owner, template, name)
    await owner.query(`select pg_advisory_unlock(hashtext('${template}'))`)
    // Privileges on a database are not copied with it.
    await owner.query(`grant temporary on database ${name} to commons_worker`)
  })
  const folder = mkdtempSync(join(tmpdir(), 'carecommons-install-'))
  const ownerUrl = address(server, name)
  const logins = loginsFor(ownerUrl, '')
  await asOwner(ownerUrl, (owner) => ensureLogins(owner, logins))
  return {
    ownerUrl,
    appUrl: logins.app.url,
    queueUrl: logins.queue.url,
    queueSchema: QUEUE_SCHEMA,
    env: { DATABASE_URL: ownerUrl, COMMONS_DATA: folder },
    async drop() {
      await asOwner(server, (owner) => owner.query(`drop database ${name} with (force)`))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function makeTemplate(owner: pg.Client, server: string): Promise<void> {
  const making = `${TEMPLATE}_making`
  await owner.query(`drop database if exists ${making} with (force)`)
  await owner.query(`create database ${making}`)
  const url = address(server, making)
  await migrate(url, loginsFor(url, ''))
  await owner.query(`alter database ${making} rename to ${TEMPLATE}`)
}

/** Copied under its name when it is whole, so that a beginning cut short is never met. */
async function makeBeginning(owner: pg.Client, { name, from, fill }: Beginning): Promise<void> {
  const database = await testDatabase(from)
  try {
    await fill(database)
    await copy(owner, new URL(database.ownerUrl).pathname.slice(1), name)
  } finally {
    await database.drop()
  }
}

/** By files: through the log, which is PostgreSQL's usual way, it takes eight times as long. */
const copy = (owner: pg.Client, from: string, to: string): Promise<unknown> =>
  owner.query(`create database ${to} template ${from} strategy file_copy`)

const address = (server: string, database: string): string => Object.assign(new URL(server), { pathname: database }).href

async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
