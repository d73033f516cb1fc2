import { useState } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { Covers } from './covers.tsx'
import { Cover, Leave } from './leave-parts.ts'
import { Leaves } from './leaves.tsx'
import { RequestLeave } from './request-leave.tsx'

const All = graphql(
  `
    query LeavePage_leaves {
      leaves(first: 100) {
        totalCount
        edges {
          node {
            ...Leave
          }
        }
      }
      covers(first: 100) {
        edges {
          node {
            ...Cover
          }
        }
      }
    }
  `,
  [Leave, Cover],
)

/** Who is away, who covers, and what is handed over: of the region for whoever allocates, else the own. */
export function Component() {
  const [result, again] = useQuery({ query: All, requestPolicy: 'cache-and-network' })
  const [asking, setAsking] = useState(false)
  const { membership } = useViewer()
  const allocates = useMay()('create', 'Cover')
  const text = words.leave
  const refresh = () => again({ requestPolicy: 'network-only' })
  const leaves = result.data?.leaves.edges.map(({ node }) => node) ?? []
  const covers = result.data?.covers.edges.map(({ node }) => node) ?? []
  const answer = allocates
    ? text.answer(leaves.length, new Set(leaves.flatMap(({ uncovered }) => uncovered.map(({ id }) => id))).size)
    : text.own(covers.filter(({ membershipId, state }) => membershipId === membership.id && state === 'PROPOSED').length)
  return (
    <Page
      title={text.title}
      tab={text.title}
      answer={result.data && <p className="soft">{answer}</p>}
      action={
        <Button look="primary" onClick={() => setAsking(true)}>
          {allocates ? text.enter : text.request}
        </Button>
      }
    >
      <Loaded result={result} height={320} retry={refresh}>
        {() => (
          <>
            <Leaves leaves={leaves} onChanged={refresh} />
            <Covers covers={covers} onChanged={refresh} />
          </>
        )}
      </Loaded>
      {asking && <RequestLeave onClose={() => setAsking(false)} onDone={refresh} />}
    </Page>
  )
}
