import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import { badInput } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { unusableFigure } from './figures.ts'
import { type FigureRow, readFigures } from './read-figures.ts'
import { asItIs, type CapacityMonth, type NeedFact, type PracticeNeedRow, type WhatIf, workOutNeed } from './work-out-need.ts'

export interface PracticeNeed extends Omit<PracticeNeedRow, 'practiceId'> {
  readonly practice: OrganizationRow
}

export interface Need {
  readonly months: readonly CapacityMonth[]
  readonly practices: readonly PracticeNeed[]
  readonly figures: readonly FigureRow[]
}

/** Of the whole region. */
export const readStaffNeed = (ctx: Ctx, whatIf: WhatIf | null): Promise<Need> =>
  readNeed(ctx, sql`select * from commons_staff_need(${firstOf(ctx)}::date, ${todayOf(ctx)}::date)`, whatIf ?? asItIs)

/** Of the acting practice, beside the sums of the region. */
export const readStaffShare = (ctx: Ctx): Promise<Need> =>
  readNeed(ctx, sql`select * from commons_staff_share(${firstOf(ctx)}::date, ${todayOf(ctx)}::date)`, asItIs)

async function readNeed(ctx: Ctx, counted: ReturnType<typeof sql>, whatIf: WhatIf): Promise<Need> {
  for (const { figure, value } of whatIf.figures) {
    const unusable = unusableFigure(figure, value)
    if (unusable) throw badInput(`'whatIf.figures': ${figure}. ${unusable}`)
  }
  if (Math.abs(whatIf.addedStaff) > 1000) throw badInput("'whatIf.addedStaff' is between -1000 and 1000.")
  if (whatIf.peoplePercent < -100 || whatIf.peoplePercent > 1000) throw badInput("'whatIf.peoplePercent' is between -100 and 1000.")
  const tx = await ctx.tx()
  const { rows: facts } = await sql<NeedFact>`
    select f.practice_id as "practiceId", f.fact, f.month, f.tier, f.amount, f.told from (${counted}) f`.execute(tx.db)
  const figures = await readFigures(tx, todayOf(ctx))
  const { months, practices } = workOutNeed({ facts, figures, first: firstOf(ctx), today: todayOf(ctx), whatIf })
  const names = await organizationsById(
    ctx,
    practices.map(({ practiceId }) => practiceId),
  )
  return {
    months,
    figures,
    practices: practices
      .map(({ practiceId, ...need }) => ({ practice: names.get(practiceId)!, ...need }))
      .sort((a, b) => a.practice.name.localeCompare(b.practice.name)),
  }
}

const todayOf = (ctx: Ctx): Day => ctx.clock.today(ctx.region.timeZone)
const firstOf = (ctx: Ctx): Day => `${todayOf(ctx).slice(0, 7)}-01`
