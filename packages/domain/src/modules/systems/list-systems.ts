import type { SystemScope } from '@carecommons/access'
import { sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { readKeySet } from './key-set.ts'

export interface SystemRead {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly organization: OrganizationRow
  readonly jwksUrl: string | null
  /** Of keys that are kept here. */
  readonly keyIds: readonly string[]
  readonly scopes: readonly SystemScope[]
  readonly registeredAt: string
  readonly lastTokenAt: string | null
  readonly endedAt: string | null
}

/** Systems of the region, those at work first, then by organization and name. */
export const listSystems = async (ctx: Ctx): Promise<SystemRead[]> => readSystems(ctx, await ctx.tx(), sql`true`)

export const readSystem = async (ctx: Ctx, tx: Tx, id: string): Promise<SystemRead | null> =>
  (await readSystems(ctx, tx, sql`c.id = ${id}`))[0] ?? null

async function readSystems(ctx: Ctx, { db }: Tx, which: ReturnType<typeof sql>): Promise<SystemRead[]> {
  const { rows } = await sql<Omit<SystemRead, 'keyIds'> & { jwks: unknown }>`
    select c.id, u.name, m.role, c.jwks_url as "jwksUrl", c.jwks, c.scopes, c.created_at as "registeredAt", c.last_token_at as "lastTokenAt",
           coalesce(c.ended_at, m.ended_at) as "endedAt",
           json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization
      from system_client c
      join membership m on m.id = c.membership_id
      join app_user u on u.id = m.user_id
      join organization o on o.id = m.organization_id
     where ${room(ctx, 'read', 'SystemClient', {})} and ${which}
     order by coalesce(c.ended_at, m.ended_at) is not null, o.name, u.name, c.id`.execute(db)
  return rows.map(({ jwks, ...row }) => ({ ...row, keyIds: (readKeySet(jwks) ?? []).map(({ kid }) => kid) }))
}
