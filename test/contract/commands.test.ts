// The command line on an empty database: it says what comes first, and makes nothing by the way.
import pg from 'pg'
import { startCommons } from '../support/commons.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database.drop())

const ADD = ['users', 'add', '--name', 'Ada', '--email', 'ada@clinic.example', '--role', 'clinician', '--organization', 'somewhere']

test.each([['measures', 'run', '--year', '2025'], ADD, ['organizations', 'sign', 'all', '--by', 'Ada', '--as', 'director']])(
  'commons %s %s without a region',
  async (...args) => {
    expect(await refusal(args)).toMatch(/There is no region here yet\. Bring one in first: npm run -s commons -- import fhir/)
    expect(await sql('select from region')).toEqual([])
  },
  60_000,
)

test('an address that is none is not added', async () => {
  await sql(`insert into region (id, name, time_zone, is_demo, created_at) values (uuidv7(), 'North', 'America/New_York', false, now())`)
  await sql(
    `insert into organization (id, region_id, kind, name, slug, created_at) select uuidv7(), id, 'practice', 'Pine', 'somewhere', now() from region`,
  )
  expect(await refusal(ADD.map((word) => word.replace('@clinic.example', '@clinic')))).toContain('"ada@clinic" is no email address')
  expect(await sql('select from app_user')).toEqual([])
}, 60_000)

/** What a command that refuses says. */
async function refusal(args: readonly string[]): Promise<string> {
  const running = startCommons(args, { ...database.env, REDIS_URL: undefined })
  expect(await running.ended).toBe(1)
  expect(running.words()).not.toMatch(/\n +at /)
  return running.words()
}

async function sql(text: string): Promise<unknown[]> {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  try {
    return (await owner.query<pg.QueryResultRow>(text)).rows
  } finally {
    await owner.end()
  }
}
