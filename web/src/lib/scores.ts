import { graphql, type ResultOf } from './graphql.ts'
import type { Improvement } from './standing.ts'

/** What every chart and table of scores needs of one. */
export const ScoreFigures = graphql(`
  fragment ScoreFigures on Score @_unmask {
    measure {
      id
      title
      improvement
    }
    period {
      start
      end
    }
    initialPopulation
    denominator
    denominatorExclusion
    denominatorException
    numerator
    rate
    interval {
      low
      high
    }
    target
  }
`)
export type ScoreFigures = ResultOf<typeof ScoreFigures>
export type PeriodDays = { start: string; end: string }

/** People the rate is about: the denominator without exclusions and exceptions. */
export const ratedPeople = (score: Pick<ScoreFigures, 'denominator' | 'denominatorExclusion' | 'denominatorException'>): number =>
  score.denominator - score.denominatorExclusion - score.denominatorException

/** Lower is better: a target is not to be passed. */
export const isReached = (rate: number, target: number, improvement: Improvement): boolean =>
  improvement === 'INCREASE' ? rate >= target : rate <= target

type Aimed = Pick<ScoreFigures, 'numerator' | 'denominator' | 'denominatorExclusion' | 'denominatorException'>

/** How many people more have to come out well until the target is reached; 0: it is. Shares of people are exact to a millionth. */
export function peopleToTarget(score: Aimed, target: number, improvement: Improvement): number {
  const aim = target * ratedPeople(score)
  const missing = improvement === 'INCREASE' ? Math.ceil(aim - 1e-6) - score.numerator : score.numerator - Math.floor(aim + 1e-6)
  return Math.max(0, missing)
}

/** As an input takes it: an answer's period carries its type's name, too. */
export const daysOf = ({ start, end }: PeriodDays): PeriodDays => ({ start, end })

export const samePeriod = (a: PeriodDays, b: PeriodDays): boolean => a.start === b.start && a.end === b.end

/** Scores of the newest period only; the API sends newest first. */
export function newest<S extends { period: PeriodDays }>(scores: readonly S[]): S[] {
  const first = scores[0]
  return first ? scores.filter((score) => samePeriod(score.period, first.period)) : []
}

/** One list per measure, in the order of first appearance. */
export const byMeasure = <S extends { measure: { id: string } }>(scores: readonly S[]): S[][] => [
  ...Map.groupBy(scores, (score) => score.measure.id).values(),
]
