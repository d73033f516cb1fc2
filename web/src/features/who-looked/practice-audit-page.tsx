import { use, useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { usePages } from '../../lib/use-pages.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { AuditFilters, useAuditFilter } from './audit-filters.tsx'
import { AuditList, AuditSentence } from './audit-list.tsx'
import styles from './who-looked.module.css'

const Chains = graphql(`
  query PracticeAudit_practice {
    auditChains {
      practice {
        id
        name
      }
    }
  }
`)
const Readers = graphql(`
  query PracticeAudit_readers($practiceId: ID!, $first: Int!, $after: String) {
    recordReaders(practiceId: $practiceId, first: $first, after: $after) {
      edges {
        node {
          actor {
            userId
            membershipId
            title
          }
          basis
          from
          until
          opens
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`)

type Reader = ResultOf<typeof Readers>['recordReaders']['edges'][number]['node']

const COLUMNS: readonly Column<Reader>[] = [
  {
    key: 'who',
    head: words.audit.columns.who,
    width: 150,
    cell: ({ actor }) => <code title={actor.userId ?? ''}>{actor.userId?.slice(-12)}</code>,
  },
  { key: 'role', head: words.audit.columns.role, width: 190, cell: ({ actor }) => actor.title },
  { key: 'rule', head: words.audit.readerColumns.rule, width: 130, cell: ({ basis }) => words.audit.bases[basis] ?? basis },
  { key: 'since', head: words.audit.readerColumns.since, width: 110, align: 'end', cell: ({ from }) => <OnDay day={from} /> },
  { key: 'until', head: words.audit.readerColumns.until, width: 110, align: 'end', cell: ({ until }) => until && <OnDay day={until} /> },
  {
    key: 'opens',
    head: words.audit.readerColumns.opens,
    width: 430,
    cell: ({ opens }) => opens.map((one) => words.audit.subjects[one] ?? one).join(', '),
  },
]

/** One page for one practice, or one chart of it: who could read, who did, and why. */
export function Component() {
  const { id = '' } = useParams()
  const address = useAddress()
  const [chart, setChart] = useState(address.get('patient') ?? '')
  const { filter, days, isNarrow } = useAuditFilter(use(TimeZoneContext))
  const [result] = useQuery({ query: Chains })
  const readers = usePages(Readers, { practiceId: id }, (data) => data.recordReaders, { size: 50 })
  const practice = result.data?.auditChains.find((chain) => chain.practice?.id === id)?.practice
  const here = { ...filter, practiceId: id }
  return (
    <Page
      title={words.audit.onePractice}
      tab={words.audit.onePractice}
      answer={
        <>
          {practice && <p className="strong">{words.audit.atPractice(practice.name)}</p>}
          <AuditSentence filter={here} days={days} />
        </>
      }
    >
      <Section title={words.audit.whoCould} note={words.audit.whoCouldNote}>
        <PagedTable
          pages={readers}
          height={200}
          label={words.audit.whoCould}
          columns={COLUMNS}
          rowKey={({ actor, basis, from }) => `${actor.membershipId} ${basis} ${from}`}
          empty={<Empty title={words.audit.noMatch} />}
        />
      </Section>
      <Section title={words.audit.whoDid}>
        <form
          className={`${styles['chart']} screenOnly`}
          onSubmit={(event) => {
            event.preventDefault()
            address.set({ patient: chart.trim() })
          }}
        >
          <TextField
            label={words.audit.chartId}
            hint={words.audit.chartIdHint}
            value={chart}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setChart(event.target.value)}
          />
        </form>
        <AuditFilters days={days} />
        <AuditList filter={here} reader="auditor" isNarrow={isNarrow} />
      </Section>
    </Page>
  )
}
