import type { RoleName } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'
import type { Duty } from './duty.ts'
import type { WeeklyHours } from './hours.ts'
import type { AssignmentKind } from './workforce.entity.ts'

export interface Assignment {
  readonly id: string
  readonly membershipId: string
  /** Who works for the practice; null when their name is not the reader's to see. */
  readonly careManager: string | null
  readonly practice: OrganizationRow
  readonly kind: AssignmentKind
  readonly duty: Duty
  /** In order; empty: not agreed on. */
  readonly hours: readonly WeeklyHours[]
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly endedAt: string | null
  /** Of a cover during leave: from exactly when, and the first moment after. */
  readonly from: string | null
  readonly until: string | null
  readonly coversFor: string | null
  /** `current` also when the membership behind it has not begun to work today for other reasons. */
  readonly state: 'planned' | 'current' | 'ended'
}

export interface AssignmentFilter {
  readonly practiceId: string | null
  readonly membershipId: string | null
  /** Words of the practice's or the care manager's name. */
  readonly search?: string | null
  readonly ended: boolean
}

/** A page of assignments by practice and person: of the region all, of a practice its own, of a care manager her own. */
export async function listAssignments(ctx: Ctx, filter: AssignmentFilter, page: PageWanted): Promise<Connection<Assignment>> {
  const { practiceId, membershipId, search, ended } = filter
  const which = sql<SqlBool>`${is('a.practice_id', practiceId)} and ${is('a.membership_id', membershipId)}
    and (${ended} or ${isUnended(ctx)}) and ${wordsBegin(search, 'o.name', 'n.name')}`
  return mapPage(await pageOf(await ctx.tx(), assignments(ctx, which), page), (row) => assignmentOf(ctx, row))
}

export async function readAssignment(ctx: Ctx, id: string): Promise<Assignment | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`a.id = ${id}`)
  return found ?? null
}

const isUnended = (ctx: Ctx): RawBuilder<SqlBool> =>
  sql`(a.ended_at is null and (a.ends_on is null or a.ends_on >= ${ctx.clock.today(ctx.region.timeZone)})
    and (a.until_at is null or a.until_at > ${ctx.clock.now().toISOString()}))`

/** Current and planned assignments of practices. */
export const assignmentsOfPractices = batched<Assignment[]>(async (ctx, ids) =>
  Map.groupBy(await read(ctx, sql`a.practice_id = any (${[...ids]}::uuid[]) and ${isUnended(ctx)}`), ({ practice }) => practice.id),
)

/** Current and planned assignments of care managers. */
export const assignmentsOfMemberships = batched<Assignment[]>(async (ctx, ids) =>
  Map.groupBy(await read(ctx, sql`a.membership_id = any (${[...ids]}::uuid[]) and ${isUnended(ctx)}`), ({ membershipId }) => membershipId),
)

/** Of one practice or one person, those that hold on some day of a span, and were not ended at once before. */
export const assignmentsOn = (
  ctx: Ctx,
  { practiceId, membershipId }: Pick<AssignmentFilter, 'practiceId' | 'membershipId'>,
  from: Day,
  until: Day,
) =>
  read(
    ctx,
    sql`${is('a.practice_id', practiceId)} and ${is('a.membership_id', membershipId)} and a.ended_at is null
      and a.starts_on <= ${until}::date and (a.ends_on is null or a.ends_on >= ${from}::date)`,
  )

const is = (column: string, id: string | null): RawBuilder<unknown> =>
  id === null ? sql`true` : isUuid(id) ? sql`${sql.ref(column)} = ${id}` : sql`false`

type Row = Omit<Assignment, 'state' | 'startsOn' | 'endsOn' | 'endedAt'> & { starts_on: Day; ends_on: Day | null; ended_at: string | null }

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<Assignment[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`select * from (${assignments(ctx, which)}) a order by a.sorted collate "C", a.id`.execute(db)
  return rows.map((row) => assignmentOf(ctx, row))
}

const assignments = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<Row> => sql<Row>`
  select a.id, a.membership_id as "membershipId", n.name as "careManager", a.kind, a.duty, a.hours, a.starts_on, a.ends_on, a.ended_at,
         a.from_at as "from", a.until_at as until, a.covers_for as "coversFor",
         json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as practice,
         ${folded(sql`concat(o.name, chr(1), n.name, chr(1), a.starts_on)`)} as sorted
    from care_assignment a join organization o on o.id = a.practice_id
    left join membership m on m.id = a.membership_id
    left join ${namesFor(ctx)} n on n.membership_id = a.membership_id
   where ${which} and ${room(ctx, 'read', 'Assignment', { practiceId: 'a.practice_id', userId: 'm.user_id' })}`

function assignmentOf(ctx: Ctx, { starts_on, ends_on, ended_at, ...row }: Row): Assignment {
  return {
    ...row,
    startsOn: starts_on,
    endsOn: ends_on,
    endedAt: ended_at,
    state: stateOf(ctx, { ...row, starts_on, ends_on, ended_at }),
  }
}

function stateOf(
  ctx: Ctx,
  { starts_on, ends_on, ended_at, from, until }: Pick<Row, 'starts_on' | 'ends_on' | 'ended_at' | 'from' | 'until'>,
) {
  const [now, today] = [ctx.clock.now(), ctx.clock.today(ctx.region.timeZone)]
  if (ended_at !== null || (ends_on !== null && ends_on < today) || (until !== null && new Date(until) <= now)) return 'ended'
  return starts_on > today || (from !== null && new Date(from) > now) ? 'planned' : 'current'
}

/** Names of care managers, as far as the viewer's database role may know them: each role reads them where it may. */
function namesFor({ viewer }: Ctx): RawBuilder<unknown> {
  const role: RoleName = viewer.role
  if (role === 'practice-administrator') return sql`commons_care_manager_names()`
  if (role === 'region-administrator' || role === 'workforce-manager')
    return sql`(select m.id as membership_id, u.name from membership m join app_user u on u.id = m.user_id)`
  return sql`(select null::uuid as membership_id, null::text as name)`
}
