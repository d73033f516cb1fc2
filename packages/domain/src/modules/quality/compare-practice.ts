import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { MeasureType, PeriodType, ScoreType } from './quality.graphql.ts'
import { readScores } from './read-scores.ts'

export interface Comparison {
  readonly measure: MeasureType
  readonly own: ScoreType | null
  readonly region: ScoreType | null
  /** Rates of the other practices with at least 11 people counted, unnamed, ascending. */
  readonly peers: number[]
}

/** Where the viewer's practice stands in each measure of a published period. */
export async function comparePractice(ctx: Ctx, period: PeriodType | 'newest'): Promise<Comparison[]> {
  const whose = sql<boolean>`(c.practice_id is null or ${room(ctx, 'read', 'PracticeOverview', { practiceId: 'c.practice_id' })})`
  const scores = await readScores(ctx, { whose, period })
  const { db } = await ctx.tx()
  const comparisons: Comparison[] = []
  for (const of of Map.groupBy(scores, ({ measure }) => measure.id).values()) {
    const { measure, runId } = of[0]!
    const { rows } = await sql<{ rate: number }>`select rate from commons_peer_rates(${runId}, ${measure.id}) order by rate`.execute(db)
    comparisons.push({
      measure,
      own: of.find(({ practiceId }) => practiceId === ctx.viewer.organizationId) ?? null,
      region: of.find(({ practiceId }) => practiceId === null) ?? null,
      peers: rows.map(({ rate }) => rate),
    })
  }
  return comparisons
}
