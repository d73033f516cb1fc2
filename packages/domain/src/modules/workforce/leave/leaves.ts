import { isRefusal, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { openStaff } from '../people/list-staff.ts'
import { staffNotFound } from '../people/record-staff.ts'
import { type CoverState, type LeaveKind } from './leave.entity.ts'
import { type Away, momentsOf } from './moments.ts'

export interface LeaveRow {
  readonly id: string
  readonly membershipId: string
  readonly name: string
  readonly kind: LeaveKind
  readonly from: string
  /** The first moment back. */
  readonly until: string
  readonly endedAt: string | null
  /** Of the practices that the person works for in this time, those that nobody was asked to cover. */
  readonly uncovered: readonly OrganizationRow[]
}

/** A page of leave that goes on or is to come, the first in front: of the region all, of a care manager her own. */
export async function listLeaves(ctx: Ctx, past: boolean, page: PageWanted): Promise<Connection<LeaveRow>> {
  const now = ctx.clock.now().toISOString()
  return pageOf(await ctx.tx(), leaves(ctx, sql<SqlBool>`(${past} or (l.ended_at is null and l.until_at > ${now}))`), page)
}

export async function openLeave(ctx: Ctx, id: string): Promise<LeaveRow | null> {
  if (!isUuid(id)) return null
  const { rows } = await leaves(ctx, sql`l.id = ${id}`).execute((await ctx.tx()).db)
  return rows[0] ?? null
}

const OPEN: readonly CoverState[] = ['proposed', 'accepted']

const leaves = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<LeaveRow> => sql<LeaveRow>`
  select l.id, l.membership_id as "membershipId", l.person_name as name, l.kind, l.from_at as "from", l.until_at as until, l.ended_at as "endedAt",
         coalesce((select json_agg(json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) order by o.name)
            from organization o where l.ended_at is null and exists (
              select from care_assignment a where a.practice_id = o.id and a.membership_id = l.membership_id and a.kind = 'assignment' and a.ended_at is null
                 and (a.starts_on::timestamp at time zone ${ctx.region.timeZone}) < l.until_at
                 and (a.ends_on is null or ((a.ends_on + 1)::timestamp at time zone ${ctx.region.timeZone}) > l.from_at))
             and not exists (select from leave_cover c where c.leave_id = l.id and c.practice_id = o.id and c.state = any (${[...OPEN]}::text[]))), '[]') as uncovered,
         to_char(l.from_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as sorted
    from staff_leave l where ${which} and ${room(ctx, 'read', 'Leave', { membershipId: 'l.membership_id' })}`

export interface NewLeave extends Away {
  /** Whose, of the membership; the own unless told. */
  readonly staffId: string | null
  readonly kind: LeaveKind
}

/** Asks for leave, or enters somebody's. The same again is the leave that is there. */
export async function requestLeave(ctx: Ctx, input: NewLeave): Promise<LeaveRow | Refusal> {
  const moments = momentsOf(ctx, input)
  if (isRefusal(moments)) return moments
  if (moments.until <= ctx.clock.now()) return refused('LeaveOver', 'That time is over.')
  const [from, until] = [moments.from.toISOString(), moments.until.toISOString()]
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const whose = input.staffId ?? ctx.viewer.membershipId
    const person = await openStaff(here, whose)
    if (!person) return staffNotFound()
    await sql`select pg_advisory_xact_lock(hashtext(${`staff_leave ${person.id}`}))`.execute(tx.db)
    const { rows } = await sql<{ id: string; same: boolean }>`
      select id, from_at = ${from}::timestamptz and until_at = ${until}::timestamptz as same from staff_leave
       where membership_id = ${person.id} and ended_at is null and from_at < ${until}::timestamptz and until_at > ${from}::timestamptz`.execute(
      tx.db,
    )
    if (rows.some(({ same }) => !same)) return refused('LeaveOverlaps', `${person.name} is away for a part of that time already.`)
    const id = rows[0]?.id ?? newId<'StaffLeave'>()
    if (rows.length === 0)
      await sql`
        insert into staff_leave (id, membership_id, person_name, kind, from_at, until_at, requested_by, requested_at)
        values (${id}, ${person.id}, ${person.name}, ${input.kind}, ${from}, ${until}, ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})`.execute(
        tx.db,
      )
    await keepEvent(tx, ctx, { action: 'create', subject: 'Leave', subjectIds: [id] })
    return (await openLeave(here, id))!
  })
}

/** Ends or withdraws a leave. Once somebody accepted to cover, whoever allocates ends it, and what the covers open closes at once. */
export const endLeave = (ctx: Ctx, id: string): Promise<LeaveRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const leave = await openLeave(here, id)
    if (!leave) return refused('LeaveNotFound', 'There is no such leave.')
    await lockLeave(tx.db, leave.id)
    const at = ctx.clock.now().toISOString()
    const allocates = ctx.ability.can('end', 'Cover')
    const { rows: open } = await sql<{ id: string; practice_id: string; state: CoverState }>`
      select id, practice_id, state from leave_cover where leave_id = ${leave.id} and state = any (${[...OPEN]}::text[])`.execute(tx.db)
    if (!allocates && open.length > 0)
      return refused('CoverAsked', 'Somebody was asked to cover. Whoever allocates the staff ends this leave.')
    const { rows } = await sql`update staff_leave set ended_at = ${at} where id = ${leave.id} and ended_at is null returning id`.execute(
      tx.db,
    )
    if (rows.length === 0) return refused('LeaveEnded', 'The leave has ended already.')
    for (const cover of open) await closeCover(tx.db, cover.id, at)
    await keepEvent(tx, ctx, { action: 'end', subject: 'Leave', subjectIds: [leave.id, ...open.map((cover) => cover.id)] })
    return (await openLeave(here, id))!
  })

/** Whoever asks for a cover, and whoever ends the leave, follow one another. */
export const lockLeave = (db: Db, id: string) => sql`select pg_advisory_xact_lock(hashtext(${`leave ${id}`}))`.execute(db)

type Db = Awaited<ReturnType<Ctx['tx']>>['db']

/** Takes a cover back, and closes what it opened. */
export async function closeCover(db: Db, id: string, at: string): Promise<void> {
  await sql`update leave_cover set state = 'withdrawn', answered_at = ${at} where id = ${id}`.execute(db)
  await sql`update care_assignment set ended_at = ${at} where cover_id = ${id} and ended_at is null`.execute(db)
}
