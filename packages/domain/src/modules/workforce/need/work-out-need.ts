import { addDays, addMonths, type Day, daysBetween } from '@carecommons/kernel'
import type { Discipline } from '../duty.ts'
import { type FigureName, tiers } from './figures.ts'
import type { FigureRow } from './read-figures.ts'

/** One counted thing. Without a practice it is of the region; `told` is false where a number of 1 to 10 people, or one beside it, is guessed. */
export interface NeedFact {
  readonly practiceId: string | null
  readonly fact: 'people' | 'transitions' | 'scheduled' | 'paid' | 'leave' | 'days'
  readonly month: Day | null
  readonly tier: number | null
  /** Of paid time, leave and days. */
  readonly discipline: Discipline | null
  readonly amount: number
  readonly told: boolean
}

/** What would be otherwise; it touches nothing. */
export interface WhatIf {
  readonly figures: readonly { readonly figure: FigureName; readonly value: number }[]
  /** People of full time more, or fewer. */
  readonly addedStaff: number
  /** Patients more, or fewer. */
  readonly peoplePercent: number
}
export const asItIs: WhatIf = { figures: [], addedStaff: 0, peoplePercent: 0 }

/** Minutes of one month. */
export interface CapacityMonth {
  readonly month: Day
  readonly paid: number
  readonly leave: number
  readonly travel: number
  readonly meetings: number
  readonly training: number
  readonly supervision: number
  /** What is left of the paid time for patients. */
  readonly capacity: number
  readonly demand: number
  readonly scheduled: number
}

export interface PracticeMonth {
  readonly month: Day
  readonly demand: number
  /** Of the capacity, by the practice's part of all demand. */
  readonly share: number
  readonly scheduled: number
  /** By people, however ill they are. */
  readonly entitlement: number
}

export interface TierNeed {
  readonly tier: number
  readonly people: number
  readonly told: boolean
  /** Of the first month. */
  readonly minutes: number
}

export interface PracticeNeedRow {
  readonly practiceId: string
  readonly people: number
  readonly told: boolean
  readonly tiers: readonly TierNeed[]
  /** Discharges of the last twelve months. */
  readonly transitions: number
  readonly transitionsTold: boolean
  readonly transitionMinutes: number
  readonly months: readonly PracticeMonth[]
}

export interface Asked {
  readonly facts: readonly NeedFact[]
  readonly figures: readonly FigureRow[]
  /** The first day of the first of twelve months. */
  readonly first: Day
  readonly today: Day
  readonly whatIf: WhatIf
}

const MONTHS = 12
/** A day of full time. */
export const FULL_DAY = 480

/** Need and capacity of twelve months, of the region and by practice. A month is reckoned with what holds on its first day, this one with what holds today. */
export function workOutNeed(asked: Asked): { months: CapacityMonth[]; practices: PracticeNeedRow[] } {
  const { facts, first } = asked
  const months = Array.from({ length: MONTHS }, (_, i) => addMonths(first, i))
  const valueOf = figuresOf(asked)
  const of = Map.groupBy(facts, ({ practiceId }) => practiceId)
  const region = reckon(of.get(null) ?? [], months, valueOf, asked.whatIf)
  const capacities = months.map((month) => capacityOf(of.get(null) ?? [], month, valueOf(month), asked.whatIf))
  const practices = [...of].flatMap(([practiceId, own]): PracticeNeedRow[] => {
    if (practiceId === null) return []
    const { months: mine, ...need } = reckon(own, months, valueOf, asked.whatIf)
    return [
      {
        practiceId,
        ...need,
        months: mine.map(({ month, demand, scheduled, entitlement }, i) => {
          const all = region.months[i]!.demand
          const part = all === 0 ? 0 : demand / all
          const share = Math.round(Math.max(0, capacities[i]!.capacity) * part)
          return { month, demand: Math.round(demand), share, scheduled: Math.round(scheduled), entitlement: Math.round(entitlement) }
        }),
      },
    ]
  })
  return {
    months: capacities.map((one, i) => ({
      ...one,
      demand: Math.round(region.months[i]!.demand),
      scheduled: Math.round(region.months[i]!.scheduled),
    })),
    practices,
  }
}

type ValueOf = (figure: FigureName) => number

export function figuresOf({ figures, today, whatIf }: Pick<Asked, 'figures' | 'today' | 'whatIf'>): (month: Day) => ValueOf {
  return (month) => (figure) => {
    const supposed = whatIf.figures.find((one) => one.figure === figure)
    if (supposed) return supposed.value
    const day = month < today ? today : month
    const held = figures.find((one) => one.figure === figure && one.since <= day)
    if (!held) throw new Error(`No figure ${figure} holds on ${day}.`)
    return held.value
  }
}

/** Minutes as fractions: parts are taken of what was not rounded. */
function reckon(facts: readonly NeedFact[], months: readonly Day[], valueOf: (month: Day) => ValueOf, { peoplePercent }: WhatIf) {
  const growth = 1 + peoplePercent / 100
  const counted = tiers.map((tier) => {
    const row = facts.find((one) => one.fact === 'people' && one.tier === tier)
    return { tier, people: (row?.amount ?? 0) * growth, told: row?.told ?? true }
  })
  const people = counted.reduce((sum, one) => sum + one.people, 0)
  const stays = facts.find((one) => one.fact === 'transitions')
  const transitions = (stays?.amount ?? 0) * growth
  const ofTier = (value: ValueOf, { tier, people: many }: { tier: (typeof tiers)[number]; people: number }) =>
    (many * value('enrolled-percent') * value(`minutes-tier-${tier}`)) / 100
  const ofStays = (value: ValueOf) => (transitions / MONTHS) * value('minutes-transition')
  const now = valueOf(months[0]!)
  return {
    people: Math.round(people),
    told: counted.every(({ told }) => told),
    tiers: counted.map((one) => ({ ...one, people: Math.round(one.people), minutes: Math.round(ofTier(now, one)) })),
    transitions: Math.round(transitions),
    transitionsTold: stays?.told ?? true,
    transitionMinutes: Math.round(ofStays(now)),
    months: months.map((month) => {
      const value = valueOf(month)
      return {
        month,
        demand: counted.reduce((sum, one) => sum + ofTier(value, one), ofStays(value)),
        scheduled: amountOf(facts, 'scheduled', month),
        entitlement: (people / value('team-people')) * value('team-minutes') * (weekdaysOf(month) / 5),
      }
    }),
  }
}

const amountOf = (facts: readonly NeedFact[], fact: NeedFact['fact'], month: Day): number =>
  facts.reduce((sum, one) => (one.fact === fact && one.month === month ? sum + one.amount : sum), 0)

function capacityOf(facts: readonly NeedFact[], month: Day, value: ValueOf, { addedStaff }: WhatIf) {
  const added = addedStaff * weekdaysOf(month)
  const paid = Math.max(0, Math.round(amountOf(facts, 'paid', month) + added * FULL_DAY))
  const leave = Math.min(paid, Math.round(amountOf(facts, 'leave', month)))
  const weeks = Math.max(0, amountOf(facts, 'days', month) + added) / 5
  const travel = Math.round(((paid - leave) * value('travel-percent')) / 100)
  const [meetings, training, supervision] = (['meeting-minutes', 'training-minutes', 'supervision-minutes'] as const).map((figure) =>
    Math.round(weeks * value(figure)),
  ) as [number, number, number]
  return {
    month,
    paid,
    leave,
    travel,
    meetings,
    training,
    supervision,
    capacity: paid - leave - travel - meetings - training - supervision,
  }
}

/** Monday to Friday. */
export function weekdaysOf(month: Day): number {
  const days = daysBetween(month, addMonths(month, 1))
  return Array.from({ length: days }, (_, i) => new Date(`${addDays(month, i)}T00:00:00Z`).getUTCDay()).filter((day) => day > 0 && day < 6)
    .length
}
