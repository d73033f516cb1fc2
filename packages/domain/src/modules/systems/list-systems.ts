import type { SystemScope } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { folded, wordsBegin } from '#shared/words-begin'
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

/** A page of the region's systems, those at work first, then by organization and name. */
export async function listSystems(
  ctx: Ctx,
  { search, ended }: { readonly search: string | null; readonly ended: boolean },
  page: PageWanted,
): Promise<Connection<SystemRead>> {
  const which = sql<SqlBool>`(${ended} or coalesce(c.ended_at, m.ended_at) is null) and ${wordsBegin(search, 'u.name', 'o.name')}`
  return mapPage(await pageOf(await ctx.tx(), systems(ctx, which), page), systemOf)
}

export async function readSystem(ctx: Ctx, { db }: Tx, id: string): Promise<SystemRead | null> {
  const { rows } = await systems(ctx, sql`c.id = ${id}`).execute(db)
  return rows[0] ? systemOf(rows[0]) : null
}

type Row = Omit<SystemRead, 'keyIds'> & { jwks: unknown }

const systems = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<Row> => sql<Row>`
  select c.id, u.name, m.role, c.jwks_url as "jwksUrl", c.jwks, c.scopes, c.created_at as "registeredAt", c.last_token_at as "lastTokenAt",
         coalesce(c.ended_at, m.ended_at) as "endedAt",
         json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization,
         (coalesce(c.ended_at, m.ended_at) is not null)::int || ${folded(sql`o.name || chr(1) || u.name`)} as sorted
    from system_client c
    join membership m on m.id = c.membership_id
    join app_user u on u.id = m.user_id
    join organization o on o.id = m.organization_id
   where ${room(ctx, 'read', 'SystemClient', {})} and ${which}`

const systemOf = ({ jwks, ...row }: Row): SystemRead => ({ ...row, keyIds: (readKeySet(jwks) ?? []).map(({ kid }) => kid) })
