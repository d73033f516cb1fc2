import { addDays, addMonths, type Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf } from './measures.ts'
import type { MeasureMonthsType, PracticeMonthsType } from './quality.graphql.ts'
import { rateOf } from './rate.ts'

interface Row extends MeasureColumns {
  readonly ends_on: Day
  readonly counted: number
  readonly numerator: number
  readonly open_before: number | null
  readonly closed: number | null
}

/** The viewer's practice, month by month; null until it has been worked out for the first time. */
export async function readMonths(ctx: Ctx): Promise<PracticeMonthsType | null> {
  const { db } = await ctx.tx()
  const own = (column: string) => room(ctx, 'read', 'PracticeOverview', { practiceId: column })
  const state = await sql<Pick<PracticeMonthsType, 'engine' | 'watermark' | 'workedOutAt'>>`
    select t.engine, t.watermark::text as watermark, t.worked_out_at as "workedOutAt" from month_state t where ${own('t.practice_id')}`.execute(
    db,
  )
  const { rows } = await sql<Row>`
    select ${MEASURE_COLUMNS}, s.ends_on, s.counted, s.numerator, s.open_before, s.closed
      from month_score s join month_state t on t.practice_id = s.practice_id join measure_package k on k.hash = s.package_hash
     where ${own('s.practice_id')} order by array_position(t.package_hashes, k.hash), s.ends_on`.execute(db)
  const measures = [...Map.groupBy(rows, ({ measure_id }) => measure_id).values()].map((of): MeasureMonthsType => ({
    measure: measureOf(of[0]!),
    points: of.map(({ ends_on, counted, numerator, open_before, closed }) => ({
      ...{ start: addMonths(addDays(ends_on, 1), -12), end: ends_on, counted, numerator, openBefore: open_before, closed },
      ...rateOf({ denominator: counted, denominatorExclusion: 0, denominatorException: 0, numerator }),
    })),
  }))
  return state.rows[0] ? { ...state.rows[0], measures } : null
}
