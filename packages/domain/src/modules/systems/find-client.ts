import { isSystemScope, type RoleName, scopesOfRole, type SystemScope } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { holdsRole, isLive } from '#modules/identity'
import type { OrganizationRow } from '#modules/practice'
import type { Tx } from '#shared/sessions'

/** A live system with everything behind it. */
export interface ClientRow {
  readonly client_id: string
  readonly jwks_url: string | null
  readonly jwks: unknown
  /** What it was registered for, as far as its role still covers it; of a token, what the token was asked for. */
  readonly scopes: readonly SystemScope[]
  readonly user_id: string
  readonly name: string
  readonly email: string
  readonly membership_id: string
  readonly role: RoleName
  readonly organization: OrganizationRow
  readonly is_active: boolean
  readonly region: { readonly id: string; readonly name: string; readonly timeZone: string }
}

type Wanted = { readonly today: (zone: string) => Day } & (
  { readonly clientId: string } | { readonly tokenHash: Buffer; readonly now: Date }
)

/** The system with an id, or behind a token. Null when it is unknown, ended, its membership is over, or the token has expired. */
export async function findClient(tx: Tx, wanted: Wanted): Promise<ClientRow | null> {
  const base = tx.db
    .selectFrom('system_client as c')
    .innerJoin('membership as m', 'm.id', 'c.membership_id')
    .innerJoin('app_user as u', 'u.id', 'm.user_id')
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .leftJoin('system_token as t', (join) =>
      join.onRef('t.client_id', '=', 'c.id').on('t.token_hash', '=', sql<never>`${'tokenHash' in wanted ? wanted.tokenHash : null}`),
    )
    .select(['c.id as client_id', 'c.jwks_url', 'c.jwks', 'c.scopes', 't.scopes as token_scopes'])
    .select(['u.id as user_id', 'u.name', 'u.email', 'm.id as membership_id', 'm.role', 'm.starts_on', 'm.ends_on', 'm.ended_at'])
    .select(['o.id as organization_id', 'o.name as organization_name', 'o.slug', 'o.kind', 'o.city', 'o.active_since'])
    .select(['r.id as region_id', 'r.name as region_name', 'r.time_zone'])
    .where('c.ended_at', 'is', null)
  const row = await (
    'clientId' in wanted ? base.where('c.id', '=', wanted.clientId) : base.where('t.expires_at', '>', wanted.now.toISOString())
  ).executeTakeFirst()
  if (!row) return null
  const today = wanted.today(row.time_zone)
  if (!holdsRole(row, 'system') || !isLive(row, today)) return null
  const covered = scopesOfRole(row.role)
  const { client_id, jwks_url, jwks, user_id, name, email, membership_id, role, slug, kind, city, active_since } = row
  return {
    client_id,
    jwks_url,
    jwks,
    scopes: (row.token_scopes ?? row.scopes).filter((scope): scope is SystemScope => isSystemScope(scope) && covered.includes(scope)),
    user_id,
    name,
    email,
    membership_id,
    role,
    organization: { id: row.organization_id, name: row.organization_name, slug, kind, city },
    is_active: active_since !== null && active_since <= today,
    region: { id: row.region_id, name: row.region_name, timeZone: row.time_zone },
  }
}
