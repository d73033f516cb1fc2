// What the planner has sampled of a column it uses for every role, and `explain` tells: of whom a row is nothing may be sampled.
import { everyDatabaseRole } from '@carecommons/access'
import { loginsFor, migrate } from '@carecommons/database'
import { estimateAlike } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { Client } from 'pg'
import { openTestApi, type TestApi } from '../support/api.ts'
import { testDatabase } from '../support/database.ts'

let api: TestApi
let login: Client
beforeAll(async () => {
  api = await openTestApi()
  login = new Client(api.appUrl)
  await login.connect()
  await api.sql('analyze')
  await estimateAlike(api.world.database)
})
afterAll(async () => {
  await login.end()
  await api.close()
})

/** Columns that a policy of their own table compares, and that are ids of somebody: of practices, charts, people, not of jobs or runs. */
const COMPARED = `
  select distinct c.relname as table, a.attname as column, a.attstattarget = 0 as "isUnsampled"
    from pg_depend d join pg_policy p on d.classid = 'pg_policy'::regclass and d.objid = p.oid
    join pg_class c on c.oid = p.polrelid
    join pg_attribute a on d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and a.attrelid = c.oid and a.attnum = d.refobjsubid
   where c.relnamespace = 'public'::regnamespace and a.atttypid = 'uuid'::regtype
     and a.attname not in ('id', 'parent_id', 'subject_id', 'live_of') order by 1, 2`

/** The same columns of partitions, which do not take it from their table. */
const OF_PARTITIONS = `
  select part.relname as table, a.attname as column from pg_inherits i
    join pg_class part on part.oid = i.inhrelid and part.relkind = 'r'
    join pg_attribute whole on whole.attrelid = i.inhparent and whole.attstattarget = 0
    join pg_attribute a on a.attrelid = part.oid and a.attname = whole.attname
   where a.attstattarget is distinct from 0 order by 1, 2`

const sampledOfSomebody = async (): Promise<object[]> => [
  ...(await api.sql(COMPARED)).filter(({ isUnsampled }) => isUnsampled !== true).map(({ table, column }) => ({ table, column })),
  ...(await api.sql(OF_PARTITIONS)),
]

const SAMPLES = `select c.relname as table, a.attname as column from pg_statistic s
  join pg_class c on c.oid = s.starelid join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum
 where c.relnamespace = 'public'::regnamespace and a.attstattarget = 0 and (s.stakind1, s.stakind2, s.stakind3) is distinct from (0, 0, 0) order by 1, 2`

test('of whom a row is, nothing is sampled: of no table, no partition, no month of the audit', async () => {
  await api.sql('select commons_make_audit_months()')
  await api.sql('analyze')
  expect((await api.sql(COMPARED)).length).toBeGreaterThan(50)
  expect(await sampledOfSomebody()).toEqual([])
  expect(await api.sql(SAMPLES)).toEqual([])
  // Over several columns at once, or over an expression, it would be sampled all the same.
  expect(await api.sql('select stxname from pg_statistic_ext')).toEqual([])
  expect(
    await api.sql(
      `select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid where i.indexprs is not null and c.relnamespace = 'public'::regnamespace`,
    ),
  ).toEqual([])
})

test('a table of practices that is made by hand is found, and the next migration closes it', async () => {
  const database = await testDatabase()
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  try {
    await owner.query(`create table planted (practice_id uuid not null, n int); alter table planted enable row level security;
      create policy planted_own on planted for select to commons_practice using (practice_id = current_setting('commons.practice_id')::uuid);
      insert into planted select '${newId()}', n from generate_series(1, 100) n; analyze planted`)
    const { rows } = await owner.query<{ table: string; isUnsampled: boolean | null }>(COMPARED)
    expect(rows.filter(({ isUnsampled }) => isUnsampled !== true).map(({ table }) => table)).toEqual(['planted'])
    const sampled = `select count(*)::int as columns from pg_statistic where starelid = 'planted'::regclass`
    expect((await owner.query(sampled)).rows).toEqual([{ columns: 2 }])
    await migrate(database.ownerUrl, loginsFor(database.ownerUrl, ''))
    await owner.query('analyze planted')
    expect((await owner.query(sampled)).rows).toEqual([{ columns: 1 }])
  } finally {
    await owner.end()
    await database.drop()
  }
})

interface Question {
  readonly table: string
  readonly column: string
  readonly values: readonly string[]
}

/** Ids of whom rows are, the most frequent first, by table and column. */
async function questions(): Promise<Question[]> {
  const asked: Question[] = []
  for (const { table, column } of await api.sql(COMPARED)) {
    const rows = await api.sql(
      `select "${column}"::text as id from "${table}" where "${column}" is not null group by 1 order by count(*) desc limit 3`,
    )
    if (rows.length > 0) asked.push({ table, column, values: rows.map(({ id }) => id as string) })
  }
  return asked
}

/** How many rows the planner expects, told to a role; undefined where it may not ask. */
async function estimate(role: string, table: string, column: string, id: string): Promise<number | undefined> {
  const { alder } = api.world.practices
  await login.query('begin')
  try {
    await login.query(`set local role ${role}`)
    for (const name of ['practice_id', 'organization_id']) await login.query('select set_config($1, $2, true)', [`commons.${name}`, alder])
    await login.query('select set_config($1, $2, true)', ['commons.practice_ids', `{${alder}}`])
    const { rows } = await login.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
      `explain (format json) select 1 from "${table}" where "${column}" = '${id}'`,
    )
    return rows[0]!['QUERY PLAN'][0].Plan['Plan Rows']
  } catch (error) {
    if ((error as { code: string }).code === '42501') return undefined
    throw error
  } finally {
    await login.query('rollback')
  }
}

/** An id that nothing has. In a table that is divided by it, one of the same part: the size of a part is what is known of it. */
async function missing(table: string, column: string, id: string): Promise<string> {
  const [divided] = await api.sql(
    `select p.partrelid::int as oid from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
      where p.partrelid = $1::regclass and p.partstrat = 'h' and a.attname = $2`,
    [table, column],
  )
  if (!divided) return newId()
  const part = (value: string) =>
    `(select n from generate_series(0, 7) n where satisfies_hash_partition(${divided.oid}, 8, n, ${value}::uuid))`
  const [row] = await api.sql(
    `select m::text as id from (select gen_random_uuid() as m from generate_series(1, 500)) r where ${part('m')} = ${part('$1')} limit 1`,
    [id],
  )
  return row!.id as string
}

const told = async (roles: readonly string[], asked: readonly Question[]): Promise<object[]> => {
  const differences: object[] = []
  for (const { table, column, values } of asked)
    for (const id of values) {
      const nobody = await missing(table, column, id)
      for (const role of roles) {
        const [one, other] = [await estimate(role, table, column, id), await estimate(role, table, column, nobody)]
        if (one !== other) differences.push({ role, table, column, estimates: [one, other] })
      }
    }
  return differences
}

test('what is told in its place: how many practices and charts there are', async () => {
  const told = await api.sql(
    `select distinct a.attname as column, s.stadistinct::int as is from pg_statistic s join pg_attribute a on a.attrelid = s.starelid and a.attnum = s.staattnum
      where s.starelid in ('patient'::regclass, 'patient_search'::regclass, 'clinical_fact'::regclass, 'clinical_fact_0'::regclass) and a.attstattarget = 0 order by 1`,
  )
  expect(told).toEqual([
    { column: 'patient_id', is: 42 },
    { column: 'practice_id', is: 3 },
  ])
  expect(await estimateAlike(api.world.database, '3 42')).toBe('3 42')
})

test("another's rows are estimated like those of nobody, to every role", async () => {
  const asked = await questions()
  expect(asked.map(({ table }) => table)).toEqual(expect.arrayContaining(['patient', 'patient_summary', 'coverage', 'measure_membership']))
  expect(await told(everyDatabaseRole, asked)).toEqual([])
}, 60_000)

test('where something is sampled, the estimate tells', async () => {
  await api.sql('alter table patient alter column practice_id set statistics -1; analyze patient')
  const asked = (await questions()).filter(({ table, column }) => table === 'patient' && column === 'practice_id')
  expect(await told(['commons_practice'], asked)).not.toEqual([])
  expect(await sampledOfSomebody()).toEqual([{ table: 'patient', column: 'practice_id' }])
})
