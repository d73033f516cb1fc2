import { assignableRoles, type RoleName } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'

export interface CareManager {
  /** Of the membership. */
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly role: RoleName
}

export interface CareManagerFilter {
  /** Words of the name. */
  readonly search: string | null
  /** Only those without a current or planned assignment. */
  readonly free: boolean
}

/** A page of the people of the coordinating body who can work for practices, by name. For whoever allocates them. */
export async function listCareManagers(ctx: Ctx, { search, free }: CareManagerFilter, page: PageWanted): Promise<Connection<CareManager>> {
  const today: Day = ctx.clock.today(ctx.region.timeZone)
  const which = sql<SqlBool>`${wordsBegin(search, 'u.name')}
    and not (${free} and exists (select from care_assignment a where a.membership_id = m.id and a.ended_at is null
                                    and (a.ends_on is null or a.ends_on >= ${today})))`
  return pageOf(await ctx.tx(), careManagers(ctx, which), page)
}

export async function readCareManager(ctx: Ctx, id: string): Promise<CareManager | null> {
  if (!isUuid(id)) return null
  const { rows } = await careManagers(ctx, sql`m.id = ${id}`).execute((await ctx.tx()).db)
  return rows[0] ?? null
}

const careManagers = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<CareManager> => sql<CareManager>`
    select m.id, m.user_id as "userId", u.name, m.role, ${folded(sql`u.name`)} as sorted
      from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
     where o.kind = 'coordinating-body' and m.role = any (${[...assignableRoles]}::text[]) and m.ended_at is null
       and (m.ends_on is null or m.ends_on >= ${ctx.clock.today(ctx.region.timeZone)}) and ${which}
       and ${room(ctx, 'create', 'Assignment', {})}`
