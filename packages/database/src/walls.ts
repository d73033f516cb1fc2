import { everyDatabaseRole } from '@carecommons/access'
import type { Client } from 'pg'

/** What is wrong with the last wall, as a login meets it; empty when it stands. Nothing may be served while it does not. */
export async function wallFaults(client: Client, login: string): Promise<string[]> {
  const faults: string[] = []
  const { rows: logins } = await client.query<{ name: string; superuser: boolean; bypass: boolean; owns: boolean }>(
    `select rolname as name, rolsuper as superuser, rolbypassrls as bypass,
              exists (select from pg_class where relowner = pg_roles.oid and relnamespace = 'public'::regnamespace) as owns
         from pg_roles where rolname = $1 or rolname = any ($2)`,
    [login, everyDatabaseRole],
  )
  for (const { name, superuser, bypass, owns } of logins) {
    if (superuser || bypass) faults.push(`The role ${name} passes by row-level security. Let it be neither superuser nor BYPASSRLS.`)
    if (owns) faults.push(`The role ${name} owns tables. Tables belong to the role that migrates; the application signs in as another.`)
  }
  for (const role of [login, ...everyDatabaseRole]) {
    if (!logins.some(({ name }) => name === role)) faults.push(`The role ${role} is missing. Start once with an owner's DATABASE_URL.`)
  }
  const { rows: tables } = await client.query<{ name: string; forced: boolean; policies: number }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'`,
  )
  for (const { name, forced, policies } of tables) {
    if (!forced) faults.push(`Row-level security is not forced on table ${name}.`)
    if (policies === 0) faults.push(`Table ${name} has no policy.`)
  }
  return faults
}
