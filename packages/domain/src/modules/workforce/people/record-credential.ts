import { type Day, isRefusal, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import { openStaff, type StaffRow } from './list-staff.ts'
import { staffNotFound } from './record-staff.ts'
import type { CredentialKind, TrainingKind } from './staff.entity.ts'

export interface NewCredential {
  /** Whose; of the membership. */
  readonly staffId: string
  readonly kind: CredentialKind
  readonly title: string
  readonly state: string | null
  readonly number: string
  readonly expiresOn: Day | null
}

/** Records a license or certification, or a renewed one in place of the one before. Recorded twice, it is there once. */
export async function recordCredential(ctx: Ctx, input: NewCredential): Promise<StaffRow | Refusal> {
  const title = shortText(input.title, 'The title')
  if (isRefusal(title)) return title
  const number = shortText(input.number, 'The number')
  if (isRefusal(number)) return number
  const { kind, expiresOn } = input
  const state = input.state?.trim() ?? ''
  if (!(state === '' ? kind === 'certification' : /^[A-Z]{2}$/.test(state)))
    return refused('StateUnusable', 'A license is of a State, in two letters: NY. A certification may be of none.')
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const person = await openStaff(here, input.staffId)
    if (!person) return staffNotFound()
    const at = { by: ctx.viewer.userId, now: ctx.clock.now().toISOString() }
    const same = sql`membership_id = ${person.id} and kind = ${kind} and title = ${title} and state = ${state} and ended_at is null`
    // Two who record the same follow one another.
    await sql`select pg_advisory_xact_lock(hashtext(${`staff_credential ${person.id}`}))`.execute(tx.db)
    const { rows: there } = await sql`
      select id from staff_credential where ${same} and number = ${number} and expires_on is not distinct from ${expiresOn}::date`.execute(
      tx.db,
    )
    if (there.length === 0) {
      await sql`update staff_credential set ended_at = ${at.now}, recorded_by = ${at.by} where ${same}`.execute(tx.db)
      await sql`
        insert into staff_credential (id, membership_id, kind, title, state, number, expires_on, recorded_by, recorded_at)
        values (${newId<'StaffCredential'>()}, ${person.id}, ${kind}, ${title}, ${state}, ${number}, ${expiresOn}, ${at.by}, ${at.now})`.execute(
        tx.db,
      )
    }
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [person.id] })
    return person
  })
}

/** Takes a credential off the record: given back, or recorded by mistake. */
export const endCredential = (ctx: Ctx, id: string): Promise<StaffRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const { rows } = await sql<{ membership_id: string }>`
      update staff_credential set ended_at = ${ctx.clock.now().toISOString()}, recorded_by = ${ctx.viewer.userId}
       where id = ${isUuid(id) ? id : null} and ended_at is null returning membership_id`.execute(tx.db)
    const person = rows[0] && (await openStaff(here, rows[0].membership_id))
    if (!person) return refused('CredentialNotFound', 'There is no such credential on record.')
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [person.id, id] })
    return person
  })

export interface NewTraining {
  readonly staffId: string
  readonly kind: TrainingKind
  readonly title: string
  readonly day: Day
  readonly done: boolean
  readonly minutes: number
}

/** Records training, or that a step of the curriculum is done; the same title of the same day is the same. */
export async function recordTraining(ctx: Ctx, input: NewTraining): Promise<StaffRow | Refusal> {
  const title = shortText(input.title, 'The title')
  if (isRefusal(title)) return title
  const { kind, day, done, minutes } = input
  if (minutes < 0 || minutes > 6000) return refused('MinutesUnusable', 'Training takes 0 to 100 hours.')
  if (done && kind !== 'curriculum' && day > ctx.clock.today(ctx.region.timeZone))
    return refused('NotYetDone', 'What is done was done today or before.')
  if (!done && kind !== 'curriculum')
    return refused('NotPlanned', 'Only steps of the curriculum are planned; the others are recorded when done.')
  return ctx.write(async (tx) => {
    const person = await openStaff({ ...ctx, tx: async () => tx }, input.staffId)
    if (!person) return staffNotFound()
    const at = ctx.clock.now().toISOString()
    await sql`
      insert into staff_training (id, membership_id, kind, title, day, done, minutes, recorded_by, recorded_at)
      values (${newId<'StaffTraining'>()}, ${person.id}, ${kind}, ${title}, ${day}, ${done}, ${minutes}, ${ctx.viewer.userId}, ${at})
      on conflict (membership_id, kind, title, day) do update
         set done = excluded.done, minutes = excluded.minutes, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at`.execute(
      tx.db,
    )
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [person.id] })
    return person
  })
}
