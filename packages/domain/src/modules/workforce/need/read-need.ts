import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { AgainstAlone, CostShare } from '#modules/economics'
import { type OrganizationRow, organizationsById } from '#modules/practice'
import { badInput } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { unusableFigure } from './figures.ts'
import { type FigureRow, readFigures } from './read-figures.ts'
import { type CostRuleName, type MonthCost, workOutCost } from './work-out-cost.ts'
import { asItIs, type CapacityMonth, type NeedFact, type PracticeNeedRow, type WhatIf, workOutNeed } from './work-out-need.ts'

export interface PracticeNeed extends Omit<PracticeNeedRow, 'practiceId'> {
  readonly practice: OrganizationRow
}

export interface Need {
  readonly months: readonly CapacityMonth[]
  readonly practices: readonly PracticeNeed[]
  readonly figures: readonly FigureRow[]
  /** Of this month, of the region; a practice's part of it follows from what others need, so that it is not told here. */
  readonly cost: NeedCost | null
}

export interface NeedCost extends Omit<MonthCost, 'rules'> {
  readonly rules: readonly {
    readonly rule: CostRuleName
    readonly fault: string | null
    readonly shares: readonly {
      readonly practice: OrganizationRow
      readonly cents: number
      readonly ways: CostShare['ways']
      readonly alone: AgainstAlone | null
    }[]
  }[]
}

/** Of the whole region, with what it costs. */
export async function readStaffNeed(ctx: Ctx, whatIf: WhatIf | null): Promise<Need> {
  const { cost, ...need } = await readNeed(
    ctx,
    sql`select * from commons_staff_need(${firstOf(ctx)}::date, ${todayOf(ctx)}::date)`,
    whatIf ?? asItIs,
  )
  const practices = new Map(need.practices.map(({ practice }) => [practice.id, practice]))
  const rules = cost.rules.map(({ rule, fault, shares }) => ({
    rule,
    fault,
    shares: shares
      .map(({ practiceId, ...share }) => ({ practice: practices.get(practiceId)!, ...share }))
      .sort((a, b) => a.practice.name.localeCompare(b.practice.name)),
  }))
  return { ...need, cost: { ...cost, rules } }
}

/** Of the acting practice, beside the sums of the region. */
export const readStaffShare = async (ctx: Ctx): Promise<Need> => ({
  ...(await readNeed(ctx, sql`select * from commons_staff_share(${firstOf(ctx)}::date, ${todayOf(ctx)}::date)`, asItIs)),
  cost: null,
})

async function readNeed(ctx: Ctx, counted: ReturnType<typeof sql>, whatIf: WhatIf): Promise<Omit<Need, 'cost'> & { cost: MonthCost }> {
  for (const { figure, value } of whatIf.figures) {
    const unusable = unusableFigure(figure, value)
    if (unusable) throw badInput(`'whatIf.figures': ${figure}. ${unusable}`)
  }
  if (Math.abs(whatIf.addedStaff) > 1000) throw badInput("'whatIf.addedStaff' is between -1000 and 1000.")
  if (whatIf.peoplePercent < -100 || whatIf.peoplePercent > 1000) throw badInput("'whatIf.peoplePercent' is between -100 and 1000.")
  const tx = await ctx.tx()
  const { rows: facts } = await sql<NeedFact>`
    select f.practice_id as "practiceId", f.fact, f.month, f.tier, f.discipline, f.amount, f.told from (${counted}) f`.execute(tx.db)
  const figures = await readFigures(tx, todayOf(ctx))
  const asked = { facts, figures, first: firstOf(ctx), today: todayOf(ctx), whatIf }
  const { months, practices } = workOutNeed(asked)
  const names = await organizationsById(
    ctx,
    practices.map(({ practiceId }) => practiceId),
  )
  return {
    months,
    figures,
    cost: workOutCost(asked, practices),
    practices: practices
      .map(({ practiceId, ...need }) => ({ practice: names.get(practiceId)!, ...need }))
      .sort((a, b) => a.practice.name.localeCompare(b.practice.name)),
  }
}

const todayOf = (ctx: Ctx): Day => ctx.clock.today(ctx.region.timeZone)
const firstOf = (ctx: Ctx): Day => `${todayOf(ctx).slice(0, 7)}-01`
