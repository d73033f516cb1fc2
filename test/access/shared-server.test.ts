// Several regions on one PostgreSQL server, several installs of one region, and an install of before: nobody locks anybody out, and
// nobody comes in next door.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Install, lookAtInstall, openInstall, QUEUE_SCHEMA } from '@carecommons/database'
import { openJobs } from '@carecommons/jobs'
import pg from 'pg'

const folder = mkdtempSync(join(tmpdir(), 'carecommons-shared-'))
const names = ['north', 'south', 'before'].map((name) => `${name}_${process.pid}`)
const [north, south, before] = names as [string, string, string]
const server = (): string => process.env['COMMONS_TEST_CLUSTER']!

afterAll(async () => {
  for (const name of names) await query(server(), `drop database if exists ${name} with (force)`)
  rmSync(folder, { recursive: true })
})

test('two regions on one server: each keeps its own way in, and neither gets into the other', async () => {
  const [first, second] = [await open(north), await open(south)]
  for (const url of [first.appUrl, first.queueUrl, second.appUrl, second.queueUrl])
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }])
  for (const url of [first.appUrl, first.queueUrl])
    await expect(query(Object.assign(new URL(url), { pathname: south }).href, 'select 1')).rejects.toThrow(/permission denied for database/)
})

test('a second install of the same region comes to the same passwords, whatever its folder holds', async () => {
  const [first, second] = [await open(north, 'here'), await open(north, 'there')]
  expect(second.appUrl).toBe(first.appUrl)
  expect(await query(first.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('an install of before keeps its queue, under a login of its own', async () => {
  const { ownerUrl } = await open(before)
  await query(ownerUrl, `do $$ begin create role commons_queue; exception when duplicate_object then null; end $$`)
  const { queueUrl } = await open(before)
  const backend = { kind: 'postgres', url: queueUrl, schema: QUEUE_SCHEMA } as const
  await (await openJobs({ backend, log: () => undefined })).close()
  await query(ownerUrl, `reassign owned by "${new URL(queueUrl).username}" to commons_queue`)

  const jobs = await openJobs({ backend: { ...backend, url: (await open(before)).queueUrl }, log: () => undefined })
  expect(await jobs.health()).toMatchObject({ reachable: true })
  await jobs.enqueue({ jobId: crypto.randomUUID(), name: 'record.project' })
  await jobs.close()
})

test('looking changes nothing: an empty database stays empty, a migration that is missing stays missing', async () => {
  await query(server(), `drop database if exists ${south} with (force)`)
  await query(server(), `create database ${south}`)
  const env = envOf(south)
  expect(await lookAtInstall(env)).toMatchObject({ schema: 'not made', version: expect.stringMatching(/^18/), problems: [] })
  const tables = `select count(*)::int as tables from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`
  expect(await query(env.DATABASE_URL, tables)).toEqual([{ tables: 0 }])

  await open(south)
  expect(await lookAtInstall(env)).toMatchObject({ schema: 'up to date', pending: [], problems: [] })
  const [{ name }] = (await query(env.DATABASE_URL, 'delete from migration where id = (select max(id) from migration) returning name')) as [
    { name: string },
  ]
  const look = await lookAtInstall(env)
  expect(look).toMatchObject({ schema: 'behind', pending: [name], problems: [] })
  expect(look.address).toBe(`${new URL(server()).host}/${south} as ${new URL(server()).username}`)
  expect(JSON.stringify(await query(env.DATABASE_URL, 'select name from migration'))).not.toContain(name)
})

test('looking finds a wall that somebody took down, and a password that was changed', async () => {
  const { ownerUrl, appUrl } = await open(north)
  const login = new URL(appUrl).username
  await query(ownerUrl, `alter table patient no force row level security`)
  await query(ownerUrl, `alter role "${login}" password 'another'`)
  expect((await lookAtInstall(envOf(north))).problems).toEqual([
    expect.stringContaining('alter table "patient" force row level security'),
    'Row-level security is not forced on table patient.',
    `The login ${login} does not get in with its password. The next start (npm start) mends that.`,
  ])
})

const envOf = (database: string, data = 'data') => ({
  DATABASE_URL: Object.assign(new URL(server()), { pathname: database }).href,
  COMMONS_DATA: join(folder, data),
})

async function open(database: string, data?: string): Promise<Install> {
  const env = envOf(database, data)
  const { length } = await query(server(), `select from pg_database where datname = '${database}'`)
  if (length === 0) await query(server(), `create database ${database}`)
  return openInstall(() => undefined, env)
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<pg.QueryResultRow>(sql)).rows
  } finally {
    await client.end()
  }
}
