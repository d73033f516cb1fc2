import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteCountedLabels, noteSensitive } from '#shared/note-sensitive'
import { givesWay, recordRoom, room } from '#shared/room'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, PERIOD_COLUMNS, type PeriodColumns, periodOf } from './measures.ts'
import { exceptionsOf, type GapExceptionRow } from './gap-exceptions.ts'
import { COUNTED, IS_OPEN, NEWEST_RUN, toldMemberships, toldRoom } from './memberships.ts'
import type { MeasureType, PeriodType } from './quality.graphql.ts'

/** Charts of summary `s` with a gap in a measure, in the newest published period. */
export const hasOpenGap = (ctx: Ctx, measureId: string): RawBuilder<SqlBool> => sql`exists (
  select from ${toldMemberships(ctx)}
   where m.practice_id = s.practice_id and m.run_id = ${NEWEST_RUN} and m.patient_id = s.patient_id and m.measure_id = ${measureId} and ${IS_OPEN}
     and ${toldRoom(ctx)})`

/** Of charts `ids` those of which a labelled record decided that gap: to say that they have it tells of such a record. */
export async function labelledGaps(ctx: Ctx, measureId: string, ids: readonly string[]): Promise<LabelledRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<LabelledRow>`
    select m.practice_id, m.patient_id, m.sensitivity from ${toldMemberships(ctx)}
     where m.run_id = ${NEWEST_RUN} and m.patient_id = any (${[...ids]}::uuid[]) and m.measure_id = ${measureId} and ${IS_OPEN}
       and m.sensitivity is not null and ${recordRoom(ctx, 'm', null)} and not ${givesWay(ctx, 'm')}`.execute(db)
  return rows
}

export interface Gap {
  readonly measure: MeasureType
  readonly period: PeriodType
  readonly state: 'open' | 'met' | 'excluded'
  /** `Type/id` of the resources that decided it. */
  readonly evidence: string[]
  /** The last day on which an open gap can still be closed; null once its period is over. */
  readonly dueOn: Day | null
  /** What clinicians documented beside it, newest first. */
  readonly exceptions: readonly GapExceptionRow[]
}

/** The last day on which open gaps of the newest published period can still be closed; null once it is over, or where none is published. */
export async function lastDayToClose(ctx: Ctx): Promise<Day | null> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ end: Day }>`
    select r.period_end as end from metric_run r where r.id = ${NEWEST_RUN} and r.period_end >= ${ctx.clock.today(ctx.region.timeZone)}::date`.execute(
    db,
  )
  return rows[0]?.end ?? null
}

interface GapRow extends LabelledRow, MeasureColumns, PeriodColumns, Pick<Gap, 'state' | 'evidence'> {}

/** Where charts stand in those measures of the newest published period whose denominator they are in. */
export const gapsOf = batched(async (ctx: Ctx, patientIds): Promise<Map<string, Gap[]>> => {
  // Never part of what is shared.
  if (ctx.guest) return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<GapRow>`
    select m.practice_id, m.patient_id, m.sensitivity, m.evidence, ${MEASURE_COLUMNS}, ${PERIOD_COLUMNS},
           case when ${IS_OPEN} then 'open' when ${COUNTED} then 'met' else 'excluded' end as state
      from ${toldMemberships(ctx)}
     where m.run_id = ${NEWEST_RUN} and m.patient_id = any (${patientIds}::uuid[]) and m.denominator > 0
       and ${recordRoom(ctx, 'm', null)} and not ${givesWay(ctx, 'm')}
     order by array_position(r.package_hashes, k.hash), m.group_index`.execute(db)
  noteSensitive(ctx, rows)
  const exceptions = rows.length > 0 ? await exceptionsOf(ctx, patientIds) : []
  const today = ctx.clock.today(ctx.region.timeZone)
  const gapOf = (row: GapRow): Gap => ({
    ...{ measure: measureOf(row), period: periodOf(row), state: row.state, evidence: row.evidence },
    dueOn: row.state === 'open' && row.period_end >= today ? row.period_end : null,
    exceptions: exceptions.filter(({ patientId, measureId }) => patientId === row.patient_id && measureId === row.measure_id),
  })
  const gaps = Map.groupBy(rows, (row) => row.patient_id)
  return new Map([...gaps].map(([id, of]) => [id, of.map(gapOf)]))
})

/** How many living charts of the viewer's practice have a gap, by measure of the newest published period. */
export async function countGaps(ctx: Ctx): Promise<{ measure: MeasureType; open: number }[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<MeasureColumns & { open: number; labels: string[] | null }>`
    select ${MEASURE_COLUMNS}, count(distinct m.patient_id) filter (where ${IS_OPEN} and not s.deceased)::int as open,
           array_agg(distinct m.sensitivity) filter (where ${IS_OPEN} and not s.deceased and m.sensitivity is not null) as labels
      from ${toldMemberships(ctx)} join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id
     where m.run_id = ${NEWEST_RUN} and ${room(ctx, 'read', 'PracticeOverview', { practiceId: 'm.practice_id' })}
       and ${toldRoom(ctx)}
     group by k.hash, r.package_hashes order by array_position(r.package_hashes, k.hash)`.execute(db)
  noteCountedLabels(
    ctx,
    rows.flatMap(({ labels }) => labels ?? []),
  )
  return rows.map((row) => ({ measure: measureOf(row), open: row.open }))
}

export interface PanelGaps {
  readonly clinician: string
  readonly measure: MeasureType
  readonly open: number
  readonly counted: number
}

/** The same by the clinician that the chart names, of how many who count. */
export async function countPanelGaps(ctx: Ctx): Promise<PanelGaps[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<MeasureColumns & Omit<PanelGaps, 'measure'> & { labels: string[] | null }>`
    select ${MEASURE_COLUMNS}, p.clinician, count(distinct m.patient_id) filter (where ${IS_OPEN})::int as open,
           count(distinct m.patient_id) filter (where ${COUNTED})::int as counted,
           array_agg(distinct m.sensitivity) filter (where ${COUNTED} and m.sensitivity is not null) as labels
      from ${toldMemberships(ctx)} join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id
      join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
     where m.run_id = ${NEWEST_RUN} and ${room(ctx, 'read', 'PracticeOverview', { practiceId: 'm.practice_id' })}
       and ${toldRoom(ctx)} and not s.deceased and p.clinician is not null
     group by p.clinician, k.hash, r.package_hashes order by p.clinician, array_position(r.package_hashes, k.hash)`.execute(db)
  noteCountedLabels(
    ctx,
    rows.flatMap(({ labels }) => labels ?? []),
  )
  return rows.map((row) => ({ measure: measureOf(row), clinician: row.clinician, open: row.open, counted: row.counted }))
}
