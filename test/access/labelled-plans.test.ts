// Policies that look up consents must not cost the index: as each role, labelled tables are read by practice and never from end to end.
import { databaseRoles } from '@carecommons/access'
import { Client } from 'pg'
import { openTestApi, type TestApi } from '../support/api.ts'

const TABLES = [
  'clinical_fact',
  'resource_version',
  'measure_membership',
  'patient_condition',
  'coming_gap',
  'registry_membership',
] as const
type Table = (typeof TABLES)[number]
const ROWS = 20_000

let api: TestApi
let login: Client
beforeAll(async () => {
  api = await openTestApi()
  login = new Client(api.appUrl)
  await login.connect()
  const many = (practice: string) =>
    `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, sensitivity)
     select '${practice}', uuidv7(), 'Condition', 'many-' || n, 0, 'active', case when n % 10 = 0 then 'part2' end from generate_series(1, ${ROWS}) n;
     insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line, sensitivity)
     select '${practice}', uuidv7(), 'Condition', 'many-' || n, 1, '\\x00', '{}', '{}', uuidv7(), 1, case when n % 10 = 0 then 'part2' end
       from generate_series(1, ${ROWS}) n;
     insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
                                     denominator_exception, numerator, evidence, sensitivity)
     select '${practice}', '${api.world.runId}', uuidv7(), 'control', 0, 1, 1, 0, 0, 0, '{}', case when n % 10 = 0 then 'part2' end
       from generate_series(1, ${ROWS}) n;
     insert into patient_summary (practice_id, patient_id, sort_name, deceased, condition_count, resource_count, risk_rank)
     select '${practice}', uuidv7(), 'many', false, 0, 0, n % 500 from generate_series(1, ${ROWS}) n;
     insert into patient_condition (practice_id, condition, patient_id, sensitivity, risk_rank)
     select '${practice}', (array['diabetes', 'hypertension', 'asthma'])[1 + n % 3], uuidv7(), case when n % 10 = 0 then 'part2' end, n % 500 from generate_series(1, ${ROWS}) n;
     insert into coming_gap (practice_id, patient_id, measure_id, due_on, sensitivity)
     select '${practice}', uuidv7(), 'control', '2027-01-01'::date + n % 360, case when n % 10 = 0 then 'part2' end from generate_series(1, ${ROWS}) n;
     insert into registry_membership (practice_id, id, registry, patient_id, entered_on, entered_by, entered_reasons, entered_hash, entered_watermark, sensitivity, risk_rank)
     select '${practice}', uuidv7(), (array['diabetes', 'hypertension', 'asthma'])[1 + n % 3], uuidv7(), '2026-01-01', 'records', '[]', 'x', 1, case when n % 10 = 0 then 'part2' end, n % 500
       from generate_series(1, ${ROWS}) n;`
  await api.sql(`set session_replication_role = replica; ${many(api.world.practices.alder)} ${many(api.world.practices.birch)}
                 set session_replication_role = default`)
  for (const table of [...TABLES, 'patient_summary']) await api.sql(`analyze ${table}`)
}, 60_000)
afterAll(async () => {
  await login.end()
  await api.close()
})

interface Plan {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Plan[]
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

async function planOf(role: string, settings: Readonly<Record<string, string>>, query: string): Promise<Plan[]> {
  await login.query('begin')
  try {
    await login.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings)) await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
    const { rows } = await login.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${query}`)
    return nodes(rows[0]!['QUERY PLAN'][0].Plan)
  } finally {
    await login.query('rollback')
  }
}

const query = (table: Table): string =>
  `select patient_id from ${table} where patient_id = '${api.world.charts.alder[0]}'${table === 'measure_membership' ? ` and run_id = '${api.world.runId}'` : ''}`

const acting = () => ({
  organization_id: api.world.practices.alder,
  membership_id: api.world.charts.alder[0]!,
  user_id: api.world.charts.alder[0]!,
  sensitive: 'on',
})

const readers: readonly { role: string; settings: () => Readonly<Record<string, string>>; tables: readonly Table[] }[] = [
  { role: databaseRoles.practice, settings: () => ({ ...acting(), practice_id: api.world.practices.alder }), tables: TABLES },
  {
    role: databaseRoles.careManager,
    settings: () => ({ ...acting(), practice_ids: `{${api.world.practices.alder},${api.world.practices.birch}}` }),
    tables: TABLES,
  },
  {
    role: databaseRoles.patient,
    settings: () => ({ ...acting(), practice_id: api.world.practices.alder, patient_id: api.world.charts.alder[0]! }),
    tables: TABLES,
  },
  {
    role: databaseRoles.grantee,
    settings: () => ({ ...acting(), practice_id: api.world.practices.alder, patient_id: api.world.charts.alder[0]! }),
    tables: ['clinical_fact', 'resource_version', 'patient_condition'],
  },
]

describe.each(readers)('as $role', ({ role, settings, tables }) => {
  test.each(tables)('%s is read by an index on its practice, and not from end to end', async (table) => {
    const plan = await planOf(role, settings(), query(table))
    // Empty partitions cost nothing either way.
    const full = new Set((await api.sql('select relname from pg_class where reltuples > 1000')).map(({ relname }) => relname as string))
    const own = plan.filter((node) => node['Relation Name']?.startsWith(table) && full.has(node['Relation Name']))
    expect(own.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
    const conditions = plan
      .filter((node) => node['Index Name']?.startsWith(table))
      .flatMap((node) => node['Index Cond'] ?? [])
      .filter((condition) => condition.includes('practice_id'))
    expect(conditions).not.toEqual([])
  })
})

test('a list by condition is an index condition too, labelled rows among it', async () => {
  const plan = await planOf(
    databaseRoles.practice,
    { ...acting(), practice_id: api.world.practices.alder },
    `select patient_id from patient_condition where condition = 'depression'`,
  )
  expect(plan.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'patient_condition')).toEqual([])
  expect(plan.some((node) => node['Index Cond']?.includes('practice_id'))).toBe(true)
})

test('a list of what comes due as well, by its days and chart by chart', async () => {
  const due = (summary: string) => `select from coming_gap c where ${summary} c.due_on <= '2027-01-05'`
  for (const { role, settings } of readers.slice(0, 2)) {
    const list = `select s.patient_id from patient_summary s where exists (${due('c.practice_id = s.practice_id and c.patient_id = s.patient_id and')})`
    const listed = await planOf(role, settings(), list)
    expect(listed.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'coming_gap')).toEqual([])
    expect(listed.find((node) => node['Index Name']?.startsWith('coming_gap'))?.['Index Cond']).toContain('practice_id')
    const plan = await planOf(role, settings(), due(''))
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'coming_gap')).toEqual([])
    expect(plan.find((node) => node['Index Name'] === 'coming_gap_due')?.['Index Cond']).toMatch(/practice_id.*due_on/)
  }
})

test('a list of those with a gap, stand-ins among it, asks both tables by an index on the practice', async () => {
  await api.sql(`set session_replication_role = replica;
    insert into open_membership (practice_id, run_id, patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator,
                                 denominator_exclusion, denominator_exception, numerator, evidence)
    select practice_id, run_id, patient_id, measure_id, group_index, 'none', '{part2}', 1, 1, 0, 0, 0, '{}' from measure_membership
     where sensitivity is not null;
    set session_replication_role = default`)
  await api.sql('analyze open_membership')
  const tables = ['measure_membership', 'open_membership']
  const either = tables.map((table) => `select practice_id, run_id, patient_id, measure_id from ${table}`).join(' union all ')
  for (const { role, settings } of readers.slice(0, 2)) {
    const plan = await planOf(
      role,
      settings(),
      `select s.patient_id from patient_summary s where exists (select from (${either}) m where m.practice_id = s.practice_id
          and m.run_id = '${api.world.runId}' and m.patient_id = s.patient_id and m.measure_id = 'control') order by s.risk_rank desc limit 51`,
    )
    for (const table of tables) {
      const own = plan.filter((node) => node['Relation Name']?.startsWith(table))
      expect(own.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === table)).toEqual([])
      expect(plan.some((node) => node['Index Name']?.startsWith(table) && node['Index Cond']?.includes('practice_id'))).toBe(true)
    }
  }
})

test('the order of risk and a tier of it are read from their index, a page and no more', async () => {
  const page = 'select s.patient_id from patient_summary s where not s.deceased'
  for (const [query, condition] of [
    [`${page} order by s.risk_rank desc, s.patient_id desc limit 51`, /practice_id/],
    [
      `${page} and (s.risk_rank, s.patient_id) < (203, '${api.world.charts.alder[0]}') order by s.risk_rank desc, s.patient_id desc limit 51`,
      /practice_id.*risk_rank/,
    ],
    [
      `${page} and s.risk_rank >= 200 and s.risk_rank < 300 order by s.risk_rank desc, s.patient_id desc limit 51`,
      /practice_id.*risk_rank/,
    ],
  ] as const) {
    const { role, settings } = readers[0]!
    const plan = await planOf(role, settings(), query)
    expect(plan.map((node) => node['Node Type'])).not.toContain('Sort')
    expect(plan.find((node) => node['Index Name'] === 'patient_summary_risk')?.['Index Cond']).toMatch(condition)
  }
})

describe.each([
  ['condition', 'patient_condition', `k.condition = 'diabetes'`],
  ['registry', 'registry_membership', `k.registry = 'diabetes' and k.left_on is null`],
])('a list by %s', (_, table, holds) => {
  const open = `(k.sensitivity is null or exists (select from consent c where c.practice_id = k.practice_id and c.patient_id = k.patient_id))`
  const page = (more: string) => `
    select k.practice_id, k.patient_id, k.risk_rank from ${table} k where ${holds} and not k.deceased and ${open} ${more} order by k.risk_rank desc, k.patient_id desc limit 51`
  const first = `and (k.risk_rank, k.patient_id) < (203, '01900000-0000-7000-8000-000000000000')`

  test.each(readers.slice(0, 2))(
    'has the order of risk from its own index as $role, and sorts nothing of it',
    async ({ role, settings }) => {
      const isOne = role === databaseRoles.practice
      const both = `'{${api.world.practices.alder},${api.world.practices.birch}}'::uuid[]`
      const list = isOne
        ? page(first)
        : `select k.* from unnest(${both}) reach (practice_id) cross join lateral (${page(`and k.practice_id = reach.practice_id ${first}`)}) k`
      const plan = await planOf(role, settings(), list)
      expect(plan.find((node) => node['Index Name'] === `${table}_risk`)?.['Index Cond']).toMatch(/practice_id.*risk_rank/)
      expect(plan.filter((node) => /Sort|Seq Scan/.test(node['Node Type'])).map((node) => node['Relation Name'])).toEqual([])
    },
  )

  test.each(readers.slice(0, 2))('is counted as $role from that index alone', async ({ role, settings }) => {
    await api.sql(`vacuum ${table}`)
    const plan = await planOf(role, settings(), `select count(*) from ${table} k where ${holds} and not k.deceased and ${open}`)
    expect(plan.find((node) => node['Relation Name'] === table)).toMatchObject({
      'Node Type': 'Index Only Scan',
      'Index Name': `${table}_risk`,
    })
  })
})

test('a list of a registry as well', async () => {
  for (const { role, settings } of readers.slice(0, 2)) {
    const plan = await planOf(
      role,
      settings(),
      `select s.patient_id from patient_summary s where exists (
         select from registry_membership r where r.practice_id = s.practice_id and r.registry = 'diabetes' and r.patient_id = s.patient_id and r.left_on is null)`,
    )
    expect(plan.filter((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name'] === 'registry_membership')).toEqual([])
    expect(plan.find((node) => node['Index Name']?.startsWith('registry_membership'))?.['Index Cond']).toContain('practice_id')
  }
})

test('a page by the day that something comes due follows the index of days, and sorts nothing', async () => {
  await api.sql(`
    set session_replication_role = replica;
    delete from patient_summary where sort_name = 'many';
    insert into patient_summary (practice_id, patient_id, sort_name, deceased, condition_count, resource_count)
    select practice_id, patient_id, 'many', false, 0, 1 from coming_gap where measure_id = 'control' on conflict do nothing;
    set session_replication_role = default`)
  await api.sql('analyze patient_summary')
  const page = (whose: string) => `
    select s.*, d.due_on from coming_gap d join patient_summary s on s.practice_id = d.practice_id and s.patient_id = d.patient_id
     where not s.deceased and d.due_on <= '2027-12-31' and (d.due_on, d.patient_id) > ('2027-02-01', '${api.world.charts.alder[0]}') ${whose}
       and not exists (select from coming_gap e where e.practice_id = d.practice_id and e.patient_id = d.patient_id
                          and (e.due_on, e.measure_id) < (d.due_on, d.measure_id))
     order by d.due_on, d.patient_id limit 51`
  const one = page('')
  const each = `select s.* from unnest('{${api.world.practices.alder},${api.world.practices.birch}}'::uuid[]) reach (practice_id)
    cross join lateral (${page('and d.practice_id = reach.practice_id')}) s`
  for (const { role, settings } of readers.slice(0, 2)) {
    const plan = await planOf(role, settings(), role === databaseRoles.practice ? one : each)
    expect(plan.find((node) => node['Index Name'] === 'coming_gap_due')?.['Index Cond']).toMatch(/practice_id.*due_on/)
    expect(plan.filter((node) => /Sort|Seq Scan/.test(node['Node Type']))).toEqual([])
  }
})

test('a scan from end to end would be seen: behind the walls there is one', async () => {
  const [row] = await api.sql(`explain (format json) select * from clinical_fact where value_text = 'x'`)
  const plan = nodes(row!['QUERY PLAN'][0].Plan as Plan)
  expect(plan.some((node) => node['Node Type'] === 'Seq Scan' && node['Relation Name']?.startsWith('clinical_fact'))).toBe(true)
})
