import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Chains = graphql(`
  query ChainsPage_chains {
    auditChains {
      practice {
        id
        name
      }
      sealed
      waiting
      sealedUntil
    }
  }
`)

type Chain = ResultOf<typeof Chains>['auditChains'][number]

const COLUMNS: readonly Column<Chain>[] = [
  {
    key: 'practice',
    head: words.audit.columns.practice,
    width: 280,
    cell: ({ practice }) => (practice ? <Link to={`/practices/${practice.id}`}>{practice.name}</Link> : words.audit.noPractice),
  },
  { key: 'sealed', head: words.audit.columns.sealed, width: 120, align: 'end', cell: ({ sealed }) => count(sealed) },
  { key: 'waiting', head: words.audit.columns.waiting, width: 120, align: 'end', cell: ({ waiting }) => count(waiting) },
  {
    key: 'until',
    head: words.audit.columns.until,
    width: 160,
    align: 'end',
    cell: ({ sealedUntil }) => sealedUntil && <At instant={sealedUntil} clock />,
  },
]

/** How far the region's audit is sealed, practice by practice. */
export function Component() {
  const [result, again] = useQuery({ query: Chains, requestPolicy: 'network-only' })
  const chains = result.data?.auditChains ?? []
  const waiting = chains.reduce((sum, chain) => sum + chain.waiting, 0)
  return (
    <Page
      fill
      title={words.audit.sealsTitle}
      tab={words.audit.sealsTitle}
      answer={<p role="status">{result.data ? words.audit.sealsAnswer(chains.length, waiting) : words.states.loading}</p>}
    >
      <Loaded result={result} height="100%" retry={() => again({ requestPolicy: 'network-only' })}>
        {({ auditChains }) => (
          <DataTable
            label={words.audit.sealsTitle}
            columns={COLUMNS}
            rows={auditChains}
            rowKey={({ practice }) => practice?.id ?? ''}
            empty={<Empty title={words.audit.none}>{words.audit.noneAdvice}</Empty>}
          />
        )}
      </Loaded>
    </Page>
  )
}
