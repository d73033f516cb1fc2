import { sql } from 'kysely'
import type { Action } from '@carecommons/access'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf } from './measures.ts'
import type { PerformanceRowType } from './performance.graphql.ts'
import type { PeriodType } from './quality.graphql.ts'
import { rateOf } from './rate.ts'
import { within } from './read-scores.ts'

export interface Performance {
  readonly payer: OrganizationRow
  /** Null when nothing is published for the period. */
  readonly period: PeriodType | null
  readonly runId: string | null
  readonly publishedAt: string | null
  /** Region rows first, then practices by name; measures in the order of their set. */
  readonly rows: PerformanceRowType[]
}

interface Row extends MeasureColumns {
  readonly practice_id: string | null
  readonly hidden: boolean
  readonly figures_of: string | null
  readonly figures_at: string | null
  readonly engine: string | null
  readonly watermark: string | null
  readonly initial_population: number | null
  readonly denominator: number | null
  readonly denominator_exclusion: number | null
  readonly denominator_exception: number | null
  readonly numerator: number | null
}

/**
 * What the acting payer may know of its members in a published period, the newest unless told, as the run left it: what follows records
 * between runs is not for payers, who could tell from two looks who came in. Every pull is noted.
 */
export async function readPerformance(ctx: Ctx, period: PeriodType | null, action: Action = 'read'): Promise<Performance> {
  const tx = await ctx.tx()
  const { rows: published } = await sql<{ run_id: string; period_start: string; period_end: string; published_at: string }>`
    select u.period_start, u.period_end, u.published_at, r.id as run_id
      from (select * from publication where ${within(period ?? 'newest')} order by period_end desc, period_start desc limit 1) u
     cross join commons_released_run(u.run_id) r`.execute(tx.db)
  const publication = published[0]
  ctx.notes.push({ action, subject: 'Performance', subjectIds: publication ? [publication.run_id] : [] })
  const rows = publication ? await readRows(ctx, publication.run_id, action) : []
  const organizations = await organizationsById(ctx, [ctx.viewer.organizationId, ...rows.flatMap(({ practice_id }) => practice_id ?? [])])
  const shown = rows.map((row) => showRow(row, row.practice_id === null ? null : organizations.get(row.practice_id)!))
  return {
    payer: organizations.get(ctx.viewer.organizationId)!,
    period: publication ? { start: publication.period_start, end: publication.period_end } : null,
    runId: publication?.run_id ?? null,
    publishedAt: publication?.published_at ?? null,
    rows: shown.sort((a, b) => (a.practice?.name ?? '').localeCompare(b.practice?.name ?? '', 'en')),
  }
}

async function readRows(ctx: Ctx, runId: string, action: Action): Promise<Row[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select ${MEASURE_COLUMNS}, f.practice_id, f.hidden, f.figures_of, g.finished_at as figures_at, g.engine, g.watermark::text as watermark,
           f.initial_population, f.denominator, f.denominator_exclusion, f.denominator_exception, f.numerator
      from payer_performance f
      join metric_run r on r.id = f.run_id
      join measure_package k on k.measure_id = f.measure_id and k.hash = any (r.package_hashes)
      left join metric_run g on g.id = f.figures_of
     where f.run_id = ${runId} and f.group_index = 0 and ${room(ctx, action, 'Performance', { payerId: 'f.payer_id' })}
     order by array_position(r.package_hashes, k.hash)`.execute(db)
  return rows
}

const NO_FIGURE = {
  figuresOf: null,
  figuresAt: null,
  engine: null,
  watermark: null,
  initialPopulation: null,
  denominator: null,
  denominatorExclusion: null,
  denominatorException: null,
  numerator: null,
  rate: null,
  interval: null,
}

function showRow(row: Row, practice: OrganizationRow | null): PerformanceRowType {
  const head = { scope: practice ? 'practice' : 'region', practice, measure: measureOf(row) } as const
  if (row.hidden || row.initial_population === null) return { ...head, hidden: true, ...NO_FIGURE }
  const counts = {
    initialPopulation: row.initial_population,
    denominator: row.denominator ?? 0,
    denominatorExclusion: row.denominator_exclusion ?? 0,
    denominatorException: row.denominator_exception ?? 0,
    numerator: row.numerator ?? 0,
  }
  const { figures_of: figuresOf, figures_at: figuresAt, engine, watermark } = row
  return { ...head, hidden: false, figuresOf, figuresAt, engine, watermark, ...counts, ...rateOf(counts) }
}
