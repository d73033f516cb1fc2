import { Link } from 'react-router'
import { periodName } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { ratedPeople, ScoreFigures } from '../../lib/scores.ts'
import { keyOfPeriod } from '../../ui/period-select.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const ScoreCounts_practice = graphql(
  `
    fragment ScoreCounts_practice on PracticeOverview {
      comparisons(period: $period) {
        own {
          ...ScoreFigures
        }
      }
    }
  `,
  [ScoreFigures],
)

/** How many people stand in each population of each measure; a number leads to the people behind it. */
export function ScoreCounts({ practice }: { practice: FragmentOf<typeof ScoreCounts_practice> }) {
  const scores = readFragment(ScoreCounts_practice, practice).comparisons.flatMap(({ own }) => own ?? [])
  const [first] = scores
  if (!first) return null
  return (
    <Section title={words.measures.counts} note={periodName(first.period)}>
      <PlainTable label={words.measures.counts} head={words.measures.countsHead} rows={scores.map(cellsOf)} />
    </Section>
  )
}

function cellsOf(score: ScoreFigures): React.ReactNode[] {
  const { measure, period } = score
  const rated = ratedPeople(score)
  const open = measure.improvement === 'INCREASE' ? rated - score.numerator : score.numerator
  const numbers = [
    ['INITIAL_POPULATION', score.initialPopulation],
    ['DENOMINATOR', score.denominator],
    ['DENOMINATOR_EXCLUSION', score.denominatorExclusion],
    ['DENOMINATOR_EXCEPTION', score.denominatorException],
    ['NUMERATOR', score.numerator],
    ['OPEN', open],
  ] as const
  return [
    measure.title,
    ...numbers.map(([population, people]) =>
      people === 0 ? (
        count(0)
      ) : (
        <Link
          key={population}
          to={`/registry?${new URLSearchParams({ measure: measure.id, population, period: keyOfPeriod(period) })}`}
          aria-label={words.measures.peopleIn(people, words.populations[population], measure.title)}
        >
          {count(people)}
        </Link>
      ),
    ),
  ]
}
