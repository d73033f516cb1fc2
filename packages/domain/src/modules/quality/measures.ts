import { type Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import type { MeasureType, PeriodType } from './quality.graphql.ts'
import { setInForce } from './set-in-force.ts'

/** Columns of package `k` that pages show. */
export const MEASURE_COLUMNS = sql`k.measure_id, k.title, k.description, k.improvement, k.version, k.hash`

export interface MeasureColumns {
  readonly measure_id: string
  readonly title: string
  readonly description: string
  readonly improvement: 'increase' | 'decrease'
  readonly version: string
  readonly hash: string
}

export const measureOf = (row: MeasureColumns): MeasureType => ({
  id: row.measure_id,
  title: row.title,
  description: row.description,
  improvement: row.improvement,
  version: row.version,
  packageHash: row.hash,
})

/** Of run `r`. */
export const PERIOD_COLUMNS = sql`r.period_start, r.period_end`

export interface PeriodColumns {
  readonly period_start: Day
  readonly period_end: Day
}

export const periodOf = (row: PeriodColumns): PeriodType => ({ start: row.period_start, end: row.period_end })

/** The measure set in force this year, in its order. */
export async function activeMeasures(ctx: Ctx): Promise<MeasureType[]> {
  const { db } = await ctx.tx()
  const year = ctx.clock.today(ctx.region.timeZone).slice(0, 4)
  const { rows } = await sql<MeasureColumns>`
    select ${MEASURE_COLUMNS} from ${setInForce({ start: `${year}-01-01`, end: `${year}-12-31` })} f
      join measure_package k on k.hash = f.package_hash order by f.position, f.measure_id`.execute(db)
  return rows.map(measureOf)
}

/** Packages by hash: what runs computed with. */
export async function measuresByHash(ctx: Ctx, hashes: readonly string[]): Promise<Map<string, MeasureType>> {
  if (hashes.length === 0) return new Map()
  const { db } = await ctx.tx()
  const { rows } =
    await sql<MeasureColumns>`select ${MEASURE_COLUMNS} from measure_package k where k.hash = any (${hashes}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.hash, measureOf(row)]))
}

/** Periods with published scores, newest first. */
export async function publishedPeriods(ctx: Ctx): Promise<PeriodType[]> {
  const { db } = await ctx.tx()
  const rows = await db
    .selectFrom('publication')
    .select(['period_start', 'period_end'])
    .orderBy('period_end', 'desc')
    .orderBy('period_start', 'desc')
    .execute()
  return rows.map(periodOf)
}
