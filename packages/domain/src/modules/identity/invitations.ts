import { isUuid } from '@carecommons/kernel'
import type { RoleName } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationKind, OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'
import { isAt } from './staff.ts'

/** An invitation of staff as those who manage people see it; what opens it is not theirs to see. */
export interface InvitationRow {
  readonly id: string
  readonly organization: OrganizationRow
  readonly role: RoleName
  /** The membership whose person is to choose new ways to sign in; null of somebody who is asked in. */
  readonly renews: string | null
  readonly name: string
  readonly email: string
  /** Null when the person who invited is not the reader's to see. */
  readonly invitedBy: string | null
  readonly createdAt: string
  readonly expiresAt: string
  readonly sentAt: string | null
  readonly mailFailedAt: string | null
  readonly acceptedAt: string | null
  readonly revokedAt: string | null
}

export interface InvitationFilter {
  readonly kind: OrganizationKind | null
  readonly organizationId: string | null
  /** Words of the name or the address. */
  readonly search?: string | null
}

/** A page of letters that wait for an answer, by name: invitations, expired ones included, and to those who are to choose new ways to sign in. */
export async function listInvitations(ctx: Ctx, filter: InvitationFilter, page: PageWanted): Promise<Connection<InvitationRow>> {
  const { kind, organizationId, search } = filter
  const which = sql<SqlBool>`${isWaiting(ctx)} and (${kind}::text is null or o.kind = ${kind}) and ${isAt(organizationId)}
    and ${wordsBegin(search, 'i.name', 'i.email')}`
  return pageOf(await ctx.tx(), invitations(ctx, which), page)
}

export async function readInvitation(ctx: Ctx, id: string): Promise<InvitationRow | null> {
  if (!isUuid(id)) return null
  const { db } = await ctx.tx()
  const { rows } = await invitations(ctx, sql`i.id = ${id}`).execute(db)
  return rows[0] ?? null
}

/** How many invitations wait for an answer, by organization. */
export const countInvitationsOf = batched<number>(async (ctx, ids) => {
  const { db } = await ctx.tx()
  const which = sql<SqlBool>`o.id = any (${[...ids]}::uuid[]) and i.renews is null and ${isWaiting(ctx)}`
  const { rows } = await sql<{ at: string; waiting: number }>`
    select w.organization ->> 'id' as at, count(*)::int as waiting from (${invitations(ctx, which)}) w group by 1`.execute(db)
  return new Map(rows.map(({ at, waiting }) => [at, waiting]))
})

/** What lets somebody choose new ways to sign in is over with its day, and with the membership. */
const isWaiting = (ctx: Ctx) => sql<SqlBool>`i.accepted_at is null and i.revoked_at is null
  and (i.renews is null or (i.expires_at > ${ctx.clock.now().toISOString()} and exists (select from membership h where h.id = i.renews and h.ended_at is null)))`

const invitations = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<InvitationRow> => sql<InvitationRow>`
  select i.id, i.role, i.renews, i.name, i.email, i.created_at as "createdAt", i.expires_at as "expiresAt", i.sent_at as "sentAt",
         i.mail_failed_at as "mailFailedAt", i.accepted_at as "acceptedAt", i.revoked_at as "revokedAt", u.name as "invitedBy",
         json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization,
         ${folded(sql`i.name`)} as sorted
    from invitation i join organization o on o.id = i.organization_id
    left join membership m on m.id = i.invited_by and ${room(ctx, 'read', 'Membership', { organizationId: 'm.organization_id' })}
    left join app_user u on u.id = m.user_id
   where ${which} and i.role <> 'patient' and ${room(ctx, 'read', 'Membership', { organizationId: 'i.organization_id' })}`
