import type { Day } from '@carecommons/kernel'
import { type AgainstAlone, againstAlone, type CostRule, type CostShare, splitCost } from '#modules/economics'
import { type Discipline, disciplines } from '../duty.ts'
import type { FigureName } from './figures.ts'
import { type Asked, figuresOf, FULL_DAY, type PracticeNeedRow, weekdaysOf } from './work-out-need.ts'

export const costRules = ['equal', 'members', 'minutes', 'points', 'hybrid'] as const
export type CostRuleName = (typeof costRules)[number]

/** What people of one discipline cost: paid minutes times what an hour costs, to the cent. */
export interface CostLine {
  readonly discipline: Discipline
  readonly minutes: number
  readonly hourlyCents: number
  readonly cents: number
}

export interface CostByRule {
  readonly rule: CostRuleName
  /** Why it cannot be split so; there are no shares then. */
  readonly fault: string | null
  readonly shares: readonly (CostShare & { readonly alone: AgainstAlone | null })[]
}

/** What a practice that goes alone cannot do with less of: a nurse of so many paid minutes a month, and those of them for patients. */
export interface SmallestPost {
  readonly cents: number
  readonly paidMinutes: number
  readonly minutes: number
}

export interface MonthCost {
  readonly cents: number
  readonly lines: readonly CostLine[]
  readonly smallestPost: SmallestPost
  readonly rules: readonly CostByRule[]
}

/**
 * What the shared staff cost this month, split over practices by every rule: members are people, minutes the hours agreed on, points the
 * minutes needed. People that are supposed are nurses.
 */
export function workOutCost(asked: Asked, practices: readonly PracticeNeedRow[]): MonthCost {
  const { facts, first, whatIf } = asked
  const value = figuresOf(asked)(first)
  const lines = disciplines.flatMap((discipline): CostLine[] => {
    const paid = facts.filter((one) => one.fact === 'paid' && one.month === first && one.discipline === discipline)
    const added = discipline === 'nurse' ? whatIf.addedStaff * weekdaysOf(first) * FULL_DAY : 0
    const minutes = Math.max(0, Math.round(paid.reduce((sum, { amount }) => sum + amount, added)))
    const hourlyCents = value(`hourly-cents-${discipline}`)
    return minutes === 0 ? [] : [{ discipline, minutes, hourlyCents, cents: Math.round((minutes * hourlyCents) / 60) }]
  })
  const cents = lines.reduce((sum, line) => sum + line.cents, 0)
  const cells = practices.map(({ practiceId, people, months: [month] }) => ({
    ...{ practiceId, payerId: null, members: people, minutes: month!.scheduled, points: month!.demand },
  }))
  const byPeople = value('hybrid-people-percent')
  const smallestPost = smallestPostOf(first, value)
  const of = new Map(practices.map((one) => [one.practiceId, one]))
  const beside = (share: CostShare) => {
    const { people, months } = of.get(share.practiceId)!
    const alone = { sharedCents: share.cents, members: people, neededMinutes: months[0]!.demand, smallestPost }
    return { ...share, alone: smallestPost.minutes === 0 ? null : againstAlone(alone) }
  }
  return {
    cents,
    lines,
    smallestPost,
    rules: costRules.map((rule) => {
      const how: CostRule = rule === 'hybrid' ? { percents: { members: byPeople, points: 100 - byPeople } } : rule
      const split = splitCost(cents, cells, how)
      return split.ok ? { rule, fault: null, shares: split.shares.map(beside) } : { rule, fault: split.fault, shares: [] }
    }),
  }
}

/** Alone nobody is on the road between practices; meetings, training and supervision are a person's, however short the week. */
function smallestPostOf(first: Day, value: (figure: FigureName) => number): SmallestPost {
  const days = weekdaysOf(first)
  const paidMinutes = Math.round((days * FULL_DAY * value('smallest-post-percent')) / 100)
  const other = (days / 5) * (value('meeting-minutes') + value('training-minutes') + value('supervision-minutes'))
  return {
    cents: Math.round((paidMinutes * value('hourly-cents-nurse')) / 60),
    paidMinutes,
    minutes: Math.max(0, Math.floor(paidMinutes - other)),
  }
}
