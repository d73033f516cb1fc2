import { everyDatabaseRole, type Policy } from '@carecommons/access'
import { entities } from '@carecommons/domain'
import type { Client } from 'pg'
import { definerFunctions } from './definer-functions.ts'

/** Roles belong to the whole server and may exist already, from another database of it. */
export async function ensureRoles(owner: Client): Promise<void> {
  for (const role of everyDatabaseRole) await createRole(owner, role, 'nologin noinherit')
}

export async function createRole(owner: Client, name: string, options: string): Promise<void> {
  const { rowCount } = await owner.query('select 1 from pg_roles where rolname = $1', [name])
  if (rowCount) return
  try {
    await owner.query(`create role ${owner.escapeIdentifier(name)} with ${options}`)
  } catch (error) {
    // Another set-up of the same server made it in the meantime.
    if (!isDuplicate(error)) throw error
  }
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '42710' || error.code === '23505')

/**
 * Privileges follow from the policies that entities declare: a role that no policy of a table names has no privilege on the table at
 * all, so a forgotten policy denies. Applied after every migration.
 */
export function grants(database: string): string[] {
  const roles = everyDatabaseRole.join(', ')
  const statements = [
    `revoke all on schema public from public`,
    `revoke all on all tables in schema public from ${roles}`,
    `revoke all on all sequences in schema public from ${roles}`,
    `grant usage on schema public to ${roles}`,
    `grant temporary on database "${database}" to commons_worker`,
    `grant usage on all sequences in schema public to commons_worker`,
  ]
  for (const entity of entities) {
    const { tableName, policies } = entity.meta
    for (const policy of policies) {
      const { columns } = policy as Policy
      const command = policy.command === 'all' ? 'select, insert, update, delete' : policy.command
      const where = columns ? ` (${columns.join(', ')})` : ''
      statements.push(`grant ${command}${where} on "${tableName}" to ${(policy.roles ?? []).join(', ')}`)
    }
  }
  return [...statements, ...definerFunctions()]
}
