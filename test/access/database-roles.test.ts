import { everyDatabaseRole, type Scope } from '@carecommons/access'
import { openDatabase } from '@carecommons/database'
import { entities, type Tx } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { openTestApi, type TestApi } from '../support/api.ts'
import { type AsRole, DENIED, openAsRole } from '../support/as-role.ts'

let api: TestApi
let asked: AsRole
const as: AsRole['as'] = (...asking) => asked.as(...asking)
beforeAll(async () => {
  api = await openTestApi()
  asked = await openAsRole(api)
})
afterAll(async () => {
  await asked.close()
  await api.close()
})

const tables = entities.map(({ meta }) => meta.tableName as string)
const tenantTables = entities
  .filter(
    ({ meta }) =>
      'practiceId' in meta.properties &&
      !['audit_event', 'job', 'metric_chunk', 'comparison_chunk', 'score', 'payer_score', 'payer_performance'].includes(
        meta.tableName as string,
      ),
  )
  .map(({ meta }) => meta.tableName as string)
/** Rows that tell of one chart, or of one person. */
/** Of practices, and for the region: who works where, and suppressed figures. */
const FOR_THE_REGION = ['care_assignment', 'leave_cover', 'shown_stratum']
const chartTables = [...tenantTables.filter((table) => !FOR_THE_REGION.includes(table)), 'person', 'person_key', 'payer_score']

test('there are charts to hide', () => {
  expect(tenantTables).toEqual(
    expect.arrayContaining([
      'patient',
      'patient_summary',
      'patient_search',
      'clinical_fact',
      'resource_version',
      'coverage',
      'measure_membership',
    ]),
  )
})

test.each(tables)('the login itself reads nothing: %s', async (table) => {
  expect(await as(null, {}, `select * from public.${table} limit 1`)).toBe(DENIED)
})

test.each(['patient_summary', 'patient_condition', 'registry_membership'])(
  'as a patient nobody reads the own rank of risk: %s',
  async (table) => {
    const own = { practice_id: api.world.practices.alder, patient_id: api.world.charts.alder[0]! }
    expect(await as('commons_patient', own, `select risk_rank from ${table}`)).toBe(DENIED)
    expect(await as('commons_patient', own, `select patient_id from ${table} order by risk_rank`)).toBe(DENIED)
    expect(await as('commons_patient', own, `select patient_id from ${table}`)).not.toBe(DENIED)
  },
)

test('charts that move are named on a channel that the service hears and no role finds', async () => {
  const database = openDatabase(api.appUrl, { max: 1 })
  const heard: string[] = []
  const closing: (() => Promise<void>)[] = []
  const { login: app } = asked
  app.on('notification', ({ payload }) => void heard.push(payload!))
  try {
    await app.query('set role commons_payer; listen commons_movements')
    const told = new Promise<string>((resolve) => {
      const listening = database.listen(resolve, () => undefined)
      closing.push(() => listening.close())
    })
    const notify = ({ db }: Tx) =>
      db
        .selectNoFrom(({ fn, val }) => fn('pg_notify', [fn('current_setting', [val('commons.movements')]), val('a chart')]).as('told'))
        .execute()
    // Until the service's listener stands, which nobody is told of.
    const telling = setInterval(() => void database.within({ kind: 'worker', practiceIds: 'none' }, notify), 50)
    closing.push(async () => clearInterval(telling))
    expect(await told).toBe('a chart')
    await app.query('select 1')
    expect(heard).toEqual([])
    // On a connection that was a worker's.
    const payer = { kind: 'payer', payerId: newId(), userId: newId(), membershipId: newId(), organizationId: newId() } satisfies Scope
    const seen = await database.within(payer, ({ db }) =>
      db.selectNoFrom(({ fn, val }) => fn('current_setting', [val('commons.movements'), val(true)]).as('channel')).execute(),
    )
    expect(seen).toEqual([{ channel: '' }])
  } finally {
    await app.query('reset role; unlisten *')
    for (const close of closing) await close()
    await database.close()
  }
})
test.each(tenantTables)('a practice reads its own rows and no others: %s', async (table) => {
  const { alder, birch } = api.world.practices
  const whose = `select distinct practice_id from ${table}`
  const seen = await as('commons_practice', { practice_id: alder }, whose)
  if (seen === DENIED) return
  expect(seen).toEqual(
    (await api.sql(`select 1 from ${table} where practice_id = $1 limit 1`, [alder])).map(() => ({ practice_id: alder })),
  )
  expect(await as('commons_practice', { practice_id: alder }, `select practice_id from ${table} where practice_id = '${birch}'`)).toEqual(
    [],
  )
  // Without a context, with an empty one, and after one that ended with its transaction: nothing.
  expect(await as('commons_practice', {}, whose)).toEqual([])
  expect(await as('commons_practice', { practice_id: '' }, whose)).toEqual([])
})

test.each(chartTables)('hardening 20, 21: payer, region and door have no privilege at all on %s', async (table) => {
  for (const role of ['commons_payer', 'commons_region', 'commons_door']) {
    expect({
      role,
      got: await as(role, { payer_id: api.world.payers.pine, practice_id: api.world.practices.alder }, `select * from ${table} limit 1`),
    }).toEqual({ role, got: DENIED })
  }
})

test('a payer reads its own released rows', async () => {
  const { pine } = api.world.payers
  expect(await as('commons_payer', { payer_id: pine }, 'select distinct payer_id from payer_performance')).toEqual([{ payer_id: pine }])
  expect(await as('commons_payer', {}, 'select * from payer_performance')).toEqual([])
})

test("a practice reads its own scores, never another's and not the region's", async () => {
  const rows = await as('commons_practice', { practice_id: api.world.practices.birch }, 'select distinct practice_id from score order by 1')
  expect(rows).toEqual([{ practice_id: api.world.practices.birch }])
})

test.each([...everyDatabaseRole, null])('%s reads no statistic that counts the rows of a table', async (role) => {
  const views = await api.sql(
    `select format('%I.%I', schemaname, viewname) as name from pg_views where viewname ~ '^pg_stat' and viewname !~ '^pg_stats' and schemaname = 'pg_catalog'`,
  )
  expect(views.length).toBeGreaterThan(30)
  for (const { name } of views) expect({ name, got: await as(role, {}, `select * from ${name} limit 1`) }).toEqual({ name, got: DENIED })
  for (const call of [
    ...[
      'pg_stat_get_live_tuples',
      'pg_stat_get_dead_tuples',
      'pg_stat_get_tuples_inserted',
      'pg_stat_get_numscans',
      'pg_stat_get_mod_since_analyze',
    ],
    ...['pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size'],
  ])
    expect({ call, got: await as(role, {}, `select ${call}('public.patient'::regclass)`) }).toEqual({ call, got: DENIED })
  expect(await as(role, {}, 'select pg_stat_get_activity(null)')).toBe(DENIED)
  expect(await as(role, {}, 'select pg_database_size(current_database())')).toBe(DENIED)
  // What the planner sampled of a table under row-level security is hidden by PostgreSQL itself.
  expect(
    await as(role, {}, `select * from pg_stats where schemaname = 'public' and tablename = any (array['patient', 'coverage', 'score'])`),
  ).toEqual([])
})

test.each([...everyDatabaseRole, null])('%s stores nothing in large objects', async (role) => {
  for (const call of ['lo_create(0)', 'lo_creat(-1)', `lo_from_bytea(0, 'x')`])
    expect({ call, got: await as(role, {}, `select ${call}`) }).toEqual({ call, got: DENIED })
})

test('a practice reads the names of its own people, and without an organization nobody', async () => {
  const { alder } = api.world.practices
  const names = await as('commons_practice', { organization_id: alder }, 'select name from app_user order by 1')
  expect(names).toEqual(['Ada', 'Casey', 'Pia', 'Quinta', 'Stef'].map((given) => ({ name: `${given} Alder` })))
  expect(await as('commons_practice', { practice_id: alder }, 'select name from app_user')).toEqual([])
})

test('a care manager reads the charts of the practices that are set, and no others', async () => {
  const { alder, birch } = api.world.practices
  const whose = 'select distinct practice_id from patient order by 1'
  expect(await as('commons_care_manager', { practice_ids: `{${alder},${birch}}` }, whose)).toEqual(
    [alder, birch].sort().map((practice_id) => ({ practice_id })),
  )
  expect(await as('commons_care_manager', { practice_ids: '{}' }, whose)).toEqual([])
  expect(await as('commons_care_manager', {}, whose)).toEqual([])
})

test('definer functions answer their own role only', async () => {
  const calls = {
    commons_practice: `select * from commons_peer_rates('${api.world.runId}', 'control')`,
    commons_region: 'select * from commons_practice_charts(), commons_people_count()',
  }
  for (const [owner, call] of Object.entries(calls)) {
    for (const role of Object.keys(calls)) {
      const answer = await as(role, { practice_id: api.world.practices.alder, payer_id: api.world.payers.pine }, call)
      if (role === owner) expect(answer).toBeInstanceOf(Array)
      else expect({ role, call, answer }).toEqual({ role, call, answer: DENIED })
    }
  }
  // What the function sees inside, its caller does not see afterwards.
  const after = await as(
    'commons_region',
    {},
    `select people from commons_people_count() where current_setting('commons.practice_ids', true) is distinct from 'x'`,
  )
  expect(after).toEqual([{ people: 42 }])
})

test('a practice reads the audit of its own records, an auditor all of it, the sealer all of it, and nobody changes a row', async () => {
  const { alder, birch } = api.world.practices
  await api.sql(
    `insert into audit_event (id, at, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     select uuidv7(), now(), 'treatment', practice, 'read', 'Chart', '{}', 'allowed', uuidv7()
       from unnest(array[$1, $2, null]::uuid[]) practice`,
    [alder, birch],
  )
  const whose = 'select distinct practice_id from audit_event order by 1'
  expect(await as('commons_practice', { practice_id: alder }, whose)).toEqual([{ practice_id: alder }])
  expect(await as('commons_practice', {}, whose)).toEqual([])
  for (const role of ['commons_auditor', 'commons_sealer']) expect(await as(role, {}, whose)).toHaveLength(3)
  for (const role of [
    'commons_care_manager',
    'commons_region',
    'commons_payer',
    'commons_patient',
    'commons_feed',
    'commons_door',
    'commons_worker',
  ])
    expect({ role, got: await as(role, { practice_id: alder, practice_ids: `{${alder}}` }, whose) }).toEqual({ role, got: DENIED })
  const changes = [
    `update audit_event set action = 'x'`,
    'update audit_seal set seq = 1',
    ...['audit_event', 'audit_seal', 'audit_event_rest'].flatMap((table) => [`delete from ${table}`, `truncate ${table}`]),
  ]
  for (const role of everyDatabaseRole)
    for (const change of changes) expect({ role, change, got: await as(role, {}, change) }).toEqual({ role, change, got: DENIED })
  const readable = await api.sql(
    `select table_name from information_schema.role_table_grants where grantee = 'commons_sealer' order by table_name, privilege_type`,
  )
  expect(readable.map(({ table_name }) => table_name)).toEqual(['audit_event', 'audit_seal', 'audit_seal'])
})
