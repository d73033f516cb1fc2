import { OUT_OF_STRATA } from '@carecommons/cql'
import { isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { BreakdownType, PeriodType, StratifiedScoreType, StratumType } from './quality.graphql.ts'
import { rateOf } from './rate.ts'
import { readScores, type ScoreAsked } from './read-scores.ts'
import { type BrokenDownBy, brokenDownBy, SEXES, UNKNOWN } from './strata.ts'

interface StrataAsked {
  /** Id of a measure. */
  readonly measure: string
  readonly period: PeriodType | 'newest'
}

/** The viewer's practice: its own patients, as their records stand. */
export function readPracticeStrata(ctx: Ctx, { measure, period }: StrataAsked): Promise<StratifiedScoreType | null> {
  const whose = sql<SqlBool>`c.practice_id is not null and ${room(ctx, 'read', 'PracticeOverview', { practiceId: 'c.practice_id' })}`
  const from = sql`(select *, denominator - denominator_exclusion - denominator_exception as counted from stratum_score where group_index = 0) c`
  return readStrata(ctx, { whose: sql`${whose} and c.measure_id = ${measure}`, period }, from)
}

/** The region (no practice) or one of its practices, as the last run left them and as the coordinating body may see them. */
export function readRegionStrata(
  ctx: Ctx,
  { measure, practiceId, period }: StrataAsked & { readonly practiceId: string | null },
): Promise<StratifiedScoreType | null> {
  if (practiceId !== null && !isUuid(practiceId)) return Promise.resolve(null)
  const room_ = room(ctx, 'read', 'RegionOverview', {})
  const whose = sql<SqlBool>`${room_} and c.practice_id is not distinct from ${practiceId}::uuid and c.measure_id = ${measure}`
  return readStrata(ctx, { whose, period, asReleased: true }, sql`shown_stratum c`)
}

interface Row extends Omit<StratumType, 'rate' | 'interval'> {
  readonly dimension: BrokenDownBy
  readonly stratifier: string | null
}

async function readStrata(ctx: Ctx, asked: ScoreAsked, from: RawBuilder<unknown>): Promise<StratifiedScoreType | null> {
  const [whole] = await readScores(ctx, asked)
  if (!whole) return null
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select c.dimension, c.stratifier, c.stratum, c.counted, c.numerator, c.initial_population as "initialPopulation", c.denominator,
           c.denominator_exclusion as "denominatorExclusion", c.denominator_exception as "denominatorException"
      from ${from} where c.run_id = ${whole.runId} and ${asked.whose}`.execute(db)
  const run = await db.selectFrom('metric_run').select(['finished_at', 'live_of']).where('id', '=', whole.runId).executeTakeFirstOrThrow()
  const kinds = Map.groupBy(rows, ({ dimension, stratifier }) => JSON.stringify([brokenDownBy.indexOf(dimension), stratifier]))
  return {
    whole,
    figuresAt: run.live_of === null ? run.finished_at : null,
    breakdowns: [...kinds]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, of]): BreakdownType => {
        const { dimension, stratifier } = of[0]!
        return { dimension, stratifier, strata: of.sort(inOrder).map(stratumOf) }
      }),
  }
}

/** Ages ascending, sexes, areas and values in order, who is unknown, in none or not named last. */
function inOrder(a: Row, b: Row): number {
  const place = ({ stratum }: Row): number =>
    stratum === null
      ? 3_000
      : stratum === UNKNOWN || stratum === OUT_OF_STRATA
        ? 2_000
        : SEXES.some((one) => one === stratum)
          ? SEXES.indexOf(stratum as 'male')
          : Number.parseInt(stratum, 10) || 0
  return place(a) - place(b) || ((a.stratum ?? '') < (b.stratum ?? '') ? -1 : 1)
}

function stratumOf({ dimension: _, stratifier: _of, ...row }: Row): StratumType {
  if (row.counted === null || row.numerator === null) return { ...row, rate: null, interval: null }
  const counts = { denominator: row.counted, denominatorExclusion: 0, denominatorException: 0, numerator: row.numerator }
  return { ...row, ...rateOf(counts) }
}
