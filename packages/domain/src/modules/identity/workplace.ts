import { administratorRoles, grantableRoles, type RoleName } from '@carecommons/access'
import { isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { OrganizationKind } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** An organization as a place where roles are given. */
interface Workplace {
  readonly id: string
  readonly kind: OrganizationKind
  readonly name: string
  /** Roles that the viewer may give here now. */
  readonly grantable: readonly RoleName[]
  /** Roles whose holders the viewer may let choose new ways to sign in: those that she gives, or gave first. */
  readonly renewable: readonly RoleName[]
}

/** Places where the viewer manages people. */
const workplaces = batched<Workplace>(async (ctx, ids) => {
  const { db } = await ctx.tx()
  const now = ctx.clock.now().toISOString()
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<{ id: string; kind: OrganizationKind; name: string; administrators: string[] }>`
    select o.id, o.kind, o.name, array(
             select m.role from membership m where m.organization_id = o.id and m.ended_at is null and (m.ends_on is null or m.ends_on >= ${today})
             union select i.role from invitation i
                    where i.organization_id = o.id and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${now}) as administrators
      from organization o
     where o.id = any (${[...ids]}::uuid[]) and ${room(ctx, 'create', 'Membership', { organizationId: 'o.id' })}`.execute(db)
  return new Map(
    rows.map(({ id, kind, name, administrators }) => {
      const administrator = kind === 'community-partner' ? null : administratorRoles[kind]
      const hasAdministrator = administrator !== null && administrators.includes(administrator)
      const rolesWith = (has: boolean) => grantableRoles(ctx.viewer, { id, kind, hasAdministrator: has })
      return [id, { id, kind, name, grantable: rolesWith(hasAdministrator), renewable: rolesWith(false) }]
    }),
  )
})

/** Null where the viewer manages nobody: a foreign organization answers like a missing one. */
export const openWorkplace = async (ctx: Ctx, organizationId: string): Promise<Workplace | null> =>
  (isUuid(organizationId) && (await workplaces(ctx, organizationId))) || null
