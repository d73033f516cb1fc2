import type { PlaceName } from '@carecommons/cql'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { WorkState } from './packages.entity.ts'

export interface Comparison {
  readonly id: string
  readonly beforeHash: string
  readonly beforeTitle: string
  readonly beforeVersion: string
  readonly afterHash: string
  readonly afterTitle: string
  readonly afterVersion: string
  readonly period: { readonly start: Day; readonly end: Day }
  readonly state: WorkState
  readonly chartsDone: number
  /** 0 until it is planned. */
  readonly chartsTotal: number
  readonly requestedBy: string
  readonly requestedAt: string
  readonly failure: string | null
}

export interface Move {
  readonly group: number
  readonly before: PlaceName
  readonly after: PlaceName
  /** Null where hidden. */
  readonly charts: number | null
  readonly reasons: readonly MoveReason[]
}

export interface MoveReason {
  readonly definition: string
  readonly change: 'lost' | 'gained'
  /** Null where hidden. */
  readonly charts: number | null
}

/** Comparisons that a package has part in, newest first. */
export const comparisonsWith = (ctx: Ctx, hash: string): Promise<Comparison[]> => read(ctx, sql`${hash} in (c.before_hash, c.after_hash)`)

export async function comparisonOf(ctx: Ctx, id: string): Promise<Comparison | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`c.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<Comparison[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<Comparison, 'period'> & { start: Day; end: Day }>`
    select c.id, c.before_hash as "beforeHash", b.title as "beforeTitle", b.version as "beforeVersion", c.after_hash as "afterHash",
           a.title as "afterTitle", a.version as "afterVersion", c.period_start as start, c.period_end as end, c.state, u.name as "requestedBy",
           c.requested_at as "requestedAt", c.failure, coalesce(h.done, 0)::int as "chartsDone", coalesce(h.total, 0)::int as "chartsTotal"
      from package_comparison c
      join measure_package b on b.hash = c.before_hash join measure_package a on a.hash = c.after_hash
      join app_user u on u.id = c.requested_by
      left join lateral (select sum(charts) filter (where finished_at is not null) as done, sum(charts) as total
                           from comparison_chunk k where k.comparison_id = c.id) h on true
     where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by c.requested_at desc, c.id desc limit 10`.execute(db)
  return rows.map(({ start, end, ...row }) => ({ ...row, period: { start, end } }))
}

/** What may be shown of who moves where, group by group. */
export async function movesOf(ctx: Ctx, comparisonId: string): Promise<Move[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<Move, 'reasons'> & { reasons: string }>`
    select group_index as "group", before, after, charts, reasons from comparison_move
     where ${room(ctx, 'read', 'MeasurePackage', {})} and comparison_id = ${comparisonId}
     order by group_index, charts desc nulls last, before, after`.execute(db)
  return rows.map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as MoveReason[] }))
}
