import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, NEWEST_RUN } from '#modules/quality'
import type { Ctx } from '#shared/context'
import type { RegionMonthsType } from './region.graphql.ts'

interface Row extends MeasureColumns {
  readonly practice_id: string
  readonly name: string
  readonly ends_on: Day
  readonly people: number
  readonly rate: number
  readonly watermark: string
}

/** Every practice month by month, by the measures in force. A definer leaves out and rounds: months themselves are their practice's to read. */
export async function readRegionMonths(ctx: Ctx): Promise<RegionMonthsType> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select ${MEASURE_COLUMNS}, s.practice_id, o.name, s.ends_on, s.people, s.rate, s.watermark::text as watermark
      from commons_practice_months() s join organization o on o.id = s.practice_id
      join metric_run r on r.id = ${NEWEST_RUN} join measure_package k on k.hash = s.package_hash and k.hash = any (r.package_hashes)
     order by array_position(r.package_hashes, k.hash), o.name, o.id, s.ends_on`.execute(db)
  const endsOn = [...new Set(rows.map((row) => row.ends_on))].sort()
  const at = new Map(endsOn.map((day, index) => [day, index]))
  const measures = [...Map.groupBy(rows, ({ measure_id }) => measure_id).values()].map((ofMeasure) => ({
    measure: measureOf(ofMeasure[0]!),
    practices: [...Map.groupBy(ofMeasure, ({ practice_id }) => practice_id).values()].map((months) => {
      const { practice_id: practiceId, name, watermark } = months[0]!
      const [people, rates] = [nothing(endsOn.length), nothing(endsOn.length)]
      for (const month of months) {
        people[at.get(month.ends_on)!] = month.people
        rates[at.get(month.ends_on)!] = month.rate
      }
      return { practiceId, name, watermark, people, rates }
    }),
  }))
  return { endsOn, measures }
}

const nothing = (length: number): (number | null)[] => Array.from({ length }, () => null)
