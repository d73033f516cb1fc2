import type { Highs } from 'highs'
import { brokenRules } from './broken-rules.ts'
import { clashingPins } from './clashing-pins.ts'
import { explainPlan } from './explain-plan.ts'
import type { Problem } from './problem.ts'
import { priceRules } from './price-rules.ts'
import type { Proposal } from './propose.ts'
import { solve } from './solve.ts'

/** Of the time, what the plan itself may take; the rest is for the prices of its rules. */
const FOR_THE_PLAN = 0.75

export function proposeWith(
  highs: Highs,
  problem: Problem,
  { seconds, prices = true }: { readonly seconds: number; readonly prices?: boolean },
): Proposal {
  const until = performance.now() + seconds * 1000
  const solution = solve(highs, problem, { seconds: prices ? seconds * FOR_THE_PLAN : seconds })
  if (!solution) {
    const pins = clashingPins(highs, problem, (until - performance.now()) / 1000)
    const named = pins.map(({ staffId, practiceId, minutes }) =>
      [`person ${staffId} at practice ${practiceId}`, ...(minutes === null ? [] : [`for ${minutes} minutes a week`])].join(' '),
    )
    return { ok: false, faults: [`These pins cannot be kept together: ${named.join('; ')}. Take one of them away.`] }
  }
  const plan = explainPlan(problem, solution)
  const broken = brokenRules(problem, plan.hours)
  if (broken.length > 0) throw new Error(`A plan broke the rules: ${broken.join('; ')}`)
  return { ok: true, plan: { ...plan, prices: prices ? priceRules(highs, problem, until) : [] } }
}
