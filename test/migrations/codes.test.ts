import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { loginsFor, migrate } from '@carecommons/database'
import { Client } from 'pg'
import { migrations } from '../../packages/database/src/migrations/index.ts'
import { ensureRoles } from '../../packages/database/src/roles.ts'

const files = resolve(import.meta.dirname, '../../packages/database/src/migrations')

test('codes of an older database lose the words of the chart that brought them; those that the product follows are there, and read', async () => {
  const server = process.env['COMMONS_TEST_CLUSTER']!
  const admin = new Client(server)
  await admin.connect()
  const name = `test_${process.pid}_codes_before`
  await admin.query(`create database ${name}`)
  const url = new URL(server)
  url.pathname = name
  const owner = new Client(url.href)
  await owner.connect()
  try {
    await ensureRoles(owner)
    const earlier = migrations
      .map((migration) => migration.name)
      .slice(
        0,
        migrations.findIndex((one) => one.name === '0017-codes-without-words'),
      )
    for (const file of earlier) await owner.query(readFileSync(resolve(files, `${file}.sql`), 'utf8'))
    await owner.query(
      `create table migration (id serial primary key, name varchar(255), executed_at timestamptz default current_timestamp)`,
    )
    await owner.query('insert into migration (name) select * from unnest($1::text[])', [earlier])
    await owner.query(`
      insert into code values (1, 'http://loinc.org', '4548-4', 'A1c of Jane Doe'), (7, 'http://hl7.org/fhir/sid/icd-10-cm', 'E75.02', 'As Jane has it')`)

    await migrate(url.href, loginsFor(url.href, ''))

    const { rows } = await owner.query<{ id: number; code: string; followed: boolean }>('select * from code order by id')
    expect(rows[0]).toEqual({ id: 1, system: 'http://loinc.org', code: '4548-4', followed: true })
    expect(rows[1]).toEqual({ id: 7, system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E75.02', followed: false })
    expect(rows).toHaveLength(22)
    expect(rows.slice(2).every(({ id, followed }) => id > 7 && followed)).toBe(true)
    await owner.query('begin; set local role commons_practice')
    expect((await owner.query('select * from code')).rowCount).toBe(21)
    await owner.query('rollback')
  } finally {
    await owner.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})
