import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { WorkState } from './packages.entity.ts'

export interface TrialRow {
  readonly id: string
  readonly state: WorkState
  readonly period: { readonly start: Day; readonly end: Day }
  readonly sample: number | null
  readonly initialPopulation: number | null
  readonly denominator: number | null
  readonly denominatorExclusion: number | null
  readonly denominatorException: number | null
  readonly numerator: number | null
  readonly requestedAt: string
  readonly failure: string | null
}

/** The latest trials of a draft, newest first. */
export const trialsOf = (ctx: Ctx, draftId: string): Promise<TrialRow[]> => read(ctx, sql`t.draft_id = ${draftId}`)

export async function trialOf(ctx: Ctx, id: string): Promise<TrialRow | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`t.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<TrialRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<TrialRow, 'period'> & { start: Day; end: Day }>`
    select t.id, t.state, t.period_start as start, t.period_end as end, t.sample, t.initial_population as "initialPopulation", t.denominator,
           t.denominator_exclusion as "denominatorExclusion", t.denominator_exception as "denominatorException", t.numerator,
           t.requested_at as "requestedAt", t.failure
      from draft_trial t where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by t.requested_at desc, t.id desc limit 5`.execute(
    db,
  )
  return rows.map(({ start, end, ...row }) => ({ ...row, period: { start, end } }))
}
