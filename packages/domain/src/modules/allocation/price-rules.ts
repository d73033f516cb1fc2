import type { Highs } from 'highs'
import type { Price, PricedRule } from './plan.ts'
import type { Problem } from './problem.ts'
import { solve } from './solve.ts'
import { levelsReached } from './levels-reached.ts'

/** The problem without each of its rules in turn, as long as there is time: what the rule costs is the difference to the plan. */
export function priceRules(highs: Highs, problem: Problem, until: number): Price[] {
  const relaxed = relaxations(problem)
  const prices: Price[] = []
  for (const [at, [rule, without]] of relaxed.entries()) {
    const seconds = (until - performance.now()) / 1000 / (relaxed.length - at)
    if (seconds < 0.1) break
    const solution = solve(highs, without, { seconds, brief: true })
    if (!solution) continue
    const { proofs } = solution
    prices.push({
      rule,
      ...levelsReached(without, solution),
      proven: proofs.every(({ value, bound }) => value === bound),
    })
  }
  return prices
}

function relaxations(problem: Problem): (readonly [PricedRule, Problem])[] {
  const { practices, staff, rules } = problem
  const ruled = (change: Partial<Problem['rules']>): Problem => ({ ...problem, rules: { ...rules, ...change } })
  const peopled = (change: (person: Problem['staff'][number]) => Partial<Problem['staff'][number]>): Problem => ({
    ...problem,
    staff: staff.map((person) => ({ ...person, ...change(person) })),
  })
  const states = [...new Set(practices.map(({ state }) => state))]
  const languages = [...new Set(practices.flatMap(({ needs }) => needs.flatMap(({ language }) => language ?? [])))]
  return [
    ...rules.pins.map(
      (pin) =>
        [
          { kind: 'pin', staffId: pin.staffId, practiceId: pin.practiceId },
          ruled({ pins: rules.pins.filter((one) => one !== pin) }),
        ] as const,
    ),
    ...rules.forbids.map(
      (pair) =>
        [
          { kind: 'forbid', staffId: pair.staffId, practiceId: pair.practiceId },
          ruled({ forbids: rules.forbids.filter((one) => one !== pair) }),
        ] as const,
    ),
    [{ kind: 'minimum-block' }, ruled({ minimumBlockMinutes: 0 })],
    [{ kind: 'maximum-practices' }, ruled({ maximumPractices: practices.length })],
    [{ kind: 'travel' }, peopled(() => ({ travelMinutes: {} }))],
    [{ kind: 'language' }, peopled(() => ({ languages }))],
    [{ kind: 'license' }, peopled(() => ({ states }))],
  ]
}
