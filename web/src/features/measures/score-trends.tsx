import { periodName } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { percent, percentFine, percentRange } from '../../lib/numbers.ts'
import { byMeasure, ratedPeople, ScoreFigures } from '../../lib/scores.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { RateTrend } from '../../ui/charts/rate-trend.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import styles from './score-trends.module.css'

export const ScoreTrends_practice = graphql(
  `
    fragment ScoreTrends_practice on PracticeOverview {
      scores {
        ...ScoreFigures
      }
    }
  `,
  [ScoreFigures],
)

/** One small chart per measure over the published periods, all on the same axis. */
export function ScoreTrends({ practice }: { practice: FragmentOf<typeof ScoreTrends_practice> }) {
  const { scores } = readFragment(ScoreTrends_practice, practice)
  const rated = scores.filter((score) => score.rate !== null)
  if (rated.length === 0) return null
  return (
    <ChartOrTable
      title={words.measures.trends}
      note={words.measures.trendsNote}
      chart={
        <ul className={styles['trends']}>
          {byMeasure(rated).map((list) => (
            <Trend key={list[0]?.measure.id} scores={list} />
          ))}
        </ul>
      }
      table={
        <PlainTable
          label={words.measures.trends}
          head={words.measures.trendsHead}
          rows={rated.map((score) => [
            score.measure.title,
            periodName(score.period),
            words.measures.ofPeople(score.numerator, ratedPeople(score)),
            percentFine(score.rate ?? 0),
            score.interval ? percentRange(score.interval.low, score.interval.high) : '',
          ])}
        />
      }
    />
  )
}

function Trend({ scores }: { scores: readonly ScoreFigures[] }) {
  const points = scores
    .toReversed()
    .map((score) => ({ key: score.period.start, label: periodName(score.period), rate: score.rate ?? 0, interval: score.interval }))
  const measure = scores[0]?.measure
  if (!measure) return null
  return (
    <li>
      <h3>{measure.title}</h3>
      <p className="soft small">{words.measures.direction[measure.improvement]}</p>
      <RateTrend
        points={points}
        spoken={words.measures.trendSpoken(
          measure.title,
          points.map((point) => `${point.label} ${percent(point.rate)}`),
        )}
      />
      {points.length === 1 && <p className="soft small">{words.measures.onePeriod}</p>}
    </li>
  )
}
