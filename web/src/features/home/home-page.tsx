import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { AttentionAnswer, AttentionGroups, AttentionGroups_practice } from './attention-groups.tsx'
import { CountBars } from './count-bars.tsx'
import styles from './home-page.module.css'
import { ResultChanges, ResultChanges_practice } from './result-changes.tsx'

const Today = graphql(
  `
    query HomePage_today {
      practice {
        chartCount
        deceasedCount
        dataThrough
        conditionCounts {
          condition {
            key
            title
          }
          count
        }
        gapCounts {
          measure {
            id
            title
          }
          open
        }
        ...AttentionGroups_practice
      }
    }
  `,
  [AttentionGroups_practice],
)
// Asked apart from the people: when scores are slow or missing, who is overdue is still there.
const Results = graphql(
  `
    query HomePage_results {
      practice {
        ...ResultChanges_practice
      }
    }
  `,
  [ResultChanges_practice],
)

/** A practice's first screen: who is overdue, who got worse; then open gaps, and whether results moved. */
export function Component() {
  const [today, askToday] = useQuery({ query: Today })
  const [results, askResults] = useQuery({ query: Results })
  useMoved('charts', () => {
    askToday({ requestPolicy: 'network-only' })
    askResults({ requestPolicy: 'network-only' })
  })
  const practice = today.data?.practice
  return (
    <Page
      title={words.home.title}
      tab={words.home.title}
      answer={
        practice && (
          <p className="soft">
            {words.home.charts(practice.chartCount - practice.deceasedCount, practice.deceasedCount)}{' '}
            {practice.dataThrough && (
              <>
                {words.states.dataThrough} <OnDay day={practice.dataThrough} />.
              </>
            )}
          </p>
        )
      }
    >
      <Loaded result={today} height={64} retry={() => askToday({ requestPolicy: 'network-only' })}>
        {(data) =>
          data.practice.chartCount > 0 ? (
            <AttentionAnswer practice={data.practice} />
          ) : (
            <Empty title={words.home.noCharts}>{words.home.noChartsAdvice}</Empty>
          )
        }
      </Loaded>
      <div className={styles['columns']}>
        <div className={styles['people']}>
          {!today.error && (
            <Loaded result={today} height={480}>
              {(data) => <AttentionGroups practice={data.practice} />}
            </Loaded>
          )}
        </div>
        <div className={styles['aside']}>
          <Loaded result={results} height={200} retry={() => askResults({ requestPolicy: 'network-only' })}>
            {(data) => <ResultChanges practice={data.practice} />}
          </Loaded>
          {practice && (
            <>
              <CountBars
                title={words.home.gaps}
                note={words.home.gapsNote}
                empty={words.home.noGaps}
                rows={practice.gapCounts.map(({ measure, open }) => ({
                  key: measure.id,
                  label: measure.title,
                  count: open,
                  to: `/registry?gap=${measure.id}&sort=OPEN_GAPS`,
                }))}
              />
              <CountBars
                title={words.home.conditions}
                empty={words.home.noConditions}
                rows={practice.conditionCounts.map(({ condition, count }) => ({
                  key: condition.key,
                  label: condition.title,
                  count,
                  to: `/registry?condition=${condition.key}`,
                }))}
              />
            </>
          )}
        </div>
      </div>
    </Page>
  )
}
