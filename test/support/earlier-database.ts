import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { loginsFor, migrate } from '@carecommons/database'
import { Client } from 'pg'
import { migrations } from '../../packages/database/src/migrations/index.ts'
import { ensureRoles } from '../../packages/database/src/roles.ts'

const files = resolve(import.meta.dirname, '../../packages/database/src/migrations')

/** Gives `upgraded` a database of its own as it stood before one migration, and a way to bring it up to date. */
export async function withDatabaseBefore(
  migration: string,
  upgraded: (owner: Client, upgrade: () => Promise<unknown>) => Promise<void>,
): Promise<void> {
  const server = process.env['COMMONS_TEST_CLUSTER']!
  const admin = new Client(server)
  await admin.connect()
  const name = `test_${process.pid}_before_${migration.replace(/\W/g, '_')}`
  await admin.query(`create database ${name}`)
  const url = new URL(server)
  url.pathname = name
  const owner = new Client(url.href)
  await owner.connect()
  try {
    await ensureRoles(owner)
    const names = migrations.map((one) => one.name)
    const earlier = names.slice(0, names.indexOf(migration))
    for (const file of earlier) await owner.query(readFileSync(resolve(files, `${file}.sql`), 'utf8'))
    await owner.query(
      `create table migration (id serial primary key, name varchar(255), executed_at timestamptz default current_timestamp)`,
    )
    await owner.query('insert into migration (name) select * from unnest($1::text[])', [earlier])
    await upgraded(owner, () => migrate(url.href, loginsFor(url.href, '')))
  } finally {
    await owner.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
}
