import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import type { Tx } from '#shared/sessions'
import { type FigureName, figureNames, unusableFigure } from './figures.ts'

export interface FigureRow {
  readonly id: string
  readonly figure: FigureName
  readonly value: number
  readonly since: Day
  readonly source: string
}

/** Every figure that holds on a day or begins later: in the order of their names, the latest first. */
export async function readFigures({ db }: Tx, day: Day): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select f.id, f.figure, f.value, f.since, f.source from planning_figure f
     where f.since >= coalesce((select max(h.since) from planning_figure h where h.figure = f.figure and h.since <= ${day}::date), '-infinity')
     order by array_position(${[...figureNames]}::text[], f.figure), f.since desc, f.recorded_at desc, f.id desc`.execute(db)
  // Of two of one day the one recorded last.
  return rows.filter(({ figure, since }, i) => rows[i - 1]?.figure !== figure || rows[i - 1]?.since !== since)
}

export interface NewFigure {
  readonly figure: FigureName
  readonly value: number
  readonly since: Day
  readonly source: string
}

/** A figure from a day on; what held before stays on record. The same again is the one that is there. */
export async function recordFigure(ctx: Ctx, { figure, value, since, source: typed }: NewFigure): Promise<FigureRow | Refusal> {
  const source = shortText(typed, 'The source')
  if (isRefusal(source)) return source
  const unusable = unusableFigure(figure, value)
  if (unusable) return refused('FigureUnusable', unusable)
  return ctx.write(async (tx) => {
    const there = (await readFigures(tx, since)).find((one) => one.figure === figure && one.since === since)
    const same = there?.value === value && there.source === source ? there : null
    const row = same ?? { id: newId<'PlanningFigure'>(), figure, value, since, source }
    if (!same)
      await sql`
        insert into planning_figure (id, figure, value, since, source, recorded_by, recorded_at)
        values (${row.id}, ${figure}, ${value}, ${since}, ${source}, ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})`.execute(tx.db)
    await keepEvent(tx, ctx, { action: 'update', subject: 'StaffNeed', subjectIds: [row.id] })
    return row
  })
}
