import { isUuid } from '@carecommons/kernel'
import type { RoleName } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationKind, OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** An invitation of staff as those who manage people see it; what opens it is not theirs to see. */
export interface InvitationRow {
  readonly id: string
  readonly organization: OrganizationRow
  readonly role: RoleName
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
}

/** Invitations that wait for an answer, expired ones included, by name. */
export async function listInvitations(ctx: Ctx, { kind, organizationId }: InvitationFilter): Promise<InvitationRow[]> {
  if (organizationId !== null && !isUuid(organizationId)) return []
  return read(
    ctx,
    sql`i.accepted_at is null and i.revoked_at is null and (${kind}::text is null or o.kind = ${kind})
        and (${organizationId}::uuid is null or o.id = ${organizationId})`,
  )
}

export async function readInvitation(ctx: Ctx, id: string): Promise<InvitationRow | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`i.id = ${id}`)
  return found ?? null
}

/** Waiting invitations of organizations. */
export const waitingInvitationsOf = batched<InvitationRow[]>(async (ctx, ids) => {
  const rows = await read(ctx, sql`o.id = any (${[...ids]}::uuid[]) and i.accepted_at is null and i.revoked_at is null`)
  return Map.groupBy(rows, ({ organization }) => organization.id)
})

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<InvitationRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<InvitationRow>`
    select i.id, i.role, i.name, i.email, i.created_at as "createdAt", i.expires_at as "expiresAt", i.sent_at as "sentAt",
           i.mail_failed_at as "mailFailedAt", i.accepted_at as "acceptedAt", i.revoked_at as "revokedAt", u.name as "invitedBy",
           json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization
      from invitation i join organization o on o.id = i.organization_id
      left join membership m on m.id = i.invited_by left join app_user u on u.id = m.user_id
     where ${which} and i.role <> 'patient' and ${room(ctx, 'read', 'Membership', { organizationId: 'i.organization_id' })} order by i.name, i.id`.execute(
    db,
  )
  return rows
}
