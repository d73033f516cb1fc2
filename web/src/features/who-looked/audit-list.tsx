import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { auditColumns } from './audit-columns.tsx'
import { type AuditFilter, useAuditPages } from './use-audit-pages.ts'
import { useAddress } from '../../lib/address.ts'

const Summary = graphql(`
  query WhoLooked_summary($filter: AuditFilter) {
    auditSummary(filter: $filter) {
      people
      charts
      refused
      emergencies
      events
    }
  }
`)

/** "23 people looked at 412 charts in the last 30 days; 2 were refused; 1 emergency access." */
export function AuditSentence({ filter, days }: { filter: AuditFilter; days: number }) {
  const { outcome: _outcome, purpose: _purpose, subject: _subject, ...whose } = filter
  const [{ data }] = useQuery({ query: Summary, variables: { filter: whose }, requestPolicy: 'network-only' })
  return <p role="status">{data ? words.audit.answer(data.auditSummary, days) : words.states.loading}</p>
}

export function AuditList({ filter, reader, isNarrow }: { filter: AuditFilter; reader: 'practice' | 'auditor'; isNarrow: boolean }) {
  const address = useAddress()
  const pages = useAuditPages(filter, reader === 'practice')
  if (pages.error && pages.rows.length === 0) return <Problem error={pages.error} retry={pages.retry} />
  if (pages.fetching && pages.rows.length === 0) return <Skeleton height="100%" />
  return (
    <>
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale />}
      <DataTable
        label={words.audit.title}
        columns={auditColumns(reader)}
        rows={pages.rows}
        rowKey={(row) => row.id}
        onNearEnd={pages.more}
        empty={
          <Empty
            title={isNarrow ? words.audit.noMatch : words.audit.none}
            action={
              isNarrow && (
                <Button onClick={() => address.set({ outcome: null, why: null, what: null, patient: null })}>{words.audit.clear}</Button>
              )
            }
          >
            {isNarrow ? words.audit.noMatchAdvice : words.audit.noneAdvice}
          </Empty>
        }
      />
    </>
  )
}
