import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Coverage, type Covered, CoverageMap } from './coverage-map.tsx'
import { Expiry } from './expiry.tsx'
import { ScopeOfPractice } from './scope-of-practice.tsx'
import { StaffFacts } from './staff-parts.ts'
import { TravelTimes } from './travel-times.tsx'
import { WorkforceAlarms } from './workforce-alarms.tsx'

const Week = graphql(
  `
    query WorkforcePage_coverage {
      workforceCoverage {
        ...Coverage
      }
      sharedStaff(first: 1) {
        totalCount
      }
    }
  `,
  [Coverage],
)
const Staff = graphql(
  `
    query WorkforcePage_sharedStaff($first: Int!, $after: String, $search: String) {
      sharedStaff(first: $first, after: $after, search: $search) {
        totalCount
        edges {
          node {
            ...StaffFacts
            assignments {
              id
              practice {
                name
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [StaffFacts],
)

/** Is staff where the need is, and may they work: alarms, who is where, and the people. */
export function Component() {
  const [week, again] = useQuery({ query: Week })
  const { search, field } = useSearch()
  const may = useMay()
  const staff = usePages(Staff, { search }, (data) => data.sharedStaff, { size: 25 })
  const text = words.workforce
  const practices: readonly Covered[] = week.data?.workforceCoverage ?? []
  const without = practices.filter(({ weeklyMinutes, withoutHours }) => weeklyMinutes === 0 && withoutHours.length === 0)
  return (
    <Page
      title={text.title}
      tab={text.title}
      answer={week.data && <p className="soft">{text.answer(week.data.sharedStaff.totalCount, practices.length, without.length)}</p>}
    >
      <Loaded result={week} height={320} retry={() => again({ requestPolicy: 'network-only' })}>
        {() => (
          <>
            <WorkforceAlarms practices={practices} />
            <Section title={text.coverage} note={text.coverageNote}>
              <CoverageMap practices={practices} />
            </Section>
          </>
        )}
      </Loaded>
      <Section title={text.people}>
        <SearchField label={text.search} total={staff.total} {...field} />
        <PagedTable
          label={text.people}
          pages={staff}
          height={240}
          columns={columns}
          rowKey={({ id }) => id}
          empty={<Empty title={text.none}>{text.noneAdvice}</Empty>}
        />
      </Section>
      {may('read', 'Staff') && <ScopeOfPractice />}
      {may('update', 'Staff') && <TravelTimes />}
    </Page>
  )
}

type Person = StaffFacts & { readonly assignments: readonly { readonly practice: { readonly name: string } }[] }

const text = words.workforce
const columns: Column<Person>[] = [
  { key: 'name', head: text.columns.name, width: 160, cell: ({ id, name }) => <Link to={`/workforce/${id}`}>{name}</Link> },
  {
    key: 'discipline',
    head: text.columns.discipline,
    width: 190,
    cell: ({ discipline }) => (discipline ? text.disciplines[discipline] : <span className="soft">{text.notRecorded}</span>),
  },
  {
    key: 'week',
    head: text.columns.week,
    width: 90,
    align: 'end',
    cell: ({ weeklyMinutes }) => (weeklyMinutes === null ? '' : text.hours(weeklyMinutes)),
  },
  { key: 'base', head: text.columns.base, width: 120, cell: ({ homeBase }) => homeBase },
  { key: 'languages', head: text.columns.languages, width: 90, cell: ({ languages }) => languages.join(', ') },
  {
    key: 'credential',
    head: text.columns.credential,
    width: 280,
    cell: ({ credentials }) => credentials[0] && <Expiry credential={credentials[0]} />,
  },
  {
    key: 'practices',
    head: text.columns.practices,
    width: 250,
    cell: ({ assignments }) => [...new Set(assignments.map(({ practice }) => practice.name))].join(', '),
  },
]
