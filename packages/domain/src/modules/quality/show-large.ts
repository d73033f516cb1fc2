import type { ScoreRead } from './read-scores.ts'
import { isFew, SMALLEST_SHOWN } from './suppress.ts'

type Counted = Pick<ScoreRead, 'measure' | 'denominator' | 'denominatorExclusion' | 'denominatorException' | 'initialPopulation'>

/**
 * Scores of practices without those of 1 to 10 people: of a measure, whoever is hidden are together more than 10, since the region's score less all that
 * is shown tells of them; where they are not, the smallest that is shown is hidden with them.
 */
export function showLarge<S extends Counted>(scores: readonly S[]): { shown: S[]; hidden: S[] } {
  const shown: S[] = []
  const hidden: S[] = []
  for (const of of Map.groupBy(scores, ({ measure }) => measure.id).values()) {
    const sorted = of.toSorted((a, b) => counted(a) - counted(b))
    const few = sorted.filter((one) => [counted(one), one.denominator, one.initialPopulation].some(isFew))
    const rest = sorted.filter((one) => !few.includes(one))
    while (few.length > 0 && rest.some((one) => counted(one) > 0) && few.reduce((sum, one) => sum + counted(one), 0) < SMALLEST_SHOWN)
      few.push(
        ...rest.splice(
          rest.findIndex((one) => counted(one) > 0),
          1,
        ),
      )
    shown.push(...rest)
    hidden.push(...few)
  }
  const order = new Map(scores.map((one, index) => [one, index]))
  const inOrder = (some: S[]): S[] => some.sort((a, b) => order.get(a)! - order.get(b)!)
  return { shown: inOrder(shown), hidden: inOrder(hidden) }
}

const counted = ({ denominator, denominatorExclusion, denominatorException }: Counted): number =>
  denominator - denominatorExclusion - denominatorException
