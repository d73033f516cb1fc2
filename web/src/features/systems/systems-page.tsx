import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { Problem } from '../../ui/problem.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { RegisterSystem, RegisterSystem_role } from './register-system.tsx'
import { SystemFacts } from './system-facts.ts'
import { SystemPanel } from './system-panel.tsx'

const Systems = graphql(
  `
    query SystemsPage_systems($first: Int!, $after: String, $search: String) {
      systems(first: $first, after: $after, search: $search) {
        totalCount
        edges {
          node {
            ...SystemFacts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [SystemFacts],
)
const Roles = graphql(
  `
    query SystemsPage_systemRoles {
      systemRoles {
        ...RegisterSystem_role
      }
      live: systems(first: 1, ended: false) {
        totalCount
      }
    }
  `,
  [RegisterSystem_role],
)

const COLUMNS: readonly Column<SystemFacts>[] = [
  { key: 'name', head: words.systems.columns.name, width: 220, cell: (system) => system.name },
  { key: 'organization', head: words.systems.columns.organization, width: 220, cell: (system) => system.organization.name },
  { key: 'role', head: words.systems.columns.role, width: 140, cell: (system) => words.roles[system.role] ?? system.role },
  {
    key: 'state',
    head: words.systems.columns.state,
    width: 110,
    cell: (system) => (system.endedAt ? words.systems.ended : words.systems.live),
  },
  {
    key: 'last',
    head: words.systems.columns.lastToken,
    width: 150,
    align: 'end',
    cell: (system) =>
      system.lastTokenAt ? <At instant={system.lastTokenAt} clock /> : <span className="soft">{words.systems.never}</span>,
  },
]

/** Programs of payers and practices that sign in with a key of their own: who has one, when it last came, and how to end it. */
export function Component() {
  const address = useAddress()
  const { search, field } = useSearch()
  const pages = usePages(Systems, { search }, (data) => data.systems)
  const [{ data: about }, ask] = useQuery({ query: Roles })
  const refresh = () => {
    pages.refresh()
    ask({ requestPolicy: 'network-only' })
  }
  const open = address.get('open')
  const shown = pages.rows.find((system) => system.id === open)
  return (
    <Page
      fill
      title={words.systems.title}
      tab={words.systems.title}
      answer={<p role="status">{about && words.systems.answer(about.live.totalCount)}</p>}
      action={
        <Button look="primary" onClick={() => address.set({ register: '1' })}>
          {words.systems.register}
        </Button>
      }
    >
      <SearchField label={words.systems.search} total={pages.total} {...field} />
      {pages.error && <Problem error={pages.error} retry={pages.retry} stale={pages.rows.length > 0} />}
      <BesidePanel
        panel={shown && <SystemPanel key={shown.id} system={shown} onEnded={refresh} onClose={() => address.set({ open: null })} />}
      >
        {pages.loadedAt === 0 ? (
          !pages.error && <Skeleton height="100%" />
        ) : (
          <DataTable
            label={words.systems.title}
            columns={COLUMNS}
            rows={pages.rows}
            total={pages.total}
            onNearEnd={pages.more}
            rowKey={(system) => system.id}
            opening={{
              openKey: open,
              to: (system) => address.with({ open: system.id }),
              open: (system) => address.set({ open: system.id }),
            }}
            empty={
              search !== null ? (
                <Empty title={words.systems.noneFits}>{words.systems.noneFitsAdvice}</Empty>
              ) : (
                <Empty title={words.systems.none}>{words.systems.noneAdvice}</Empty>
              )
            }
          />
        )}
      </BesidePanel>
      {address.get('register') && about && (
        <RegisterSystem
          roles={about.systemRoles}
          onClose={() => address.set({ register: null })}
          onRegistered={(id) => {
            address.set({ register: null, open: id })
            refresh()
          }}
        />
      )}
    </Page>
  )
}
