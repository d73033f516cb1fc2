import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Work = graphql(`
  query CareWork_work {
    caseloadBalance {
      leadId
      leadName
      cases
      contacts
      reached
      openGaps
      overdue
      dataThrough
    }
  }
`)

const t = words.caseload

/** What care managers do for this practice: by lead, with the day until which there are records. */
export function CareWork() {
  const [result, again] = useQuery({ query: Work, requestPolicy: 'cache-and-network' })
  return (
    <Section title={t.work} note={t.workNote} aside={<Link to="/caseload">{t.title}</Link>}>
      <Loaded result={result} height={120} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ caseloadBalance }) => {
          const rows = caseloadBalance.filter(({ cases }) => cases > 0)
          if (rows.length === 0) return <p className="soft">{t.noWork}</p>
          return (
            <PlainTable
              label={t.work}
              head={t.workHead}
              rows={rows.map(({ leadId, leadName, cases, contacts, reached, openGaps, overdue, dataThrough }) => [
                <Link key="lead" to={leadId ? `/caseload?lead=${leadId}` : '/caseload?show=UNASSIGNED'}>
                  {leadName ?? t.nobody}
                </Link>,
                count(cases),
                t.contacts(contacts ?? 0, reached ?? 0),
                count(openGaps ?? 0),
                count(overdue),
                dataThrough && <OnDay key="through" day={dataThrough} />,
              ])}
            />
          )
        }}
      </Loaded>
    </Section>
  )
}
