import { Link } from 'react-router'
import { periodName } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { percent, points } from '../../lib/numbers.ts'
import { byMeasure, newest, samePeriod, ScoreFigures } from '../../lib/scores.ts'
import { standing } from '../../lib/standing.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

export const ResultChanges_practice = graphql(
  `
    fragment ResultChanges_practice on PracticeOverview {
      scores {
        ...ScoreFigures
      }
    }
  `,
  [ScoreFigures],
)

/** Are we better than last time: each measure now and in the period before, the change in words. */
export function ResultChanges({ practice }: { practice: FragmentOf<typeof ResultChanges_practice> }) {
  const { scores } = readFragment(ResultChanges_practice, practice)
  const period = newest(scores)[0]?.period
  return (
    <Section
      title={words.home.results}
      note={period && periodName(period)}
      aside={
        <Link to="/measures" className="asideLink">
          {words.home.compare}
        </Link>
      }
    >
      {scores.length === 0 ? (
        <p className="soft">{words.measures.nonePublished}</p>
      ) : (
        <PlainTable
          label={words.home.results}
          head={[words.measures.measure, words.home.now, words.home.change]}
          rows={byMeasure(scores)
            .filter(([score]) => period && score && samePeriod(score.period, period))
            .map(rowOf)}
        />
      )}
    </Section>
  )
}

function rowOf([now, before]: ScoreFigures[]): React.ReactNode[] {
  if (!now) return []
  const title = now.measure.title
  if (now.rate === null) return [title, words.measures.nobodyCounted, '']
  if (before?.rate == null || !now.interval) return [title, percent(now.rate), words.home.firstPeriod]
  const verdict = standing(now.interval, before.rate, now.measure.improvement)
  return [title, percent(now.rate), words.home.moved(points(now.rate - before.rate), verdict)]
}
