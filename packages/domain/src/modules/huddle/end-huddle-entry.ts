import { addDays, type Day, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { HuddleEnd } from './huddle.entity.ts'
import { type HuddleChange, huddleEntry, type HuddleRow } from './read-huddle.ts'

/** Ticks somebody off, or takes them off the list. Doing it again changes nothing. */
export const endHuddleEntry = (ctx: Ctx, id: string, as: Exclude<HuddleEnd, 'carried'>): Promise<HuddleChange | Refusal> =>
  ctx.write(async (tx) => {
    const entry = await open(tx, ctx, id)
    if (!entry) return gone()
    if (entry.endedAs !== null && entry.endedAs !== as) return over(entry.endedAs)
    await end(tx, ctx, entry, as)
    return (await huddleEntry(tx, ctx, id))!
  })

/** Puts somebody onto the next list: that of today, or from today's that of tomorrow. Answers the entry there; who is on it already stays as they are. */
export const carryHuddleEntry = (ctx: Ctx, id: string): Promise<HuddleChange | Refusal> =>
  ctx.write(async (tx) => {
    const entry = await open(tx, ctx, id)
    if (!entry) return gone()
    if (entry.endedAs !== null) return over(entry.endedAs)
    const today = ctx.clock.today(ctx.region.timeZone)
    const to = entry.day < today ? today : addDays(entry.day, 1)
    await end(tx, ctx, entry, 'carried')
    await sql`
      insert into huddle_entry (id, practice_id, patient_id, day, reason, words, carried_from, added_by, added_by_name, added_at)
      select ${newId<'HuddleEntry'>()}, h.practice_id, h.patient_id, ${to}::date, h.reason, h.words, h.day, ${ctx.viewer.userId}, ${ctx.userName}, now()
        from huddle_entry h where h.id = ${id}
      on conflict do nothing`.execute(tx.db)
    return (await huddleEntry(tx, ctx, await nextOf(tx, entry, to)))!
  })

const gone = () => refused('HuddleEntryNotFound', 'There is no such person on a list that you may change.')
const over = (as: HuddleEnd) =>
  refused(
    'HuddleEntryOver',
    as === 'carried' ? 'They were carried over to another day.' : as === 'done' ? 'They are ticked off.' : 'They were taken off the list.',
  )

type Open = HuddleRow & { readonly practiceId: string }

async function open(tx: Tx, ctx: Ctx, id: string): Promise<Open | null> {
  const { rows } = await sql<{ practice_id: string }>`
    select h.practice_id from huddle_entry h
     where h.id = ${isUuid(id) ? id : NOBODY} and ${room(ctx, 'end', 'Huddle', { practiceId: 'h.practice_id' })}`.execute(tx.db)
  const entry = rows[0] && (await huddleEntry(tx, ctx, id))
  return entry ? { ...entry, practiceId: rows[0]!.practice_id } : null
}

async function end(tx: Tx, ctx: Ctx, { id, patientId, practiceId }: Open, as: HuddleEnd): Promise<void> {
  await sql`update huddle_entry h set ended_as = ${as}, ended_at = now(), ended_by_name = ${ctx.userName} where h.id = ${id} and h.ended_at is null`.execute(
    tx.db,
  )
  await keepEvent(tx, ctx, { action: 'end', subject: 'Huddle', subjectIds: [patientId, id], practiceId })
}

async function nextOf({ db }: Tx, { practiceId, patientId }: Open, day: Day): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from huddle_entry where practice_id = ${practiceId} and patient_id = ${patientId} and day = ${day}::date and ended_at is null`.execute(
    db,
  )
  return rows[0]!.id
}

const NOBODY = '00000000-0000-0000-0000-000000000000'
