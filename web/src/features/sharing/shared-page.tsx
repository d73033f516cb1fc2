import { Link } from 'react-router'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { EVERYTHING, usePages } from '../../lib/use-pages.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Shared = graphql(`
  query SharedPage_charts($first: Int!, $after: String) {
    sharedCharts(first: $first, after: $after) {
      edges {
        node {
          grantId
          patientId
          familyName
          givenName
          birthDate
          practice {
            id
            name
          }
          categories
          basis
          expiresAt
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
type Chart = ResultOf<typeof Shared>['sharedCharts']['edges'][number]['node']

const t = words.sharing.shared

const COLUMNS: readonly Column<Chart>[] = [
  {
    key: 'patient',
    head: t.columns.patient,
    width: 200,
    cell: ({ patientId, familyName, givenName }) => <Link to={`/patients/${patientId}`}>{words.patient.name(familyName, givenName)}</Link>,
  },
  { key: 'born', head: words.patient.born, width: 110, align: 'end', cell: ({ birthDate }) => birthDate && <OnDay day={birthDate} /> },
  { key: 'from', head: t.columns.from, width: 210, cell: ({ practice }) => <span title={practice.name}>{practice.name}</span> },
  {
    key: 'what',
    head: t.columns.what,
    width: 380,
    cell: ({ categories }) => <span title={words.sharing.list(categories)}>{words.sharing.list(categories)}</span>,
  },
  { key: 'why', head: t.columns.why, width: 160, cell: ({ basis }) => words.sharing.bases[basis] },
  { key: 'until', head: t.columns.until, width: 110, align: 'end', cell: ({ expiresAt }) => <At instant={expiresAt} /> },
]

/** Charts that other practices opened to this one, by name; each opens to what was shared of it. */
export function Component() {
  const pages = usePages(Shared, EVERYTHING, (data) => data.sharedCharts)
  return (
    <Page fill title={t.title} tab={t.title} answer={<p role="status">{pages.loadedAt > 0 && t.answer(pages.total)}</p>}>
      <PagedTable
        pages={pages}
        label={t.title}
        columns={COLUMNS}
        rowKey={({ grantId }) => grantId}
        empty={<Empty title={t.none}>{t.noneAdvice}</Empty>}
      />
    </Page>
  )
}
