import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lookAtInstall, openInstall } from '@carecommons/database'
import { Client } from 'pg'

const server = (): string => process.env['COMMONS_TEST_CLUSTER']!
const name = `unsafe_${process.pid}`
let folder: string
let owner: Client

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  DATABASE_URL: Object.assign(new URL(server()), { pathname: name }).href,
  COMMONS_DATA: folder,
  ...more,
})
const start = async (more?: NodeJS.ProcessEnv): Promise<string> => {
  const install = await openInstall(() => undefined, env(more))
  await install.close()
  return new URL(install.appUrl).username
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carecommons-unsafe-'))
  const maker = new Client(server())
  await maker.connect()
  await maker.query(`create database ${name}`)
  await maker.end()
  owner = new Client(env()['DATABASE_URL'])
  await owner.connect()
  await start()
})
afterAll(async () => {
  await owner.end()
  const dropper = new Client(server())
  await dropper.connect()
  await dropper.query(`drop database ${name} with (force)`)
  await dropper.end()
  rmSync(folder, { recursive: true, force: true })
})

describe('hardening 72: it refuses to start', () => {
  test('as a superuser, as one who passes by row-level security, and as an owner of tables', async () => {
    const login = await start()
    for (const [spoil, mend, words] of [
      [`alter role "${login}" superuser`, `alter role "${login}" nosuperuser`, 'passes by row-level security'],
      [`alter role "${login}" bypassrls`, `alter role "${login}" nobypassrls`, 'passes by row-level security'],
      [`alter table patient_search owner to "${login}"`, 'alter table patient_search owner to current_user', 'owns tables'],
    ] as const) {
      await owner.query(spoil)
      try {
        await expect(start()).rejects.toThrow(words)
      } finally {
        await owner.query(mend)
      }
      expect(await start()).toBe(login)
    }
  })

  test.each([
    [
      'with row-level security off',
      'alter table patient disable row level security',
      'alter table patient enable row level security',
      'not forced on table patient',
    ],
    [
      'with row-level security not forced',
      'alter table patient no force row level security',
      'alter table patient force row level security',
      'not forced on table patient',
    ],
    [
      'with a table that nobody knows and that has no wall',
      'create table planted (id int)',
      'drop table planted',
      'forced on table planted',
    ],
    [
      'with a table that lacks a policy',
      'create table planted (id int); alter table planted enable row level security; alter table planted force row level security',
      'drop table planted',
      'Table planted has no policy',
    ],
  ])('%s', async (_what, spoil, mend, words) => {
    await owner.query(spoil)
    try {
      await expect(start()).rejects.toThrow(words)
    } finally {
      await owner.query(mend)
    }
    await start()
  })

  test('an old migration is made up before anything is served; where it is only looked at, it is told', async () => {
    const { rows } = await owner.query<{ name: string }>('delete from migration where id = (select min(id) from migration) returning name')
    expect(await lookAtInstall(env())).toMatchObject({ schema: 'behind', pending: [rows[0]!.name] })
    // The tables of the first migration stand already and cannot be made again: the start ends with it, and serves nothing.
    await expect(start()).rejects.toThrow()
    await owner.query('insert into migration (name) values ($1)', [rows[0]!.name])
    await start()
  })
})
