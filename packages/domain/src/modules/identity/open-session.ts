import type { RoleName } from '@carecommons/access'
import type { Clock, Day } from '@carecommons/kernel'
import { type InferResult, sql } from 'kysely'
import { compiledOnce, type Mark } from '#shared/compiled-once'
import type { Sessions, Tx } from '#shared/sessions'
import type { OpenSession, SessionLook } from '#shared/visit'
import { holdsRole, mayAct, opensAt } from './live-membership.ts'
import { IDLE_MS, tokenHash } from './session-token.ts'

/** A session in use is noted at most once a minute: a page view need not write. */
const NOTE_EVERY_MS = 60_000

/**
 * What is behind a token: nothing when it is unknown, expired, or its membership has ended; locked when it was idle too long. `actingAs`
 * names another membership than the session's own for this one request. `inUse` notes the session as in use.
 */
export async function openSession(
  { sessions, clock, token }: { sessions: Sessions; clock: Clock; token: string },
  { actingAs = null, inUse = true }: { actingAs?: string | null; inUse?: boolean } = {},
): Promise<SessionLook> {
  const [row] = await sessions.once({ kind: 'door' }, (db) => find(db, { actingAs, tokenHash: tokenHash(token) }))
  const now = clock.now().getTime()
  if (!row || now >= Date.parse(row.expires_at)) return actingAs ? turnedAway({ sessions, clock, token }) : NONE
  const today = clock.today(row.region_time_zone)
  if (!holdsRole(row, 'person') || !mayAct(row, today)) return actingAs ? { state: 'not-acting', userId: row.user_id } : NONE
  const session = sessionOf(row, today, new Date(now))
  if (now >= Date.parse(row.last_seen_at) + IDLE_MS) return { state: 'locked', session }
  if (inUse && now >= Date.parse(row.last_seen_at) + NOTE_EVERY_MS) await sessions.once({ kind: 'door' }, (db) => note(db, token, clock))
  return { state: 'open', session }
}

const NONE = { state: 'none' } as const

/** The membership asked for is not there: that is a refusal to somebody who is signed in, and nothing to anybody else. */
async function turnedAway({ sessions, clock, token }: { sessions: Sessions; clock: Clock; token: string }): Promise<SessionLook> {
  const [own] = await sessions.once({ kind: 'door' }, (db) => find(db, { actingAs: null, tokenHash: tokenHash(token) }))
  return own && clock.now().getTime() < Date.parse(own.expires_at) ? { state: 'not-acting', userId: own.user_id } : NONE
}

type SessionRow = InferResult<ReturnType<typeof find>>[number] & { readonly role: RoleName }

const sessionOf = (row: SessionRow, today: Day, now: Date): OpenSession => ({
  id: row.id,
  authenticatedAt: new Date(row.authenticated_at),
  viewer: {
    userId: row.user_id,
    membershipId: row.membership_id,
    role: row.role,
    organizationId: row.organization_id,
    practiceIds: reachOf(row, today, now),
    patientId: row.patient_id,
  },
  user: { id: row.user_id, name: row.user_name, email: row.email },
  organization: { id: row.organization_id, name: row.organization_name, slug: row.slug, kind: row.kind, city: row.city },
  region: { id: row.region_id, name: row.region_name, timeZone: row.region_time_zone },
})

interface AssignmentRow {
  readonly practice_id: string
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly ended_at: string | null
  readonly from_at: string | null
  readonly until_at: string | null
}

/** A membership with its organization. */
export interface MembershipRow {
  readonly kind: string
  readonly organization_id: string
  readonly active_since: Day | null
  readonly assignments: readonly AssignmentRow[]
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly ended_at: string | null
  readonly waits_since: string | null
  readonly patient_id: string | null
}

/** Read anew with every request: an assignment that ends closes its practice at once. */
export const ASSIGNMENTS = sql`coalesce((
  select json_agg(json_build_object('practice_id', a.practice_id, 'starts_on', a.starts_on, 'ends_on', a.ends_on, 'ended_at', a.ended_at,
                                          'from_at', a.from_at, 'until_at', a.until_at))
    from care_assignment a join organization p on p.id = a.practice_id and p.active_since is not null
   where a.membership_id = m.id and o.kind = 'coordinating-body'), '[]')`

/** Practices whose charts the membership reaches at this moment. */
export function reachOf(row: Pick<MembershipRow, 'kind' | 'organization_id' | 'active_since' | 'assignments'>, today: Day, now: Date) {
  if (row.kind === 'practice') return row.active_since === null || row.active_since > today ? [] : [row.organization_id]
  return [...new Set(row.assignments.filter((one) => opensAt(one, today, now)).map(({ practice_id }) => practice_id))]
}

const find = compiledOnce((db, mark: Mark<'actingAs' | 'tokenHash'>) =>
  db
    .selectFrom('session as s')
    .innerJoin('app_user as u', 'u.id', 's.user_id')
    .innerJoin('membership as m', (join) =>
      join.on('m.id', '=', sql<string>`coalesce(${mark('actingAs')}::uuid, s.membership_id)`).onRef('m.user_id', '=', 's.user_id'),
    )
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .select([
      's.id',
      's.user_id',
      's.authenticated_at',
      'm.id as membership_id',
      's.last_seen_at',
      's.expires_at',
      'u.name as user_name',
      'u.email',
      'm.role',
      'm.patient_id',
      'm.starts_on',
      'm.ends_on',
      'm.ended_at',
      'm.waits_since',
    ])
    .select(['o.id as organization_id', 'o.name as organization_name', 'o.slug', 'o.kind', 'o.city', 'o.active_since'])
    .select(sql<readonly AssignmentRow[]>`${ASSIGNMENTS}`.as('assignments'))
    .select(['r.id as region_id', 'r.name as region_name', 'r.time_zone as region_time_zone'])
    .where('s.token_hash', '=', mark<never>('tokenHash')),
)

const note = (db: Tx['db'], token: string, clock: Clock) =>
  db
    .updateTable('session')
    .set({ last_seen_at: clock.now().toISOString() })
    .where('token_hash', '=', sql<never>`${tokenHash(token)}`)
