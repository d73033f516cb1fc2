import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { ButtonAnchor } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { periodFrom, PeriodSelect } from '../../ui/period-select.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ScoreLineage } from '../measures/score-lineage.tsx'
import { PerformanceTable, PerformanceTable_performance } from './performance-table.tsx'
import { RegionRates, RegionRates_performance } from './region-rates.tsx'

const Performance = graphql(
  `
    query PerformancePage_performance($period: PeriodInput) {
      publishedPeriods {
        start
        end
      }
      performance(period: $period) {
        period {
          start
          end
        }
        runId
        publishedAt
        ...RegionRates_performance
        ...PerformanceTable_performance
      }
    }
  `,
  [RegionRates_performance, PerformanceTable_performance],
)

/** A payer's numbers for its attributed members: the region first, then practices, as published; nothing here filters or adds up. */
export function Component() {
  const address = useAddress()
  const chosen = periodFrom(address.get('period'))
  const [result, again] = useQuery({ query: Performance, variables: { period: chosen } })
  const performance = result.data?.performance
  const period = performance?.period
  return (
    <Page
      title={words.performance.title}
      tab={words.performance.title}
      action={
        <>
          {result.data && (
            <PeriodSelect periods={result.data.publishedPeriods} chosen={chosen} onChoose={(key) => address.set({ period: key })} />
          )}
          {period && (
            <ButtonAnchor look="primary" icon="download" download href={`/exports/performance.csv?start=${period.start}&end=${period.end}`}>
              {words.performance.download}
            </ButtonAnchor>
          )}
        </>
      }
      answer={
        period && (
          <p className="soft">
            {words.performance.answer(periodName(period))}{' '}
            {performance.publishedAt && (
              <>
                {words.performance.published} <At instant={performance.publishedAt} clock />.
              </>
            )}
          </p>
        )
      }
    >
      <Loaded result={result} height={560} retry={() => again({ requestPolicy: 'network-only' })}>
        {(data) =>
          data.performance.period ? (
            <>
              <RegionRates performance={data.performance} />
              <PerformanceTable performance={data.performance} />
              <ScoreLineage period={data.performance.period} />
              {data.performance.runId && <p className="soft small">{words.performance.source(data.performance.runId)}</p>}
            </>
          ) : (
            <Empty title={words.performance.none}>{words.performance.noneAdvice}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
