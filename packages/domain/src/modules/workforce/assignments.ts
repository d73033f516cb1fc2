import type { RoleName } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { AssignmentKind } from './workforce.entity.ts'

export interface Assignment {
  readonly id: string
  readonly membershipId: string
  /** Who works for the practice; null when their name is not the reader's to see. */
  readonly careManager: string | null
  readonly practice: OrganizationRow
  readonly kind: AssignmentKind
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly endedAt: string | null
  /** `current` also when the membership behind it has not begun to work today for other reasons. */
  readonly state: 'planned' | 'current' | 'ended'
}

export interface AssignmentFilter {
  readonly practiceId: string | null
  readonly membershipId: string | null
  readonly ended: boolean
}

/** Assignments by practice and person: of the region all, of a practice its own, of a care manager her own. */
export async function listAssignments(ctx: Ctx, { practiceId, membershipId, ended }: AssignmentFilter): Promise<Assignment[]> {
  if ([practiceId, membershipId].some((id) => id !== null && !isUuid(id))) return []
  const all = await read(
    ctx,
    sql`(${practiceId}::uuid is null or a.practice_id = ${practiceId}) and (${membershipId}::uuid is null or a.membership_id = ${membershipId})`,
  )
  return all.filter(({ state }) => ended || state !== 'ended')
}

export async function readAssignment(ctx: Ctx, id: string): Promise<Assignment | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`a.id = ${id}`)
  return found ?? null
}

const isUnended = ({ state }: Assignment): boolean => state !== 'ended'

/** Current and planned assignments of practices. */
export const assignmentsOfPractices = batched<Assignment[]>(async (ctx, ids) => {
  const all = await read(ctx, sql`a.practice_id = any (${[...ids]}::uuid[])`)
  return Map.groupBy(all.filter(isUnended), ({ practice }) => practice.id)
})

/** Current and planned assignments of care managers. */
export const assignmentsOfMemberships = batched<Assignment[]>(async (ctx, ids) => {
  const all = await read(ctx, sql`a.membership_id = any (${[...ids]}::uuid[])`)
  return Map.groupBy(all.filter(isUnended), ({ membershipId }) => membershipId)
})

type Row = Omit<Assignment, 'state'> & { starts_on: Day; ends_on: Day | null; ended_at: string | null }

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<Assignment[]> {
  const { db } = await ctx.tx()
  const columns = { practiceId: 'a.practice_id', userId: 'm.user_id' }
  const { rows } = await sql<Row>`
    select a.id, a.membership_id as "membershipId", n.name as "careManager", a.kind, a.starts_on, a.ends_on, a.ended_at,
           json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as practice
      from care_assignment a join organization o on o.id = a.practice_id
      left join membership m on m.id = a.membership_id
      left join ${namesFor(ctx)} n on n.membership_id = a.membership_id
     where ${which} and ${room(ctx, 'read', 'Assignment', columns)} order by o.name, "careManager", a.starts_on, a.id`.execute(db)
  const today = ctx.clock.today(ctx.region.timeZone)
  return rows.map(({ starts_on, ends_on, ended_at, ...row }) => ({
    ...row,
    startsOn: starts_on,
    endsOn: ends_on,
    endedAt: ended_at,
    state: ended_at !== null || (ends_on !== null && ends_on < today) ? 'ended' : starts_on > today ? 'planned' : 'current',
  }))
}

/** Names of care managers, as far as the viewer's database role may know them: each role reads them where it may. */
function namesFor({ viewer }: Ctx): RawBuilder<unknown> {
  const role: RoleName = viewer.role
  if (role === 'practice-administrator') return sql`commons_care_manager_names()`
  if (role === 'region-administrator' || role === 'workforce-manager')
    return sql`(select m.id as membership_id, u.name from membership m join app_user u on u.id = m.user_id)`
  return sql`(select null::uuid as membership_id, null::text as name)`
}
