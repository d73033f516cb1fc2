import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Who = graphql(`
  query Audience_entries($patientId: ID!, $first: Int!, $after: String) {
    whoCanSee(patientId: $patientId, first: $first, after: $after) {
      edges {
        node {
          rule
          person
          role
          organization
          categories
          from
          until
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
type Entry = ResultOf<typeof Who>['whoCanSee']['edges'][number]['node']

const t = words.sharing.audience

const COLUMNS: readonly Column<Entry>[] = [
  { key: 'who', head: t.columns.who, width: 180, cell: ({ person }) => person ?? <span className="soft">{t.everybody}</span> },
  { key: 'at', head: t.columns.at, width: 200, cell: ({ organization }) => <span title={organization}>{organization}</span> },
  { key: 'role', head: t.columns.role, width: 170, cell: ({ role }) => role ?? <span className="soft">{t.whoseRole}</span> },
  { key: 'rule', head: t.columns.rule, width: 120, cell: ({ rule }) => t.rules[rule] },
  {
    key: 'what',
    head: t.columns.what,
    width: 250,
    cell: ({ categories }) =>
      categories ? <span title={words.sharing.list(categories)}>{words.sharing.list(categories)}</span> : t.allOfRole,
  },
  { key: 'from', head: t.columns.from, width: 84, align: 'end', cell: ({ from }) => <DayOrMoment at={from} /> },
  { key: 'until', head: t.columns.until, width: 120, align: 'end', cell: ({ until }) => <DayOrMoment at={until} /> },
]

const DayOrMoment = ({ at }: { at: string | null }) => (at === null ? null : at.length === 10 ? <OnDay day={at} /> : <At instant={at} />)

/** Everybody to whom this chart is open now, and by which rule: for the administrator of the practice that keeps it. */
export function Audience({ patientId }: { patientId: string }) {
  const pages = usePages(Who, { patientId }, (data) => data.whoCanSee, { size: 50 })
  return (
    <Section title={t.title} note={pages.loadedAt > 0 ? t.note(pages.total) : undefined}>
      <PagedTable
        pages={pages}
        height={180}
        label={t.title}
        columns={COLUMNS}
        rowKey={(entry) => [entry.rule, entry.person, entry.organization, entry.from].join(' ')}
        empty={<Empty title={t.none} />}
      />
    </Section>
  )
}
