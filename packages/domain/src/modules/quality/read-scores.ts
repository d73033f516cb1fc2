import type { Day } from '@carecommons/kernel'
import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, PERIOD_COLUMNS, type PeriodColumns, periodOf } from './measures.ts'
import type { PeriodType, ScoreType } from './quality.graphql.ts'
import { rateOf } from './rate.ts'

export interface ScoreAsked {
  /** Which rows of `score c`: callers narrow to what their viewer may read. */
  readonly whose: Expression<SqlBool>
  /** One published period, the newest one that counts somebody, or all of them. */
  readonly period: PeriodType | 'newest' | 'all'
  /** As the run left them that a live one began as, and not as records moved them since. */
  readonly asReleased?: boolean
}

export interface ScoreRead extends ScoreType {
  /** Null: the region, every person once. */
  readonly practiceId: string | null
  readonly runId: string
}

interface ScoreRow extends MeasureColumns, PeriodColumns {
  readonly practice_id: string | null
  readonly run_id: string
  readonly initial_population: number
  readonly denominator: number
  readonly denominator_exclusion: number
  readonly denominator_exception: number
  readonly numerator: number
  readonly target: number | null
  readonly recorded: number | null
  readonly recorded_until: Day | null
}

/** Published scores, newest period first, measures in the order of their set. Of a measure with several groups, the first. */
export async function readScores(ctx: Ctx, { whose, period, asReleased = false }: ScoreAsked): Promise<ScoreRead[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<ScoreRow>`
    select ${MEASURE_COLUMNS}, ${PERIOD_COLUMNS}, c.practice_id, c.run_id,
           c.initial_population, c.denominator, c.denominator_exclusion, c.denominator_exception, c.numerator,
           c.recorded, c.recorded_until::text as recorded_until, ${TARGET} as target
      from (select * from publication u where ${within(period)} ${period === 'newest' ? newestWithFigures(whose) : sql``}) u
      join metric_run l on l.id = u.run_id
      join metric_run r on r.id = ${asReleased ? sql`coalesce(l.live_of, l.id)` : sql`l.id`}
      join score c on c.run_id = r.id and c.group_index = 0
      join measure_package k on k.measure_id = c.measure_id and k.hash = any (r.package_hashes)
     where ${whose}
     order by u.period_end desc, u.period_start desc, array_position(r.package_hashes, k.hash), c.practice_id`.execute(db)
  return rows.map(scoreOf)
}

/** What was agreed on last for the measure and the period of run `r`, the version aside: a target is the measure's. */
const TARGET = sql`(
  select t.target::float from measure_term t
   where t.measure_id = c.measure_id and t.starts_on <= r.period_start and (t.ends_on is null or t.ends_on >= r.period_end)
   order by t.agreed_at desc, t.id desc limit 1)`

/** A year that has just begun counts nobody yet: while it does not, the newest that does is shown. */
const newestWithFigures = (whose: Expression<SqlBool>) =>
  sql`order by exists (select from score c where c.run_id = u.run_id and c.initial_population > 0 and ${whose}) desc,
               u.period_end desc, u.period_start desc limit 1`

export const within = (period: PeriodType | 'newest' | 'all'): RawBuilder<SqlBool> =>
  typeof period === 'string' ? sql`true` : sql`period_start = ${period.start} and period_end = ${period.end}`

function scoreOf(row: ScoreRow): ScoreRead {
  const counts = {
    initialPopulation: row.initial_population,
    denominator: row.denominator,
    denominatorExclusion: row.denominator_exclusion,
    denominatorException: row.denominator_exception,
    numerator: row.numerator,
  }
  return {
    ...{ practiceId: row.practice_id, runId: row.run_id, measure: measureOf(row), period: periodOf(row) },
    ...{ ...counts, ...rateOf(counts), target: row.target, recorded: row.recorded, recordedUntil: row.recorded_until },
  }
}
