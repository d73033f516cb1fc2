import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, NEWEST_RUN } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { ImprovementCycleType, PlaybookType } from './improvement.graphql.ts'
import { type BeforeAndAfter, resultOf } from './cycle-result.ts'

interface Row extends MeasureColumns, BeforeAndAfter {
  readonly id: string
  readonly aim: string
  readonly change_tried: string
  readonly learned: string
  readonly starts_on: Day
  readonly ends_on: Day | null
  readonly shared: boolean
  readonly cycle_version: number
  readonly created_by_name: string
  readonly updated_by_name: string
  readonly updated_at: string
}

/** Of the package in force a cycle is shown with its words, or else of the newest. */
const MEASURE = sql`
  join lateral (select * from measure_package k where k.measure_id = c.measure_id
                 order by k.hash = any (coalesce((select r.package_hashes from metric_run r where r.id = ${NEWEST_RUN}), '{}')) desc, k.loaded_at desc limit 1) k on true`

/** The cycles of the viewer's practice, the newest first. */
export const listCycles = (ctx: Ctx): Promise<ImprovementCycleType[]> => read(ctx, sql`true`)

export async function cycleOf(ctx: Ctx, id: string): Promise<ImprovementCycleType | null> {
  const [found] = await read(ctx, sql`c.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<ImprovementCycleType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select c.id, c.aim, c.change_tried, c.learned, c.starts_on, c.ends_on, c.shared, c.version as cycle_version, c.created_by_name, c.updated_by_name,
           c.updated_at, ${MEASURE_COLUMNS}, b.ends_on as before_until, b.counted as before_people, b.numerator::float8 / b.counted as before_rate,
           a.ends_on as after_until, a.counted as after_people, a.numerator::float8 / a.counted as after_rate
      from improvement_cycle c ${MEASURE}
      left join lateral (
        select * from month_score m where m.practice_id = c.practice_id and m.measure_id = c.measure_id and m.counted > 0 and m.ends_on < c.starts_on
         order by m.ends_on desc limit 1) b on true
      left join lateral (
        select * from month_score m where m.practice_id = c.practice_id and m.measure_id = c.measure_id and m.counted > 0 and m.ends_on >= c.starts_on
           and m.ends_on < date_trunc('month', c.starts_on + interval '13 months') order by m.ends_on desc limit 1) a on true
     where ${room(ctx, 'read', 'Improvement', { practiceId: 'c.practice_id' })} and ${which} order by c.starts_on desc, c.id desc limit 100`.execute(
    db,
  )
  return rows.map((row) => ({
    ...{ id: row.id, measure: measureOf(row), aim: row.aim, changeTried: row.change_tried, learned: row.learned },
    ...{ startsOn: row.starts_on, endsOn: row.ends_on, shared: row.shared, version: row.cycle_version },
    ...{ createdBy: row.created_by_name, updatedBy: row.updated_by_name, updatedAt: row.updated_at, result: resultOf(row) },
  }))
}

/** What the region's practices share, the newest first: read by definer, since cycles are their practice's. */
export async function listPlaybooks(ctx: Ctx): Promise<PlaybookType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row & { practice_id: string; practice_name: string }>`
    select c.*, o.name as practice_name, ${MEASURE_COLUMNS}
      from commons_playbooks() c join organization o on o.id = c.practice_id ${MEASURE}
     order by c.starts_on desc, c.id desc limit 100`.execute(db)
  return rows.map((row) => ({
    ...{ id: row.id, practiceId: row.practice_id, practiceName: row.practice_name, measure: measureOf(row), aim: row.aim },
    ...{ changeTried: row.change_tried, learned: row.learned, startsOn: row.starts_on, endsOn: row.ends_on, result: resultOf(row) },
  }))
}
