import type { RoleName } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** Roles whose charts come from assignments. */
const assignableRoles: readonly RoleName[] = ['care-manager', 'care-supervisor']

export interface CareManager {
  /** Of the membership. */
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly role: RoleName
}

/** People of the coordinating body who can work for practices, by name. For whoever allocates them. */
export async function listCareManagers(ctx: Ctx): Promise<CareManager[]> {
  const { db } = await ctx.tx()
  const today: Day = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<CareManager>`
    select m.id, m.user_id as "userId", u.name, m.role
      from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
     where o.kind = 'coordinating-body' and m.role = any (${[...assignableRoles]}::text[]) and m.ended_at is null
       and (m.ends_on is null or m.ends_on >= ${today}) and ${room(ctx, 'create', 'Assignment', {})}
     order by u.name, m.id`.execute(db)
  return rows
}
