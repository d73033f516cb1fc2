import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Client } from 'pg'
import { everyDatabaseRole } from '@carecommons/access'
import { loginsFor, migrate } from '@carecommons/database'
import { newId } from '@carecommons/kernel'

const files = resolve(import.meta.dirname, '../../packages/database/src/migrations')

test('what was noted before the audit had months, roles and purposes is carried over, by an owner that is no superuser', async () => {
  const server = process.env['COMMONS_TEST_CLUSTER']!
  const admin = new Client(server)
  await admin.connect()
  const name = `test_${process.pid}_audit_before`
  const owner = `owner_${process.pid}`
  const url = new URL(server)
  url.pathname = name
  // The roles exist once a database of this server has been migrated.
  await migrate(server, loginsFor(server, ''))
  await admin.query(`create role ${owner} login createrole password 'test'`)
  await admin.query(`create database ${name} owner ${owner}`)
  for (const role of everyDatabaseRole) await admin.query(`grant ${role} to ${owner} with admin option, inherit false, set false`)
  const ownerUrl = Object.assign(new URL(url), { username: owner, password: 'test' }).href
  const before = new Client(ownerUrl)
  await before.connect()
  try {
    for (const file of ['0001-foundation', '0002-people']) await before.query(readFileSync(resolve(files, `${file}.sql`), 'utf8'))
    const [organization, user, membership, practice, chart] = [newId(), newId(), newId(), newId(), newId()]
    for (const table of ['region', 'organization', 'app_user', 'membership', 'audit_event'])
      await before.query(`alter table ${table} no force row level security`)
    await before.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'r', 'UTC', false, now())`, [practice])
    await before.query(
      `insert into organization (id, region_id, kind, name, slug, created_at) values ($1, $2, 'practice', 'p', 'p', now())`,
      [organization, practice],
    )
    await before.query(`insert into app_user (id, name, email, created_at) values ($1, 'n', 'n@example.org', now())`, [user])
    await before.query(
      `insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $3, 'clinician', '2020-01-01')`,
      [membership, user, organization],
    )
    for (const at of ['2024-02-29T23:59:59.999Z', '2026-03-01T00:00:00Z', new Date().toISOString()])
      await before.query(`insert into audit_event values ($1, $2, $3, $4, $5, 'read', 'Chart', array[$6::uuid], 'allowed', $1)`, [
        newId(),
        at,
        user,
        membership,
        practice,
        chart,
      ])
    await before.query(`insert into audit_event values ($1, now(), null, null, null, 'sign-in', 'Session', '{}', 'denied', $1)`, [newId()])
    for (const table of ['region', 'organization', 'app_user', 'membership', 'audit_event'])
      await before.query(`alter table ${table} force row level security`)

    await before.query(
      `create table migration (id serial primary key, name varchar(255), executed_at timestamptz default current_timestamp)`,
    )
    await before.query(`insert into migration (name) values ('0001-foundation'), ('0002-people')`)
    await migrate(ownerUrl, loginsFor(ownerUrl, ''))

    const superuser = new Client(url.href)
    await superuser.connect()
    const { rows } = await superuser.query(
      'select tableoid::regclass::text as part, role, organization_id, purpose, outcome from audit_event order by at, outcome',
    )
    const { rows: forced } = await superuser.query(
      `select relname from pg_class where relname in ('audit_event', 'membership') and relrowsecurity and relforcerowsecurity order by 1`,
    )
    await superuser.end()
    const now = new Date().toISOString().slice(0, 7).replace('-', '_')
    expect(rows.map(({ part, role, purpose }) => [part, role, purpose])).toEqual([
      ['audit_event_2024_02', 'clinician', 'treatment'],
      ['audit_event_2026_03', 'clinician', 'treatment'],
      [`audit_event_${now}`, 'clinician', 'treatment'],
      [`audit_event_${now}`, null, 'system'],
    ])
    expect(forced.map(({ relname }) => relname)).toEqual(['audit_event', 'membership'])
  } finally {
    await before.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.query(`drop owned by ${owner}`)
    await admin.query(`drop role ${owner}`)
    await admin.end()
  }
})
