import { entities } from '@carecommons/domain'
import type { TestApi } from '../../support/api.ts'

/** Denials and used sessions are noted, requests and tries to break the glass are counted: none is a change of what anybody keeps. */
const UNWATCHED = ['audit_event', 'audit_seal', 'session', 'rate_count', 'emergency_miss', 'sign_in_challenge']
const watched = entities.filter(({ meta }) => !UNWATCHED.includes(meta.tableName as string))

/** A fingerprint of every table, in parts by whose rows they are: `patient of 019a…`. */
export async function stateOf(api: TestApi): Promise<Record<string, string>> {
  const parts = watched.map(({ meta }) => {
    const table = meta.tableName as string
    const owner = 'practiceId' in meta.properties ? 't.practice_id' : 'organizationId' in meta.properties ? 't.organization_id' : 'null'
    return `select '${table}' || coalesce(' of ' || ${owner}::text, '') as name, md5(string_agg(t::text, ',' order by t::text)) as print from ${table} t group by 1`
  })
  const rows = await api.sql(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]))
}

/** Only the rows of these owners. */
export const ofOwners = (state: Record<string, string>, owners: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(state).filter(([name]) => owners.some((id) => name.endsWith(` of ${id}`))))
