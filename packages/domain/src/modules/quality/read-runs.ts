import { isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { measuresByHash, type PeriodColumns, periodOf } from './measures.ts'
import type { RunStateName } from './quality.entity.ts'
import type { MetricRunType } from './quality.graphql.ts'

interface RunRow extends PeriodColumns {
  readonly id: string
  readonly state: RunStateName
  readonly requested_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly failure: string | null
  readonly watermark: string | null
  readonly package_hashes: string[]
  readonly charts_done: number
  readonly charts_total: number
  readonly chunks_done: number
  readonly chunks_total: number
}

/** Runs, newest first. */
export const listRuns = (ctx: Ctx, first: number): Promise<MetricRunType[]> => read(ctx, sql`true`, first)

export async function readRun(ctx: Ctx, id: string): Promise<MetricRunType | null> {
  if (!isUuid(id)) return null
  const runs = await read(ctx, sql`r.id = ${id}`, 1)
  return runs[0] ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>, first: number): Promise<MetricRunType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<RunRow>`
    select r.id, r.state, r.period_start, r.period_end, r.requested_at, r.started_at, r.finished_at, r.failure, r.watermark, r.package_hashes, h.*
      from (select * from metric_run r where ${room(ctx, 'read', 'MetricRun', {})} and ${which} order by r.requested_at desc, r.id desc limit ${first}) r
      left join lateral (
        select coalesce(sum(charts) filter (where finished_at is not null), 0)::int as charts_done, coalesce(sum(charts), 0)::int as charts_total,
               count(finished_at)::int as chunks_done, count(*)::int as chunks_total
          from metric_chunk c where c.run_id = r.id) h on true
     order by r.requested_at desc, r.id desc`.execute(db)
  const measures = await measuresByHash(ctx, [...new Set(rows.flatMap((row) => row.package_hashes))])
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    period: periodOf(row),
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    failure: row.failure,
    watermark: row.watermark,
    chartsDone: row.charts_done,
    chartsTotal: row.charts_total,
    chunksDone: row.chunks_done,
    chunksTotal: row.chunks_total,
    measures: row.package_hashes.flatMap((hash) => measures.get(hash) ?? []),
  }))
}
