import { addDays, type Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { recordRoom, room, sensitiveRoom } from '#shared/room'
import type { ComingStateName } from './coming-gap.entity.ts'
import { PUBLISHED_RUN } from './memberships.ts'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf } from './measures.ts'
import type { MeasureType } from './quality.graphql.ts'

/** A gap that is closed in the newest published period and opens when what closed it has become too old. */
export interface ComingDay {
  readonly measure: MeasureType
  /** The first day on which it would be open. */
  readonly dueOn: Day
}

/** Closed gaps that come due within so many days from today. */
export interface ComingAsked {
  readonly withinDays: number
  /** Id of a measure; of any unless told. */
  readonly measure?: string | null
}

/** Practice `table`'s coming gaps are those of the published figures. */
const areReady = (table: string): RawBuilder<SqlBool> => sql`exists (
  select from coming_gap_state t
   where t.practice_id = ${sql.ref(`${table}.practice_id`)} and t.run_id = ${PUBLISHED_RUN} and t.state = 'ready')`

interface Row extends LabelledRow, MeasureColumns {
  readonly due_on: Day
}

/** When closed gaps of charts open again, the first due first; no answer for charts of which that is not worked out. */
export const comingGapsOf = batched(async (ctx: Ctx, patientIds): Promise<Map<string, ComingDay[]>> => {
  // Never part of what is shared.
  if (ctx.guest) return new Map(patientIds.map((id) => [id, []]))
  const { db } = await ctx.tx()
  const known = await sql<{ id: string }>`
    select s.patient_id as id from patient_summary s where s.patient_id = any (${[...patientIds]}::uuid[])
       and ${room(ctx, 'read', 'Chart', { practiceId: 's.practice_id', patientId: 's.patient_id' })} and ${areReady('s')}`.execute(db)
  const { rows } = await sql<Row>`
    select c.practice_id, c.patient_id, c.sensitivity, c.due_on, ${MEASURE_COLUMNS}
      from coming_gap c join metric_run r on r.id = ${PUBLISHED_RUN}
      join measure_package k on k.measure_id = c.measure_id and k.hash = any (r.package_hashes)
     where c.patient_id = any (${[...patientIds]}::uuid[]) and ${recordRoom(ctx, 'c', null)}
     order by c.due_on, array_position(r.package_hashes, k.hash)`.execute(db)
  noteSensitive(ctx, rows)
  const byChart = Map.groupBy(rows, (row) => row.patient_id)
  return new Map(known.rows.map(({ id }) => [id, (byChart.get(id) ?? []).map((row) => ({ measure: measureOf(row), dueOn: row.due_on }))]))
})

/** Charts of summary `s` with a closed gap that comes due. */
export const hasComingGap = (ctx: Ctx, { withinDays, measure }: ComingAsked): RawBuilder<SqlBool> => sql`(exists (
  select from coming_gap c
   where c.practice_id = s.practice_id and c.patient_id = s.patient_id
     and c.due_on <= ${addDays(ctx.clock.today(ctx.region.timeZone), withinDays)}::date
     and ${measure == null ? sql`true` : sql`c.measure_id = ${measure}`} and ${sensitiveRoom(ctx, 'c')}) and ${areReady('s')})`

/** Of coming gaps `table` those asked for, and of each chart the first of them alone. */
export const isFirstComing = (ctx: Ctx, { withinDays, measure }: ComingAsked, table: string): RawBuilder<SqlBool> => {
  const asked = (one: string): RawBuilder<SqlBool> =>
    sql`${measure == null ? sql`true` : sql`${sql.ref(`${one}.measure_id`)} = ${measure}`} and ${sensitiveRoom(ctx, one)}`
  const of = (name: string) => sql.ref(`${table}.${name}`)
  return sql`(${of('due_on')} <= ${addDays(ctx.clock.today(ctx.region.timeZone), withinDays)}::date and ${asked(table)} and ${areReady(table)}
    and not exists (select from coming_gap e where e.practice_id = ${of('practice_id')} and e.patient_id = ${of('patient_id')}
                       and (e.due_on, e.measure_id) < (${of('due_on')}, ${of('measure_id')}) and ${asked('e')}))`
}

/** What comes due of charts `ids`, with its label: to say that it does tells of a labelled record that decided it. */
export async function comingAmong(
  ctx: Ctx,
  { withinDays, measure }: ComingAsked,
  ids: readonly string[],
): Promise<(LabelledRow & { readonly due_on: Day })[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<LabelledRow & { readonly due_on: Day }>`
    select c.practice_id, c.patient_id, c.sensitivity, c.due_on from coming_gap c
     where c.patient_id = any (${[...ids]}::uuid[]) and c.due_on <= ${addDays(ctx.clock.today(ctx.region.timeZone), withinDays)}::date
       and ${measure == null ? sql`true` : sql`c.measure_id = ${measure}`} and ${recordRoom(ctx, 'c', null)}`.execute(db)
  return rows
}

/** Of the practices whose charts the viewer reads: under way as soon as one of them is. */
export async function readComingState(ctx: Ctx): Promise<ComingStateName> {
  const { db } = await ctx.tx()
  const { practiceIds, patientId } = ctx.viewer
  // Whoever reads one chart of a practice, not all, may know how it stands with that practice's.
  const inReach =
    patientId === null
      ? room(ctx, 'read', 'Chart', { practiceId: 't.practice_id' })
      : sql`t.practice_id = any (${[...practiceIds]}::uuid[])`
  const { rows } = await sql<{ state: ComingStateName }>`
    select distinct case when t.run_id = ${PUBLISHED_RUN} then t.state else 'under-way' end as state from coming_gap_state t
     where ${inReach}`.execute(db)
  const states = rows.map(({ state }) => state)
  return states.find((state) => state === 'under-way') ?? states.find((state) => state === 'given-up') ?? 'ready'
}
