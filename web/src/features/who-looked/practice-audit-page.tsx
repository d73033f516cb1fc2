import { use, useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { AuditFilters, useAuditFilter } from './audit-filters.tsx'
import { AuditList, AuditSentence } from './audit-list.tsx'

const Readers = graphql(`
  query PracticeAudit_readers($practiceId: ID!) {
    recordReaders(practiceId: $practiceId) {
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
`)

/** One page for one practice, or one chart of it: who could read, who did, and why. */
export function Component() {
  const { id = '' } = useParams()
  const address = useAddress()
  const [chart, setChart] = useState(address.get('patient') ?? '')
  const { filter, days, isNarrow } = useAuditFilter(use(TimeZoneContext))
  const [result] = useQuery({ query: Readers, variables: { practiceId: id } })
  const here = { ...filter, practiceId: id }
  return (
    <Page title={words.audit.onePractice} tab={words.audit.onePractice} answer={<AuditSentence filter={here} days={days} />}>
      <Section title={words.audit.whoCould} note={words.audit.whoCouldNote}>
        <Loaded result={result} height={200}>
          {({ recordReaders }) => (
            <PlainTable
              label={words.audit.whoCould}
              head={words.audit.readerHead}
              rows={recordReaders.map(({ actor, basis, from, until, opens }) => [
                <code key="who" title={actor.userId ?? ''}>
                  {actor.userId?.slice(-12)}
                </code>,
                actor.title,
                words.audit.bases[basis] ?? basis,
                <OnDay key="from" day={from} />,
                until ? <OnDay key="until" day={until} /> : '',
                opens.map((one) => words.audit.subjects[one] ?? one).join(', '),
              ])}
            />
          )}
        </Loaded>
      </Section>
      <Section title={words.audit.whoDid}>
        <form
          className="screenOnly"
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
