import { entities } from '@carecommons/domain'
import type { TestApi } from '../../support/api.ts'

/** Denials and used sessions are noted, requests and tries to break the glass are counted: none is a change of what anybody keeps. */
const watched = entities
  .map(({ meta }) => meta.tableName as string)
  .filter((table) => !['audit_event', 'audit_seal', 'session', 'rate_count', 'emergency_miss'].includes(table))

/** A fingerprint of every table. */
export async function stateOf(api: TestApi): Promise<Record<string, string>> {
  const parts = watched.map(
    (table) => `select '${table}' as name, coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as print from ${table} t`,
  )
  const rows = await api.sql(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
}
