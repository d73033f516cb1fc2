import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { ChartPage } from '../patient/patient-page.tsx'

const MyChart = graphql(`
  query MyChartPage_chart {
    patients(first: 1) {
      edges {
        node {
          id
        }
      }
    }
  }
`)

/** A patient's own chart: the only one that their list holds. */
export function Component() {
  const [result, again] = useQuery({ query: MyChart })
  const own = result.data?.patients.edges[0]?.node
  if (own) return <ChartPage id={own.id} />
  return (
    <Page title={words.patient.own} tab={words.patient.own}>
      <Loaded result={result} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {() => <Empty title={words.patient.noneOfYours}>{words.patient.noneOfYoursAdvice}</Empty>}
      </Loaded>
    </Page>
  )
}
