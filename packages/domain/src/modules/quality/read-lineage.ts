import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import type { LineageType } from './lineage.graphql.ts'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, PERIOD_COLUMNS, type PeriodColumns, periodOf } from './measures.ts'
import type { PeriodType } from './quality.graphql.ts'
import { within } from './read-scores.ts'

interface Row extends MeasureColumns, PeriodColumns {
  readonly engine: string | null
  readonly watermark: string | null
  readonly value_set_hashes: Readonly<Record<string, string>> | null
}

/** Package, value sets, engine and watermark behind the scores of a published period; null where none is published. */
export async function readLineage(ctx: Ctx, period: PeriodType | 'newest'): Promise<LineageType | null> {
  const { db } = await ctx.tx()
  // Payers' figures stay with the run that a live one began as.
  const run = ctx.ability.can('read', 'Performance') ? sql`(select id from commons_released_run(u.run_id))` : sql`u.run_id`
  const { rows } = await sql<Row>`
    select ${MEASURE_COLUMNS}, ${PERIOD_COLUMNS}, r.engine, r.watermark::text as watermark, k.value_set_hashes
      from (select run_id from publication where ${within(period)} order by period_end desc, period_start desc limit 1) u
      join metric_run r on r.id = ${run}
      join measure_package k on k.hash = any (r.package_hashes)
     order by array_position(r.package_hashes, k.hash)`.execute(db)
  const [first] = rows
  if (!first) return null
  return {
    period: periodOf(first),
    engine: first.engine,
    watermark: first.watermark,
    measures: rows.map((row) => ({
      measure: measureOf(row),
      valueSets: Object.entries(row.value_set_hashes ?? {})
        .map(([url, hash]) => ({ url, hash }))
        .sort((a, b) => (a.url < b.url ? -1 : 1)),
    })),
  }
}
