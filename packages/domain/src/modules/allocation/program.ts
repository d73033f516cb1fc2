import type { ModelData } from 'highs'
import { availableSteps, type EligiblePair, eligiblePairs, neededSteps, stepsForLevel } from './eligible.ts'
import type { Problem } from './problem.ts'
import { newTable, type Sum, valueOf } from './table.ts'

/**
 * The integer program of a problem. Given who serves whom and which practice reaches which level, what is left is a network of whole numbers,
 * whose corners are whole: that is why it solves quickly, and why levels are demanded in whole steps.
 */
export interface Program {
  readonly pairs: readonly EligiblePair[]
  readonly model: ModelData
  /** Columns of a pair: whether it is, and the steps for each of its needs. */
  readonly columns: readonly { readonly serves: number; readonly steps: readonly number[] }[]
  /** How many levels all practices reach together, each as far as anybody may serve it. */
  readonly common: number
  /** Whether a practice reaches a level: a column for each that anybody can bring about. */
  readonly levelColumns: readonly number[]
  /** Every practice's levels as one sum that a lower level weighs more in, and what stays: it leads to a fair plan soon, and proves nothing. */
  readonly likely: Sum
  /** By level from 1 on: the practices that reach it, as a sum with its row. */
  readonly reaching: readonly Aim[]
  readonly total: Aim
  readonly kept: Aim
  readonly travel: Aim
  /** The same plan with every column that follows from its steps as good as it can be. */
  completed(values: readonly number[]): number[]
}

/** Something to make the most of; afterwards its row keeps it. */
export interface Aim {
  readonly sum: Sum
  readonly row: number
  readonly sense: 'most' | 'least'
  /** What nothing can be better than, whatever the plan. */
  readonly limit: number
}

export function programOf(problem: Problem): Program {
  const { practices, staff, rules } = problem
  const pairs = eligiblePairs(problem)
  const table = newTable()
  const columns = pairs.map((pair) => ({
    serves: table.column(pair.pinned ? 1 : 0, 1),
    steps: pair.needs.map((at) => table.column(0, Math.min(pair.most, neededSteps(pair.practice.needs[at]!, rules)))),
  }))
  const stepsOf = (at: number): Sum => columns[at]!.steps.map((column) => [column, 1])
  const among = (which: (pair: EligiblePair) => boolean, sum: (at: number) => Sum): Sum =>
    pairs.flatMap((pair, at) => (which(pair) ? sum(at) : []))

  for (const [at, { least, most, pinned }] of pairs.entries()) {
    const { serves } = columns[at]!
    table.row([...stepsOf(at), [serves, -(pinned?.steps ?? least)]], 0, Infinity)
    table.row([...stepsOf(at), [serves, -(pinned?.steps ?? most)]], -Infinity, 0)
  }
  for (const person of staff) {
    table.row(
      among((pair) => pair.person === person, stepsOf),
      -Infinity,
      availableSteps(person, rules),
    )
    const own = (factor: (pair: EligiblePair) => number): Sum =>
      among(
        (pair) => pair.person === person,
        (at) => [[columns[at]!.serves, factor(pairs[at]!)]],
      )
    table.row(
      own(() => 1),
      -Infinity,
      rules.maximumPractices,
    )
    table.row(
      own(({ travel }) => travel),
      -Infinity,
      person.travelAllowance,
    )
  }
  for (const practice of practices)
    for (const [need, wanted] of practice.needs.entries())
      table.row(
        among(
          (pair) => pair.practice === practice && pair.needs.includes(need),
          (at) => [[columns[at]!.steps[pairs[at]!.needs.indexOf(need)]!, 1]],
        ),
        -Infinity,
        neededSteps(wanted, rules),
      )

  const common = table.column(0, rules.levels)
  const reached = practices.map((practice) => {
    const needed = practice.needs.reduce((sum, need) => sum + neededSteps(need, rules), 0)
    if (needed === 0) return { levels: [], given: [], needed }
    const servable = new Set(pairs.filter((pair) => pair.practice === practice).flatMap((pair) => pair.needs))
    const mostSteps = [...servable].reduce((sum, at) => sum + neededSteps(practice.needs[at]!, rules), 0)
    const highest = Array.from({ length: rules.levels }, (_, at) => at + 1).filter(
      (level) => stepsForLevel(needed, level, rules) <= mostSteps,
    ).length
    const levels = Array.from({ length: highest }, () => table.column(0, 1))
    const more = (at: number): number => stepsForLevel(needed, at + 1, rules) - stepsForLevel(needed, at, rules)
    const given = among((pair) => pair.practice === practice, stepsOf)
    table.row([...given, ...levels.map((column, at) => [column, -more(at)] as const)], 0, Infinity)
    for (const [at, column] of levels.entries())
      if (at > 0)
        table.row(
          [
            [levels[at - 1]!, 1],
            [column, -1],
          ],
          0,
          Infinity,
        )
    // Who cannot be served further by anybody holds nobody else back.
    const rest = rules.levels - highest
    if (rest === 0) table.row([...given.map(([column]) => [column, rules.levels] as const), [common, -needed]], 0, Infinity)
    else if (highest > 0)
      table.row([...levels.map((column, at) => [column, at === highest - 1 ? 1 + rest : 1] as const), [common, -1]], 0, Infinity)
    return { levels, given, needed }
  })
  const aim = (sum: Sum, sense: Aim['sense'], limit: number): Aim => ({ sum, sense, limit, row: table.row(sum, -Infinity, Infinity) })
  const reaching = Array.from({ length: rules.levels }, (_, level) => {
    const able = reached.filter(({ levels }) => level < levels.length)
    return aim(
      able.map(({ levels }) => [levels[level]!, 1] as const),
      'most',
      able.length,
    )
  })
  const needed = reached.reduce((sum, one) => sum + one.needed, 0)
  const total = aim(
    pairs.flatMap((_, at) => stepsOf(at)),
    'most',
    Math.min(
      needed,
      staff.reduce((sum, person) => sum + availableSteps(person, rules), 0),
    ),
  )
  const kept = pairs.flatMap(({ current, most }, at) => {
    if (current === 0) return []
    const column = table.column(0, Math.min(current, most))
    table.row([...stepsOf(at), [column, -1]], 0, Infinity)
    return [{ column, most: Math.min(current, most), of: stepsOf(at) }]
  })
  const completed = (values: readonly number[]): number[] => {
    const whole = values.map(Math.round)
    for (const { levels, given, needed } of reached)
      for (const [at, column] of levels.entries()) whole[column] = valueOf(given, whole) >= stepsForLevel(needed, at + 1, rules) ? 1 : 0
    for (const { column, most, of } of kept) whole[column] = Math.min(most, valueOf(of, whole))
    whole[common] = Math.min(
      rules.levels,
      ...reached.flatMap(({ levels }) => {
        const reaches = valueOf(
          levels.map((column) => [column, 1]),
          whole,
        )
        return levels.length === 0 || reaches === levels.length ? [] : [reaches]
      }),
    )
    return whole
  }
  return {
    ...{ pairs, columns, common, reaching, total },
    levelColumns: reached.flatMap(({ levels }) => levels),
    likely: [
      ...reached.flatMap(({ levels }) => levels.map((column, at) => [column, LOWER_WEIGHS ** -at] as const)),
      ...kept.map(({ column }) => [column, KEPT_WEIGHS] as const),
    ],
    kept: aim(
      kept.map(({ column }) => [column, 1]),
      'most',
      kept.reduce((sum, { most }) => sum + most, 0),
    ),
    travel: aim(
      pairs.flatMap(({ travel }, at) => (travel > 0 ? [[columns[at]!.serves, travel] as const] : [])),
      'least',
      0,
    ),
    model: table.model(),
    completed,
  }
}

/** By how much each level weighs more than the next, and what a step that stays with the same person weighs beside them. */
const LOWER_WEIGHS = 1.5
const KEPT_WEIGHS = 1e-4
