import type { Client } from 'pg'

/*
 * Counts of rows, of dead rows and of scans, sizes of tables and texts of other sessions' queries are open to everybody in PostgreSQL,
 * whatever row-level security says; and every role could store in large objects. They are taken from PUBLIC and stay open to the owner and to
 * who monitors.
 * https://www.postgresql.org/docs/current/monitoring-stats.html, https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-DBSIZE
 */

const VIEWS = `
  select format('table %I.%I', n.nspname, c.relname) as what, c.relowner as owner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('v', 'm') and c.relname ~ '^pg_stat' and c.relname !~ '^pg_stats' and n.nspname <> 'information_schema'
     and has_table_privilege('public', c.oid, 'select')`

const FUNCTIONS = `
  select format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) as what, p.proowner as owner
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
   where n.nspname = 'pg_catalog'
     and (p.proname ~ '^pg_stat_get_'
          or p.proname in ('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size', 'pg_database_size', 'pg_tablespace_size',
                           'lo_creat', 'lo_create', 'lo_from_bytea'))
     and has_function_privilege('public', p.oid, 'execute')`

const OPEN = `${VIEWS} union all ${FUNCTIONS}`

/**
 * Closes the statistics to the application's roles, as far as who migrates may: on a managed server the catalog often belongs to somebody
 * else, and then they stay open, as `commons doctor` says.
 */
export async function closeStatistics(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ what: string }>(
    `select what from (${OPEN}) o where pg_has_role(current_user, o.owner, 'usage') order by what`,
  )
  if (rows.length === 0) return
  await owner.query('begin')
  for (const { what } of rows) {
    const privilege = what.startsWith('table') ? 'select' : 'execute'
    await owner.query(`revoke all on ${what} from public; grant ${privilege} on ${what} to current_user, pg_monitor`)
  }
  await owner.query('commit')
}

/** How many of them are open to every role. */
export async function openStatistics(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from (${OPEN}) o`)
  return rows[0]!.n
}
