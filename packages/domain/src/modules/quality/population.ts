import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import type { LabelledRow } from '#shared/note-sensitive'
import { givesWay, recordRoom } from '#shared/room'
import { COUNTED, IS_OPEN, NEWEST_RUN, toldMemberships, toldRoom } from './memberships.ts'
import type { PeriodType } from './quality.graphql.ts'

/** A part of a measure's figure: the people in it. `counted` is what the rate divides by, `open` those of them on the wrong side of it. */
export type PopulationName =
  'initial-population' | 'denominator' | 'denominator-exclusion' | 'denominator-exception' | 'numerator' | 'counted' | 'open'

export interface PopulationAsked {
  readonly measure: string
  readonly population: PopulationName
  /** A published one; the newest unless told. */
  readonly period?: PeriodType | null
}

/** Of a membership `m` under package `k`. */
const BELONGS: Readonly<Record<PopulationName, RawBuilder<unknown>>> = {
  'initial-population': sql`m.initial_population > 0`,
  denominator: sql`m.denominator > 0`,
  'denominator-exclusion': sql`m.denominator_exclusion > 0`,
  'denominator-exception': sql`m.denominator_exception > 0`,
  numerator: sql`m.numerator > 0`,
  counted: sql`(${COUNTED})`,
  open: IS_OPEN,
}

/** The run behind the figures of a published period. */
export const runOf = (period: PeriodType | null | undefined): RawBuilder<unknown> =>
  period ? sql`(select run_id from publication where period_start = ${period.start} and period_end = ${period.end})` : NEWEST_RUN

/** Charts of summary `s` behind a published figure: of the measure's first group, which is its headline. */
export const isInPopulation = (ctx: Ctx, { measure, population, period }: PopulationAsked): RawBuilder<SqlBool> => sql`exists (
  select from ${toldMemberships(ctx)}
   where m.practice_id = s.practice_id and m.run_id = ${runOf(period)} and m.patient_id = s.patient_id and m.measure_id = ${measure}
     and m.group_index = 0 and ${BELONGS[population]} and ${toldRoom(ctx)})`

/** Of charts `ids` those that a labelled record put there. */
export async function labelledIn(
  ctx: Ctx,
  { measure, population, period }: PopulationAsked,
  ids: readonly string[],
): Promise<LabelledRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<LabelledRow>`
    select m.practice_id, m.patient_id, m.sensitivity from ${toldMemberships(ctx)}
     where m.run_id = ${runOf(period)} and m.patient_id = any (${[...ids]}::uuid[]) and m.measure_id = ${measure} and m.group_index = 0
       and ${BELONGS[population]} and m.sensitivity is not null and ${recordRoom(ctx, 'm', null)} and not ${givesWay(ctx, 'm')}`.execute(db)
  return rows
}
