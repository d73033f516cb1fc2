import { type Cents, splitCents } from '@carecommons/kernel'

/** What a practice's members of one payer are to the shared team in a month. Who has no payer is a cell, too, and never left out. */
export interface CostCell {
  readonly practiceId: string
  /** Null: members of several payers, or of none, that are told together. */
  readonly payerId: string | null
  readonly members: number
  /** Minutes that the team worked for them. */
  readonly minutes: number
  /** Members weighted by tier of risk. */
  readonly points: number
}

/** By what a cost is split: one thing, or several that each take so many percent of it. */
export type CostRule = 'equal' | 'members' | 'minutes' | 'points' | Hybrid
export interface Hybrid {
  readonly percents: Readonly<Partial<Record<Exclude<CostRule, Hybrid>, number>>>
}

/** One division on the way to a figure: so much was split, by this weight of so much in all, and this came of it. */
export interface SplitStep {
  readonly by: 'practice' | 'payer' | 'percent' | 'members' | 'minutes' | 'points'
  readonly from: Cents
  readonly weight: number
  readonly of: number
  readonly cents: Cents
  /** Whether it carries one of the cents that were left over. */
  readonly carries: boolean
}

export interface CostShare {
  readonly practiceId: string
  readonly payerId: string | null
  readonly cents: Cents
  /** Every division on the way, each way of a hybrid's by itself: the last ones sum to the figure. */
  readonly ways: readonly (readonly SplitStep[])[]
}

export type CostSplit = { readonly ok: true; readonly shares: readonly CostShare[] } | { readonly ok: false; readonly fault: string }

/**
 * Splits what the shared team cost over practices and payers, to the cent (`splitCents`: largest remainders, of equal ones the id that sorts
 * first). `equal`: every practice the same, and within it every payer the same.
 */
export function splitCost(cents: Cents, cells: readonly CostCell[], rule: CostRule): CostSplit {
  const fault = faultOf(cells, rule)
  if (fault) return { ok: false, fault }
  const sorted = cells.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1))
  const ways = typeof rule === 'string' ? waysOf(cents, sorted, rule) : hybridWays(cents, sorted, rule)
  if (typeof ways === 'string') return { ok: false, fault: ways }
  return {
    ok: true,
    shares: sorted.map((cell) => {
      const own = ways.get(idOf(cell)) ?? []
      return { practiceId: cell.practiceId, payerId: cell.payerId, cents: own.reduce((sum, way) => sum + way.at(-1)!.cents, 0), ways: own }
    }),
  }
}

const idOf = ({ practiceId, payerId }: Pick<CostCell, 'practiceId' | 'payerId'>): string => `${practiceId} ${payerId ?? ''}`

function faultOf(cells: readonly CostCell[], rule: CostRule): string | null {
  const ids = cells.map(idOf)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice !== undefined) return `Practice and payer ${twice} are there twice; tell them once.`
  if (typeof rule === 'string') return null
  const percents = Object.values(rule.percents)
  if (percents.some((percent) => !Number.isInteger(percent) || percent < 0)) return 'Parts of a hybrid are whole percents from 0 on.'
  const sum = percents.reduce((all, percent) => all + percent, 0)
  return sum === 100 ? null : `The parts of a hybrid are ${sum} percent together; make them 100.`
}

type Ways = ReadonlyMap<string, readonly (readonly SplitStep[])[]>

function waysOf(cents: Cents, cells: readonly CostCell[], rule: Exclude<CostRule, Hybrid>): Ways | string {
  if (rule !== 'equal') {
    const steps = stepsOf(
      cents,
      rule,
      cells.map((cell) => ({ id: idOf(cell), weight: cell[rule] })),
    )
    return steps ? mapValues(steps, (step) => [[step]]) : `Nobody has any ${rule}, so nothing can be split by them.`
  }
  const byPractice = Map.groupBy(cells, ({ practiceId }) => practiceId)
  const practices = stepsOf(
    cents,
    'practice',
    [...byPractice.keys()].map((id) => ({ id, weight: 1 })),
  )
  if (!practices) return 'There is no practice to split it over.'
  return new Map(
    [...byPractice].flatMap(([practiceId, own]) => {
      const first = practices.get(practiceId)!
      const payers = stepsOf(
        first.cents,
        'payer',
        own.map((cell) => ({ id: idOf(cell), weight: 1 })),
      )!
      return [...payers].map(([id, step]) => [id, [[first, step]]] as const)
    }),
  )
}

function hybridWays(cents: Cents, cells: readonly CostCell[], { percents }: Hybrid): Ways | string {
  const rules = (Object.keys(percents) as (keyof typeof percents)[]).filter((rule) => percents[rule]! > 0).sort()
  const parts = stepsOf(
    cents,
    'percent',
    rules.map((id) => ({ id, weight: percents[id]! })),
  )!
  const ways = new Map<string, (readonly SplitStep[])[]>(cells.map((cell) => [idOf(cell), []]))
  for (const rule of rules) {
    const part = parts.get(rule)!
    const own = waysOf(part.cents, cells, rule)
    if (typeof own === 'string') return own
    for (const [id, [way]] of own) ways.get(id)!.push([part, ...way!])
  }
  return ways
}

function stepsOf(
  from: Cents,
  by: SplitStep['by'],
  weights: readonly { readonly id: string; readonly weight: number }[],
): Map<string, SplitStep> | null {
  const shares = splitCents(from, weights)
  const of = weights.reduce((sum, { weight }) => sum + weight, 0)
  return shares && new Map(shares.map(({ id, weight, cents, carries }) => [id, { by, from, weight, of, cents, carries }]))
}

const mapValues = <V, W>(map: ReadonlyMap<string, V>, value: (one: V) => W): Map<string, W> =>
  new Map([...map].map(([key, one]) => [key, value(one)]))
