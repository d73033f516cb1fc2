import { aggregate } from './aggregate.ts'
import type { GroupDefinition } from './measure-definition.ts'
import type { MembershipCode } from './population-code.ts'
import type { GroupResult } from './score-chart.ts'

/** A group's figures over many charts. */
export interface GroupScore {
  readonly counts: readonly number[]
  /** Aggregated values of each observation; null of none. */
  readonly observations: readonly (number | null)[]
  /** Rate, ratio, aggregated value or, of a cohort, its size; null where the denominator is empty. */
  readonly score: number | null
}

/** Adds up charts and scores them as the measure says (Quality Measure IG, "Measure Scoring"). */
export function scoreGroup(group: GroupDefinition, charts: readonly Pick<GroupResult, 'counts' | 'observations'>[]): GroupScore {
  const counts = group.populations.map((_, index) => charts.reduce((sum, chart) => sum + chart.counts[index]!, 0))
  const observations = group.observations.map(({ aggregate: method }, index) =>
    aggregate(
      method,
      charts.flatMap((chart) => chart.observations[index]!),
    ),
  )
  return { counts, observations, score: scoreOf(group, counts, observations) }
}

function scoreOf(group: GroupDefinition, counts: readonly number[], observations: readonly (number | null)[]): number | null {
  const count = (code: MembershipCode): number =>
    group.populations.reduce((sum, population, index) => (population.code === code ? sum + counts[index]! : sum), 0)
  const has = (code: MembershipCode): boolean => group.populations.some((population) => population.code === code)
  const denominator = (has('denominator') ? count('denominator') : count('initial-population')) - count('denominator-exclusion')
  const numerator = count('numerator') - count('numerator-exclusion')
  switch (group.scoring) {
    case 'cohort':
      return count('initial-population')
    case 'continuous-variable':
      return observations[0] ?? null
    case 'proportion':
      return divide(numerator, denominator - count('denominator-exception'))
    case 'ratio': {
      const observed = (code: MembershipCode, otherwise: number): number | null => {
        const index = group.observations.findIndex(({ observes }) => group.populations[observes]!.code === code)
        return index < 0 ? otherwise : observations[index]!
      }
      return divide(observed('numerator', numerator), observed('denominator', denominator - count('denominator-exception')))
    }
  }
}

const divide = (a: number | null, b: number | null): number | null => (a === null || b === null || b <= 0 ? null : a / b)
