import { Client } from 'pg'
import { DEFINER_PREFIX } from './definer-functions.ts'
import { openOrm } from './orm.ts'
import { ensureLogins, type Logins } from './logins.ts'
import { migrations } from './migrations/index.ts'
import { ensureRoles, grants } from './roles.ts'
import { closeStatistics } from './statistics.ts'

/** Brings a database to this version, as its owner: roles, schema, privileges, logins. Safe to repeat; returns the names of what it applied. */
export async function migrate(ownerUrl: string, logins: Logins): Promise<string[]> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    // One at a time per database: two processes may start together.
    await owner.query(`select pg_advisory_lock(hashtext('commons migrate'))`)
    await ensureRoles(owner)
    const applied = await applyMigrations(ownerUrl)
    const { rows } = await owner.query<{ name: string }>('select current_database() as name')
    await owner.query('begin')
    for (const statement of grants(rows[0]!.name)) await owner.query(statement)
    await owner.query('commit')
    await closeStatistics(owner)
    await ensureLogins(owner, logins)
    return applied
  } finally {
    await owner.end()
  }
}

async function applyMigrations(ownerUrl: string): Promise<string[]> {
  const orm = openOrm(ownerUrl, { max: 2 })
  try {
    const applied = await orm.migrator.up()
    return applied.map((migration) => migration.name)
  } finally {
    await orm.close()
  }
}

/** Differences between the entities and a migrated database, as SQL; empty when migrations are in step. */
export async function schemaChanges(ownerUrl: string): Promise<string[]> {
  const orm = openOrm(ownerUrl, { max: 2 })
  try {
    const sql = await orm.schema.getUpdateSchemaSQL({ wrap: false })
    const foreignKeys = await orm.em
      .getConnection()
      .execute<{ name: string }[]>(`select conname as name from pg_constraint where contype = 'f'`)
    // Foreign keys are the migrations' own: entities hold plain ids. Definer functions come with the privileges.
    const expected = [...foreignKeys.map(({ name }) => `drop constraint "${name}"`), `drop function if exists "${DEFINER_PREFIX}`]
    return sql.split('\n').filter((line) => line.trim() !== '' && !expected.some((drop) => line.includes(drop)))
  } finally {
    await orm.close()
  }
}

/** Migrations that a database still lacks, by name; null when it was never migrated. Changes nothing. */
export async function pendingMigrations(owner: Client): Promise<string[] | null> {
  const { rows } = await owner.query<{ made: boolean }>(`select to_regclass('public.migration') is not null as made`)
  if (!rows[0]!.made) return null
  const done = await owner.query<{ name: string }>('select name from public.migration')
  return migrations.map(({ name }) => name).filter((name) => !done.rows.some((row) => row.name === name))
}
