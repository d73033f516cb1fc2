import { type Day, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Sensitivity } from '#modules/record'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { givesWay, recordRoom, room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { ExceptionReason } from './gap-exception.entity.ts'
import { NEWEST_RUN, toldMemberships } from './memberships.ts'

export interface GapExceptionRow {
  readonly id: string
  readonly patientId: string
  readonly measureId: string
  readonly reason: ExceptionReason
  readonly words: string
  readonly expiresOn: Day
  readonly recordedBy: string
  readonly recordedAt: string
  readonly endedAt: string | null
  readonly endedBy: string | null
  readonly live: boolean
}

export interface DocumentException {
  readonly patientId: string
  readonly measure: string
  readonly reason: ExceptionReason
  readonly words: string
  readonly expiresOn: Day
  readonly idempotencyKey: string
}

const MOST_WORDS = 2000

/** Documents why a gap stays open. The figure stays what it is: the exception stands beside it. */
export function documentException(ctx: Ctx, input: DocumentException): Promise<GapExceptionRow | Refusal> {
  const words = input.words.trim()
  if (words === '' || words.length > MOST_WORDS)
    return Promise.resolve(refused('WordsMissing', `An exception says why in 1 to ${MOST_WORDS} characters.`))
  if (input.expiresOn < ctx.clock.today(ctx.region.timeZone))
    return Promise.resolve(refused('ExceptionOver', 'This exception would already be over.'))
  if (!/^[\x21-\x7e]{8,200}$/.test(input.idempotencyKey))
    return Promise.resolve(refused('IdempotencyKeyMalformed', 'An idempotency key has 8 to 200 printable characters.'))
  return ctx.write(async (tx) => {
    const place = await placeOf(tx, ctx, input)
    if (!place) return refused('GapNotFound', 'There is no such gap among the charts that you can open.')
    const id = await insert(tx, ctx, { ...input, words }, place)
    if (!id) return refused('IdempotencyKeyReused', 'This idempotency key was used for something else.')
    const subjectIds = [input.patientId, id]
    await keepEvent(tx, ctx, { action: 'create', subject: 'GapException', subjectIds, practiceId: place.practice_id })
    return (await select(tx, ctx, sql`x.id = ${id}`))[0]!
  })
}

/** Takes an exception back; the row stays. Doing it again changes nothing. */
export const withdrawException = (ctx: Ctx, id: string): Promise<GapExceptionRow | Refusal> =>
  ctx.write(async (tx) => {
    const mine = sql`x.id = ${isUuid(id) ? id : NOBODY} and ${room(ctx, 'end', 'GapException', { practiceId: 'x.practice_id' })}
         and ${recordRoom(ctx, 'x', null)}`
    await sql`update gap_exception x set ended_at = now(), ended_by_name = ${ctx.userName} where ${mine} and x.ended_at is null`.execute(
      tx.db,
    )
    const { rows } = await sql<{ practice_id: string; patient_id: string }>`
      select x.practice_id, x.patient_id from gap_exception x where ${mine}`.execute(tx.db)
    const [ended] = rows
    if (!ended) return refused('ExceptionNotFound', 'There is no such exception among those that you can withdraw.')
    const subjectIds = [ended.patient_id, id]
    await keepEvent(tx, ctx, { action: 'end', subject: 'GapException', subjectIds, practiceId: ended.practice_id })
    return (await select(tx, ctx, sql`x.id = ${id}`))[0]!
  })

/** All of some charts, withdrawn and past ones included, newest first. */
export async function exceptionsOf(ctx: Ctx, patientIds: readonly string[]): Promise<(GapExceptionRow & LabelledRow)[]> {
  return select(await ctx.tx(), ctx, sql`x.patient_id = any (${[...patientIds]}::uuid[])`)
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

async function select({ db }: Tx, ctx: Ctx, which: RawBuilder<SqlBool>): Promise<(GapExceptionRow & LabelledRow)[]> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<GapExceptionRow & LabelledRow>`
    select x.practice_id, x.patient_id, x.sensitivity, x.id, x.patient_id as "patientId", x.measure_id as "measureId", x.reason, x.words, x.expires_on as "expiresOn",
           x.recorded_by_name as "recordedBy", x.recorded_at as "recordedAt", x.ended_at as "endedAt", x.ended_by_name as "endedBy",
           x.ended_at is null and x.expires_on >= ${today}::date as live
      from gap_exception x where ${which} and ${recordRoom(ctx, 'x', null)} order by x.recorded_at desc, x.id desc`.execute(db)
  noteSensitive(ctx, rows)
  return rows
}

interface Place {
  readonly practice_id: string
  readonly sensitivity: Sensitivity | null
}

/** Where the chart stands in the measure, if the viewer may document beside it. */
async function placeOf({ db }: Tx, ctx: Ctx, { patientId, measure }: DocumentException): Promise<Place | null> {
  const { rows } = await sql<Place>`
    select m.practice_id, m.sensitivity from ${toldMemberships(ctx)}
     where m.run_id = ${NEWEST_RUN} and m.patient_id = ${isUuid(patientId) ? patientId : NOBODY} and m.measure_id = ${measure}
       and m.denominator > 0 and ${recordRoom(ctx, 'm', null)} and not ${givesWay(ctx, 'm')} and ${room(ctx, 'create', 'GapException', { practiceId: 'm.practice_id' })}
     order by m.group_index limit 1`.execute(db)
  return rows[0] ?? null
}

/** The same key with the same words is the same exception; with others there is none. */
async function insert({ db }: Tx, ctx: Ctx, input: DocumentException, { practice_id, sensitivity }: Place): Promise<string | null> {
  const { patientId, measure, reason, words, expiresOn, idempotencyKey } = input
  const { rows } = await sql<{ id: string }>`
    insert into gap_exception (id, practice_id, patient_id, measure_id, reason, words, expires_on, recorded_by, recorded_by_name, recorded_at,
                               idempotency_key, sensitivity)
    values (${newId<'GapException'>()}, ${practice_id}, ${patientId}, ${measure}, ${reason}, ${words}, ${expiresOn}, ${ctx.viewer.userId},
            ${ctx.userName}, now(), ${idempotencyKey}, ${sensitivity})
    on conflict (practice_id, idempotency_key) do nothing returning id`.execute(db)
  if (rows[0]) return rows[0].id
  const same = await sql<{ id: string }>`
    select id from gap_exception where practice_id = ${practice_id} and idempotency_key = ${idempotencyKey} and patient_id = ${patientId}
       and measure_id = ${measure} and reason = ${reason} and words = ${words} and expires_on = ${expiresOn}::date`.execute(db)
  return same.rows[0]?.id ?? null
}
