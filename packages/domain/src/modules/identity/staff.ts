import { type RoleName, roleNames, rolePages } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationKind, OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { isLive } from './live-membership.ts'

/** A person in an organization, as those who manage people see them. */
export interface StaffMember {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: RoleName
  readonly organization: OrganizationRow
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly endedAt: string | null
  readonly lastSignedInAt: string | null
  readonly isLive: boolean
}

export interface StaffFilter {
  readonly kind: OrganizationKind | null
  readonly organizationId: string | null
  /** Also those whose membership ended. */
  readonly ended: boolean
}

/** Patients are no staff, and systems have a page of their own. */
const staffRoles = roleNames.filter((role) => role !== 'patient' && rolePages[role].holder === 'person')

/** People by name. */
export async function listStaff(ctx: Ctx, { kind, organizationId, ended }: StaffFilter): Promise<StaffMember[]> {
  if (organizationId !== null && !isUuid(organizationId)) return []
  const all = await read(
    ctx,
    sql`(${kind}::text is null or o.kind = ${kind}) and (${organizationId}::uuid is null or o.id = ${organizationId})`,
  )
  return all.filter((one) => ended || one.isLive)
}

export async function readStaffMember(ctx: Ctx, membershipId: string): Promise<StaffMember | null> {
  if (!isUuid(membershipId)) return null
  const [found] = await read(ctx, sql`m.id = ${membershipId}`)
  return found ?? null
}

/** People of organizations whose membership holds today. */
export const liveStaffOf = batched<StaffMember[]>(async (ctx, ids) => {
  const all = await read(ctx, sql`o.id = any (${[...ids]}::uuid[])`)
  return Map.groupBy(
    all.filter((one) => one.isLive),
    ({ organization }) => organization.id,
  )
})

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<StaffMember[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<StaffMember, 'isLive'> & { starts_on: Day; ends_on: Day | null; ended_at: string | null }>`
    select m.id, m.user_id as "userId", u.name, u.email, m.role, m.starts_on, m.ends_on, m.ended_at, m.last_signed_in_at as "lastSignedInAt",
           json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization
      from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
     where ${which} and m.role = any (${staffRoles}::text[]) and ${room(ctx, 'read', 'Membership', { organizationId: 'm.organization_id' })}
     order by u.name, m.id`.execute(db)
  const today = ctx.clock.today(ctx.region.timeZone)
  return rows.map(({ starts_on, ends_on, ended_at, ...row }) => ({
    ...row,
    startsOn: starts_on,
    endsOn: ends_on,
    endedAt: ended_at,
    isLive: isLive({ starts_on, ends_on, ended_at }, today),
  }))
}
