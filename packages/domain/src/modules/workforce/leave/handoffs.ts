import { isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { openCover } from './covers.ts'

export interface HandoffRow {
  readonly id: string
  readonly coverId: string
  readonly practiceId: string
  readonly situation: string
  readonly background: string
  readonly openItems: string
  readonly risks: string
  readonly version: number
  readonly writtenAt: string
  /** When whoever covers acknowledged this version. */
  readonly acknowledgedAt: string | null
}

/** What is handed over with covers: to whoever wrote it, and to whoever covers from the beginning of the cover until its end. */
export const handoffOf = batched<HandoffRow>(async (ctx, ids) => {
  const rows = await handoffs(ctx, ids)
  for (const { id, practiceId } of rows) ctx.notes.push({ action: 'read', subject: 'Handoff', subjectIds: [id], practiceId })
  return new Map(rows.map((row) => [row.coverId, row]))
})

async function handoffs(ctx: Ctx, coverIds: readonly string[]): Promise<HandoffRow[]> {
  const now = ctx.clock.now().toISOString()
  const { rows } = await sql<HandoffRow>`
    select h.id, h.cover_id as "coverId", h.practice_id as "practiceId", h.situation, h.background, h.open_items as "openItems", h.risks, h.version,
           h.written_at as "writtenAt",
           (select r.at from handoff_receipt r where r.practice_id = h.practice_id and r.handoff_id = h.id and r.version = h.version) as "acknowledgedAt"
      from staff_handoff h join leave_cover c on c.id = h.cover_id
     where h.cover_id = any (${[...coverIds]}::uuid[]) and c.state = 'accepted'
       and (${room(ctx, 'create', 'Handoff', { membershipId: 'h.leaver_id' })}
            or (${room(ctx, 'update', 'Handoff', { membershipId: 'h.membership_id' })} and c.from_at <= ${now} and c.until_at > ${now}))`.execute(
    (await ctx.tx()).db,
  )
  return rows
}

export interface HandoffText {
  readonly coverId: string
  readonly situation: string
  readonly background: string
  readonly openItems: string
  readonly risks: string
  /** The version that the person saw; 0 for the first. */
  readonly version: number
}

const MOST = 4000

/** Whoever is away writes what whoever covers has to know, once they accepted. A later version has to be acknowledged anew. */
export const writeHandoff = (ctx: Ctx, input: HandoffText): Promise<HandoffRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const cover = await openCover(here, input.coverId)
    if (cover?.leaverId !== ctx.viewer.membershipId) return refused('CoverNotFound', 'Nobody covers this for you.')
    if (cover.state !== 'accepted') return refused('CoverNotAccepted', `${cover.cover} has not accepted yet.`)
    const text = {
      situation: input.situation.trim(),
      background: input.background.trim(),
      openItems: input.openItems.trim(),
      risks: input.risks.trim(),
    }
    if (text.situation === '') return refused('SituationMissing', 'Say in a few words how things stand.')
    if (Object.values(text).some((part) => part.length > MOST || part.includes('\0')))
      return refused('TextUnusable', `Each part takes up to ${MOST} characters.`)
    const at = ctx.clock.now().toISOString()
    const { rows } = await sql<{ id: string }>`
      insert into staff_handoff as h (id, cover_id, practice_id, leaver_id, membership_id, situation, background, open_items, risks, version, written_by, written_at)
      values (${newId<'StaffHandoff'>()}, ${cover.id}, ${cover.practice.id}, ${cover.leaverId}, ${cover.membershipId}, ${text.situation}, ${text.background},
              ${text.openItems}, ${text.risks}, 1, ${ctx.viewer.userId}, ${at})
      on conflict (practice_id, cover_id) do update set situation = excluded.situation, background = excluded.background, open_items = excluded.open_items,
             risks = excluded.risks, version = h.version + 1, written_at = excluded.written_at
       where h.version = ${input.version}
      returning id`.execute(tx.db)
    if (rows.length === 0) return refused('ChangedMeanwhile', 'You changed it elsewhere meanwhile. Look again, then change it.')
    await keepEvent(tx, ctx, { action: 'create', subject: 'Handoff', subjectIds: [rows[0]!.id], practiceId: cover.practice.id })
    return (await handoffs(here, [cover.id]))[0]!
  })

/** Whoever covers says that they read this version. */
export const acknowledgeHandoff = (ctx: Ctx, coverId: string, version: number): Promise<HandoffRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const cover = isUuid(coverId) ? await openCover(here, coverId) : null
    const [handoff] = cover?.membershipId === ctx.viewer.membershipId ? await handoffs(here, [coverId]) : []
    if (!handoff) return refused('HandoffNotFound', 'There is no handoff that is open to you now.')
    if (handoff.version !== version) return refused('ChangedMeanwhile', 'It was changed meanwhile. Read it again, then acknowledge it.')
    await sql`
      insert into handoff_receipt (practice_id, handoff_id, version, membership_id, at)
      values (${handoff.practiceId}, ${handoff.id}, ${version}, ${ctx.viewer.membershipId}, ${ctx.clock.now().toISOString()})
      on conflict do nothing`.execute(tx.db)
    await keepEvent(tx, ctx, { action: 'update', subject: 'Handoff', subjectIds: [handoff.id], practiceId: handoff.practiceId })
    return (await handoffs(here, [coverId]))[0]!
  })
