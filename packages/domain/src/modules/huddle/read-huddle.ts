import { addDays, type Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { readCharts } from '#modules/patient'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { HuddleEnd, HuddleReason } from './huddle.entity.ts'

export interface HuddleRow {
  readonly id: string
  readonly patientId: string
  readonly practiceName: string
  readonly day: Day
  readonly reason: HuddleReason
  readonly words: string
  readonly carriedFrom: Day | null
  readonly addedBy: string
  readonly addedAt: string
  readonly endedAs: HuddleEnd | null
  readonly endedAt: string | null
  readonly endedBy: string | null
}

/** What a change answers. Nothing of the chart: who changes a list has it before them. */
export type HuddleChange = Pick<HuddleRow, 'id' | 'day' | 'carriedFrom' | 'endedAs'>

export interface HuddleAsked {
  /** Today unless told. */
  readonly day: Day | null
  /** What was left open on the lists of the two weeks before, instead of the day's own list. */
  readonly leftOpen: boolean
}

const LOOKING_BACK = 14

/** The list of a day by practice, in the order in which people were put on it; without those taken off again. */
export async function readHuddle(ctx: Ctx, { day: asked, leftOpen }: HuddleAsked, page: PageWanted): Promise<Connection<HuddleRow>> {
  const day = asked ?? ctx.clock.today(ctx.region.timeZone)
  const which = leftOpen
    ? sql<SqlBool>`h.day < ${day}::date and h.day >= ${addDays(day, -LOOKING_BACK)}::date and h.ended_at is null`
    : sql<SqlBool>`h.day = ${day}::date and h.ended_as is distinct from 'removed'`
  const found = await pageOf(await ctx.tx(), entries(ctx, which), page)
  const rows = found.edges.map(({ node }) => node)
  for (const [practiceId, of] of Map.groupBy(rows, (row) => row.practice_id))
    ctx.notes.push({ action: 'read', subject: 'Huddle', subjectIds: of.map(({ id }) => id), practiceId })
  if (rows.length === 0) ctx.notes.push({ action: 'read', subject: 'Huddle', subjectIds: [] })
  return mapPage(found, (row): HuddleRow => row)
}

/** As it stands in a transaction, where the viewer may read it. */
export async function huddleEntry({ db }: Tx, ctx: Ctx, id: string): Promise<HuddleRow | null> {
  const { rows } = await entries(ctx, sql`h.id = ${id}`).execute(db)
  return rows[0] ?? null
}

type Row = HuddleRow & { readonly practice_id: string }

const entries = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<Row> => sql<Row>`
  select h.id, h.practice_id, h.patient_id as "patientId", o.name as "practiceName", h.day::text as day, h.reason, h.words,
         h.carried_from::text as "carriedFrom", h.added_by_name as "addedBy", h.added_at as "addedAt", h.ended_as as "endedAs",
         h.ended_at as "endedAt", h.ended_by_name as "endedBy", concat(o.name, chr(1), h.day, chr(1), h.added_at) as sorted
    from huddle_entry h join organization o on o.id = h.practice_id
   where ${which} and ${room(ctx, 'read', 'Huddle', { practiceId: 'h.practice_id' })}`

/** The charts that entries name. */
export const chartOf = batched(async (ctx: Ctx, ids) => new Map((await readCharts(ctx, ids)).map((chart) => [chart.id, chart])))
