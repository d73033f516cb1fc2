import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { MeasureType, PeriodType, RegionRateType, ScoreType } from './quality.graphql.ts'
import { readScores } from './read-scores.ts'

export interface Comparison {
  readonly measure: MeasureType
  readonly own: ScoreType
  /** Null where fewer than three other practices count at least 11 people, or one of them counts for most: see comparison-functions.ts. */
  readonly region: RegionRateType | null
  /** Rates of the other practices with at least 11 people counted, unnamed, ascending; none where there is no rate of the region. */
  readonly peers: number[]
}

interface RegionRow {
  readonly measure_id: string
  readonly rate: number
  readonly low: number
  readonly high: number
}

/** Where the viewer's practice stands in each measure of a published period. */
export async function comparePractice(ctx: Ctx, period: PeriodType | 'newest'): Promise<Comparison[]> {
  const scores = await readScores(ctx, { whose: room(ctx, 'read', 'PracticeOverview', { practiceId: 'c.practice_id' }), period })
  const { db } = await ctx.tx()
  const runId = scores[0]?.runId
  if (runId === undefined) return []
  const { rows: region } = await sql<RegionRow>`select * from commons_region_rates(${runId})`.execute(db)
  const comparisons: Comparison[] = []
  for (const own of scores) {
    const { rows } = await sql<{ rate: number }>`select rate from commons_peer_rates(${runId}, ${own.measure.id}) order by rate`.execute(db)
    const told = region.find(({ measure_id }) => measure_id === own.measure.id)
    comparisons.push({
      measure: own.measure,
      own,
      region: told ? { rate: told.rate, interval: { low: told.low, high: told.high } } : null,
      peers: rows.map(({ rate }) => rate),
    })
  }
  return comparisons
}
