import { explainPlan } from './explain-plan.ts'
import type { Problem } from './problem.ts'
import type { Solution } from './solve.ts'

/** What a solution reaches: the level of the least served practice, by level from 1 on how many practices reach it, and all minutes served. */
export function levelsReached(problem: Problem, solution: Solution) {
  const { practices, figures } = explainPlan(problem, solution)
  const levels = practices.filter(({ neededMinutes }) => neededMinutes > 0).map(({ level }) => level)
  return {
    leastLevel: levels.length === 0 ? problem.rules.levels : Math.min(...levels),
    practicesAtLevel: Array.from({ length: problem.rules.levels }, (_, at) => levels.filter((level) => level > at).length),
    servedMinutes: figures.servedMinutes,
  }
}
