import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { MoreRows } from '../../ui/more-rows.tsx'
import { Problem } from '../../ui/problem.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { Section } from '../../ui/section.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { words } from '../../words/index.ts'
import { EndSignIn, isWaiting, StateOf } from '../patient/patient-sign-in.tsx'

const SignIns = graphql(`
  query PatientSignIns_patientSignIns($first: Int!, $after: String, $search: String) {
    patientSignIns(first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          patientId
          patientName
          signIn {
            id
            email
            state
            sentAt
            mailFailedAt
            expiresAt
            startsOn
            lastSignedInAt
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
type Row = ResultOf<typeof SignIns>['patientSignIns']['edges'][number]['node']

const t = words.people.patients

/** Patients who read their charts from home, and who were asked to: each can be ended here. */
export function PatientSignIns() {
  const may = useMay()
  const { search, field } = useSearch()
  const pages = usePages(SignIns, { search }, (data) => data.patientSignIns, { size: 50 })
  const [ending, setEnding] = useState<Row | null>(null)
  const columns: Column<Row>[] = [
    {
      key: 'patient',
      head: t.patient,
      width: 220,
      cell: ({ patientId, patientName }) => <Link to={`/patients/${patientId}`}>{patientName}</Link>,
    },
    { key: 'state', head: words.people.state, width: 460, cell: ({ signIn }) => <StateOf signIn={signIn} /> },
    {
      key: 'actions',
      head: words.people.columns.actions,
      width: 200,
      cell: (row) =>
        may('end', 'PatientSignIn') &&
        row.signIn.state !== 'REFUSED' &&
        row.signIn.state !== 'EXPIRED' && (
          <Button
            look="quiet"
            aria-label={(isWaiting(row.signIn) ? t.withdrawOf : t.endOf)(row.patientName)}
            onClick={() => setEnding(row)}
          >
            {isWaiting(row.signIn) ? words.people.withdraw : words.people.end}
          </Button>
        ),
    },
  ]
  return (
    <Section title={t.title}>
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      {pages.loadedAt === 0 ? (
        !pages.error && <Skeleton height={160} />
      ) : (
        <>
          <SearchField label={t.search} total={pages.total} {...field} />
          {pages.rows.length === 0 ? (
            <p className="soft">{search === null ? t.none : t.nobodyFits}</p>
          ) : (
            <DataTable label={t.title} columns={columns} rows={pages.rows} rowKey={({ id }) => id} />
          )}
          <MoreRows shown={pages.rows.length} total={pages.total} fetching={pages.fetching} more={pages.more} />
        </>
      )}
      {ending && (
        <EndSignIn
          signIn={ending.signIn}
          patient={{ id: ending.patientId, name: ending.patientName }}
          onClose={() => setEnding(null)}
          onDone={pages.refresh}
        />
      )}
    </Section>
  )
}
