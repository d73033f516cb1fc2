import { isUuid, newId, onWall, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { openStaff } from '../people/list-staff.ts'
import { refusedScope } from '../people/refused-scope.ts'
import type { Duty } from '../duty.ts'
import { dayBefore } from './day-before.ts'
import type { CoverState } from './leave.entity.ts'
import { closeCover, lockLeave, openLeave } from './leaves.ts'

export interface CoverRow {
  readonly id: string
  readonly leaveId: string
  readonly practice: OrganizationRow
  readonly duty: Duty
  readonly leaverId: string
  readonly leaver: string
  /** Who is asked; of the membership. */
  readonly membershipId: string
  readonly cover: string
  readonly from: string
  readonly until: string
  readonly state: CoverState
}

/** A page of covers that are asked for, accepted or declined and not over yet: of the region all, of a care manager her own and those for her. */
export async function listCovers(ctx: Ctx, page: PageWanted): Promise<Connection<CoverRow>> {
  const which = sql<SqlBool>`c.until_at > ${ctx.clock.now().toISOString()} and c.state <> 'withdrawn'`
  return pageOf(await ctx.tx(), covers(ctx, which), page)
}

export async function openCover(ctx: Ctx, id: string): Promise<CoverRow | null> {
  if (!isUuid(id)) return null
  const { rows } = await covers(ctx, sql`c.id = ${id}`).execute((await ctx.tx()).db)
  return rows[0] ?? null
}

const covers = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<CoverRow> => sql<CoverRow>`
  select c.id, c.leave_id as "leaveId", json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as practice,
         c.duty, c.leaver_id as "leaverId", c.leaver_name as leaver, c.membership_id as "membershipId", c.cover_name as cover, c.from_at as "from",
         c.until_at as until, c.state, to_char(c.from_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || o.name as sorted
    from leave_cover c join organization o on o.id = c.practice_id
   where ${which} and (${room(ctx, 'read', 'Cover', { membershipId: 'c.membership_id' })} or ${room(ctx, 'read', 'Cover', { membershipId: 'c.leaver_id' })})`

export interface NewCover {
  readonly leaveId: string
  readonly practiceId: string
  /** Who is asked; of the membership. */
  readonly staffId: string
}

/** Asks somebody to cover a practice for the whole of a leave. Of two who ask at once, the second is told whom the first asked. */
export const proposeCover = (ctx: Ctx, { leaveId, practiceId, staffId }: NewCover): Promise<CoverRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    if (!isUuid(leaveId) || !isUuid(practiceId)) return refused('LeaveNotFound', 'There is no such leave.')
    await lockLeave(tx.db, leaveId)
    const leave = await openLeave(here, leaveId)
    if (!leave) return refused('LeaveNotFound', 'There is no such leave.')
    if (leave.endedAt !== null) return refused('LeaveEnded', 'The leave has ended already.')
    const person = await openStaff(here, staffId)
    if (!person) return refused('StaffNotFound', 'There is no such person among the shared staff.')
    if (person.id === leave.membershipId) return refused('OwnCover', `${person.name} is the one who is away.`)
    const asked = await openOf(tx.db, leaveId, practiceId)
    if (asked?.membership_id === person.id) {
      await keepEvent(tx, ctx, { action: 'create', subject: 'Cover', subjectIds: [asked.id] })
      return (await openCover(here, asked.id))!
    }
    if (asked)
      return refused(
        'CoverAsked',
        `${asked.cover_name} was asked to cover there meanwhile${asked.state === 'accepted' ? ', and accepted' : ''}.`,
      )
    const place = leave.uncovered.find(({ id }) => id === practiceId)
    if (!place) return refused('NothingToCover', `${leave.name} does not work there in this time.`)
    const { day } = onWall(ctx.region.timeZone, new Date(leave.from))
    const duty = await dutyOf(tx.db, leave.membershipId, practiceId)
    const outside = await refusedScope(tx, ctx, person, { duty, startsOn: day })
    if (outside) return outside
    if (await isAway(tx.db, person.id, leave)) return refused('CoverAway', `${person.name} is away in this time, too.`)
    const id = newId<'LeaveCover'>()
    await sql`
      insert into leave_cover (id, leave_id, practice_id, duty, leaver_id, leaver_name, membership_id, cover_name, from_at, until_at, state, proposed_by, proposed_at)
      values (${id}, ${leaveId}, ${practiceId}, ${duty}, ${leave.membershipId}, ${leave.name}, ${person.id}, ${person.name}, ${leave.from}, ${leave.until},
              'proposed', ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})`.execute(tx.db)
    await keepEvent(tx, ctx, { action: 'create', subject: 'Cover', subjectIds: [id] })
    return (await openCover(here, id))!
  })

type Db = Awaited<ReturnType<Ctx['tx']>>['db']

async function openOf(db: Db, leaveId: string, practiceId: string) {
  const { rows } = await sql<{ id: string; membership_id: string; cover_name: string; state: CoverState }>`
    select id, membership_id, cover_name, state from leave_cover
     where leave_id = ${leaveId} and practice_id = ${practiceId} and state in ('proposed', 'accepted')`.execute(db)
  return rows[0]
}

async function dutyOf(db: Db, membershipId: string, practiceId: string) {
  const { duty } = await db
    .selectFrom('care_assignment')
    .select('duty')
    .where('membership_id', '=', membershipId)
    .where('practice_id', '=', practiceId)
    .where('ended_at', 'is', null)
    .where('kind', '=', 'assignment')
    .orderBy('starts_on', 'desc')
    .executeTakeFirstOrThrow()
  return duty
}

async function isAway(db: Db, membershipId: string, { from, until }: { from: string; until: string }): Promise<boolean> {
  const { rows } = await sql`
    select 1 from staff_leave where membership_id = ${membershipId} and ended_at is null and from_at < ${until}::timestamptz and until_at > ${from}::timestamptz`.execute(
    db,
  )
  return rows.length > 0
}

/** Whoever is asked accepts or declines. Accepting opens the practice to them for exactly the time of the leave, neither before nor after. */
export const answerCover = (ctx: Ctx, id: string, accepts: boolean): Promise<CoverRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const cover = await openCover(here, id)
    if (cover?.membershipId !== ctx.viewer.membershipId) return refused('CoverNotFound', 'Nobody asked you to cover this.')
    const wanted: CoverState = accepts ? 'accepted' : 'declined'
    const now = ctx.clock.now()
    if (new Date(cover.until) <= now) return refused('LeaveOver', 'That time is over.')
    const { rows } = await sql`
      update leave_cover set state = ${wanted}, answered_at = ${now.toISOString()} where id = ${id} and state = 'proposed' returning id`.execute(
      tx.db,
    )
    if (rows.length === 0) {
      const present = (await openCover(here, id))?.state ?? 'withdrawn'
      if (present !== wanted) return refused('CoverAnswered', ANSWERED[present])
    } else if (accepts) {
      const { timeZone } = ctx.region
      await sql`
        insert into care_assignment (id, membership_id, practice_id, kind, duty, starts_on, ends_on, from_at, until_at, cover_id, covers_for, created_by, created_at)
        values (${newId<'CareAssignment'>()}, ${cover.membershipId}, ${cover.practice.id}, 'cover', ${cover.duty},
                ${onWall(timeZone, new Date(cover.from)).day}, ${dayBefore(timeZone, cover.until)}, ${cover.from}, ${cover.until}, ${cover.id},
                ${cover.leaver}, ${ctx.viewer.userId}, ${now.toISOString()})`.execute(tx.db)
    }
    await keepEvent(tx, ctx, { action: 'update', subject: 'Cover', subjectIds: [id] })
    return (await openCover(here, id))!
  })

const ANSWERED: Readonly<Record<CoverState, string>> = {
  proposed: 'It was asked for again meanwhile.',
  accepted: 'You accepted it already.',
  declined: 'You declined it already.',
  withdrawn: 'It was taken back meanwhile; there is nothing to cover any more.',
}

/** Takes a cover back; what it opened closes at once. */
export const withdrawCover = (ctx: Ctx, id: string): Promise<CoverRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    if (isUuid(id)) await sql`select id from leave_cover where id = ${id} for update`.execute(tx.db)
    const cover = await openCover(here, id)
    if (!cover) return refused('CoverNotFound', 'There is no such cover.')
    if (cover.state === 'withdrawn' || cover.state === 'declined')
      return refused('CoverEnded', `${cover.cover} does not cover this any more.`)
    await closeCover(tx.db, id, ctx.clock.now().toISOString())
    await keepEvent(tx, ctx, { action: 'end', subject: 'Cover', subjectIds: [id] })
    return (await openCover(here, id))!
  })
