import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { ScoreFigures } from '../../lib/scores.ts'
import { words } from '../../words/index.ts'

export const Stratified = graphql(
  `
    fragment Stratified on StratifiedScore @_unmask {
      figuresAt
      whole {
        ...ScoreFigures
      }
      breakdowns {
        dimension
        strata {
          stratum
          counted
          numerator
          rate
          interval {
            low
            high
          }
          initialPopulation
          denominator
          denominatorExclusion
          denominatorException
        }
      }
    }
  `,
  [ScoreFigures],
)
export type Stratified = ResultOf<typeof Stratified>
export type Breakdown = Stratified['breakdowns'][number]
export type Stratum = Breakdown['strata'][number]

const t = words.strata

/** A group as people say it. */
export function groupName(dimension: Breakdown['dimension'], stratum: string | null): string {
  if (stratum === null) return t.otherAreas
  if (stratum === 'unknown') return t.unknown[dimension]
  if (dimension === 'AGE') return t.ages(stratum)
  return dimension === 'SEX' ? (t.sexes[stratum] ?? stratum) : t.area(stratum)
}
