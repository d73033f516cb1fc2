import { isRoleName, rolePages } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'
import type { OpenSession } from '#shared/visit'
import { IDLE_MS, tokenHash } from './session-token.ts'

/** A session in use is noted at most once a minute: a page view need not write. */
const NOTE_EVERY_MS = 60_000

/** The session behind a token: null when it is unknown, idle too long, expired, or its membership has ended. */
export async function openSession(sessions: Sessions, clock: Clock, token: string): Promise<OpenSession | null> {
  return sessions.within({ kind: 'door' }, async (tx) => {
    const row = await find(tx, token)
    const now = clock.now().getTime()
    if (!row || now >= Date.parse(row.expires_at) || now >= Date.parse(row.last_seen_at) + IDLE_MS) return null
    const today = clock.today(row.region_time_zone)
    if (!isRoleName(row.role) || rolePages[row.role].organizationKind !== row.organization_kind) return null
    if (row.starts_on > today || (row.ends_on !== null && row.ends_on < today)) return null
    if (now >= Date.parse(row.last_seen_at) + NOTE_EVERY_MS) await note(tx, token, clock)
    return {
      viewer: { userId: row.user_id, membershipId: row.membership_id, role: row.role, organizationId: row.organization_id },
      user: { id: row.user_id, name: row.user_name, email: row.email },
      organization: {
        id: row.organization_id,
        name: row.organization_name,
        slug: row.slug,
        kind: row.organization_kind,
        city: row.city,
      },
      region: { id: row.region_id, name: row.region_name, timeZone: row.region_time_zone },
    }
  })
}

const find = (tx: Tx, token: string) =>
  tx.db
    .selectFrom('session as s')
    .innerJoin('app_user as u', 'u.id', 's.user_id')
    .innerJoin('membership as m', (join) => join.onRef('m.id', '=', 's.membership_id').onRef('m.user_id', '=', 's.user_id'))
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .select([
      's.user_id',
      's.membership_id',
      's.last_seen_at',
      's.expires_at',
      'u.name as user_name',
      'u.email',
      'm.role',
      'm.starts_on',
      'm.ends_on',
    ])
    .select(['o.id as organization_id', 'o.name as organization_name', 'o.slug', 'o.kind as organization_kind', 'o.city'])
    .select(['r.id as region_id', 'r.name as region_name', 'r.time_zone as region_time_zone'])
    .where('s.token_hash', '=', sql<never>`${tokenHash(token)}`)
    .executeTakeFirst()

const note = (tx: Tx, token: string, clock: Clock) =>
  tx.db
    .updateTable('session')
    .set({ last_seen_at: clock.now().toISOString() })
    .where('token_hash', '=', sql<never>`${tokenHash(token)}`)
    .execute()
