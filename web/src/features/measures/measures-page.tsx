import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { periodFrom, PeriodSelect } from '../../ui/period-select.tsx'
import { words } from '../../words/index.ts'
import { ComparisonAnswer, ComparisonPlot, ComparisonPlot_practice } from './comparison-plot.tsx'
import { Movers } from '../measure-comparisons/movers.tsx'
import { MeasureNotes, MeasureNotes_measure } from './measure-notes.tsx'
import { PracticeStrata } from '../strata/practice-strata.tsx'
import { ScoreCounts, ScoreCounts_practice } from './score-counts.tsx'
import { ScoreGround, ScoreGround_score } from './score-ground.tsx'
import { ScoreLineage } from './score-lineage.tsx'
import { ScoreTrends, ScoreTrends_practice } from './score-trends.tsx'

const Comparisons = graphql(
  `
    query MeasuresPage_comparisons($period: PeriodInput) {
      practice {
        ...ComparisonPlot_practice
        ...ScoreCounts_practice
        comparisons(period: $period) {
          measure {
            id
            title
          }
          own {
            period {
              start
              end
            }
            ...ScoreGround_score
          }
        }
      }
    }
  `,
  [ComparisonPlot_practice, ScoreCounts_practice, ScoreGround_score],
)
const History = graphql(
  `
    query MeasuresPage_history {
      publishedPeriods {
        start
        end
      }
      practice {
        ...ScoreTrends_practice
      }
      measures {
        id
        ...MeasureNotes_measure
      }
    }
  `,
  [ScoreTrends_practice, MeasureNotes_measure],
)

/** A practice's results against the region and unnamed peers, and over time. */
export function Component() {
  const address = useAddress()
  const period = periodFrom(address.get('period'))
  const [comparisons, askComparisons] = useQuery({ query: Comparisons, variables: { period } })
  const shown = period ?? comparisons.data?.practice.comparisons.find(({ own }) => own)?.own?.period
  const [history, askHistory] = useQuery({ query: History })
  useMoved('charts', () => {
    askComparisons({ requestPolicy: 'network-only' })
    askHistory({ requestPolicy: 'network-only' })
  })
  return (
    <Page
      title={words.measures.title}
      tab={words.measures.title}
      action={
        history.data && (
          <PeriodSelect periods={history.data.publishedPeriods} chosen={shown} onChoose={(key) => address.set({ period: key })} />
        )
      }
      answer={comparisons.data && <ComparisonAnswer practice={comparisons.data.practice} />}
    >
      <Loaded result={comparisons} height={320} retry={() => askComparisons({ requestPolicy: 'network-only' })}>
        {(data) => (
          <>
            <ComparisonPlot practice={data.practice} />
            <ScoreCounts practice={data.practice} />
            <PracticeStrata measures={data.practice.comparisons.map(({ measure }) => measure)} period={shown} />
            <ScoreGround scores={data.practice.comparisons.flatMap(({ own }) => own ?? [])} />
          </>
        )}
      </Loaded>
      <Loaded result={history} height={240} retry={() => askHistory({ requestPolicy: 'network-only' })}>
        {(data) => (
          <>
            <ScoreTrends practice={data.practice} />
            <Movers />
            <MeasureNotes measures={data.measures} />
            <ScoreLineage period={shown ?? null} />
          </>
        )}
      </Loaded>
    </Page>
  )
}
