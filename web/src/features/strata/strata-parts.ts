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
        stratifier
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

export const titleOf = ({ dimension, stratifier }: Pick<Breakdown, 'dimension' | 'stratifier'>): string =>
  stratifier === null ? t.by[dimension] : t.stratifier(stratifier)

/** A group as people say it. */
export function groupName(dimension: Breakdown['dimension'], stratum: string | null): string {
  if (stratum === null) return dimension === 'ZIP3' ? t.otherAreas : t.otherGroups
  if (stratum === 'unknown') return t.unknown[dimension]
  if (dimension === 'STRATIFIER') return { true: t.criteriaMet, none: t.inNone }[stratum] ?? stratum
  if (dimension === 'AGE') return t.ages(stratum)
  return dimension === 'SEX' ? (t.sexes[stratum] ?? stratum) : t.area(stratum)
}
