import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { periodFrom, PeriodSelect } from '../../ui/period-select.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { samePeriod } from '../../lib/scores.ts'
import { ScoreGround, ScoreGround_score } from '../measures/score-ground.tsx'
import { RegionStrata } from '../strata/region-strata.tsx'
import { ScoreLineage } from '../measures/score-lineage.tsx'
import { PracticeFunnels } from './practice-funnels.tsx'
import { NeedsHelp } from './needs-help.tsx'
import { RegionMeasures } from './region-measures.tsx'
import { PracticeRecords } from './practice-records.tsx'
import { PracticeTable } from './practice-table.tsx'
import { comparePractices, Practices_region } from './compare-practices.ts'

const Overview = graphql(
  `
    query OverviewPage_region($period: PeriodInput) {
      publishedPeriods {
        start
        end
      }
      region {
        practiceCount
        payerCount
        peopleCount
        latestRun {
          id
          state
          period {
            start
            end
          }
          finishedAt
        }
        ...Practices_region
        scores {
          period {
            start
            end
          }
          ...ScoreGround_score
        }
        practices(period: $period) {
          scores {
            period {
              start
              end
            }
          }
        }
      }
    }
  `,
  [Practices_region, ScoreGround_score],
)

/** The coordinating body's first screen: which practices need help, the proof, and every practice in a table. */
export function Component() {
  const address = useAddress()
  const period = periodFrom(address.get('period'))
  const [result, again] = useQuery({ query: Overview, variables: { period } })
  useMoved('region', () => again({ requestPolicy: 'network-only' }))
  const region = result.data?.region
  const run = region?.latestRun
  const shown = period ?? region?.practices.flatMap(({ scores }) => scores)[0]?.period
  return (
    <Page
      title={words.overview.title}
      tab={words.overview.title}
      action={
        result.data && (
          <PeriodSelect periods={result.data.publishedPeriods} chosen={shown} onChoose={(key) => address.set({ period: key })} />
        )
      }
      answer={
        region && (
          <p className="soft">
            {words.overview.size(region.practiceCount, region.peopleCount, region.payerCount)}{' '}
            {run ? (
              <>
                {words.overview.latestRun(periodName(run.period), words.runs.states[run.state])}{' '}
                {run.finishedAt && <At instant={run.finishedAt} clock />} <Link to={`/runs?open=${run.id}`}>{words.overview.seeRun}</Link>
              </>
            ) : (
              <Link to="/runs">{words.overview.noRun}</Link>
            )}
          </p>
        )
      }
    >
      <Loaded result={result} height={560} retry={() => again({ requestPolicy: 'network-only' })}>
        {(data) => {
          const comparison = comparePractices(data.region, period)
          return (
            <>
              <NeedsHelp comparison={comparison} />
              <PracticeFunnels comparison={comparison} />
              <RegionMeasures comparison={comparison} />
              <RegionStrata
                measures={comparison.measures}
                practices={comparison.practices.map(({ id, name }) => ({ id, title: name }))}
                period={comparison.period}
              />
              <PracticeTable comparison={comparison} />
              <ScoreGround scores={data.region.scores.filter((one) => comparison.period && samePeriod(one.period, comparison.period))} />
              <ScoreLineage period={comparison.period ?? null} />
            </>
          )
        }}
      </Loaded>
      <PracticeRecords />
    </Page>
  )
}
