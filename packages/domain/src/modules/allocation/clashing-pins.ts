import type { Highs } from 'highs'
import type { Pin, Problem } from './problem.ts'
import { solve } from './solve.ts'

/** Of pins that no plan keeps together some that are enough for it: without any one of them the others can be kept, if there was time to see. */
export function clashingPins(highs: Highs, problem: Problem, seconds: number): readonly Pin[] {
  const until = performance.now() + seconds * 1000
  const canKeep = (pins: readonly Pin[]): boolean =>
    solve(highs, { ...problem, rules: { ...problem.rules, pins } }, { seconds: (until - performance.now()) / 1000, brief: true }) !== null
  let clashing: readonly Pin[] = problem.rules.pins
  for (const pin of problem.rules.pins) {
    if (performance.now() > until) break
    const others = clashing.filter((one) => one !== pin)
    if (!canKeep(others)) clashing = others
  }
  return clashing
}
