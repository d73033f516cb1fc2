import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { RegisterSystem, RegisterSystem_role } from './register-system.tsx'
import { SystemFacts } from './system-facts.ts'
import { SystemPanel } from './system-panel.tsx'

const Systems = graphql(
  `
    query SystemsPage_systems {
      systems {
        ...SystemFacts
      }
      systemRoles {
        ...RegisterSystem_role
      }
    }
  `,
  [SystemFacts, RegisterSystem_role],
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
  const [result, ask] = useQuery({ query: Systems })
  const systems = result.data?.systems ?? []
  const open = address.get('open')
  const shown = systems.find((system) => system.id === open)
  return (
    <Page
      fill
      title={words.systems.title}
      tab={words.systems.title}
      answer={<p role="status">{result.data && words.systems.answer(systems.filter((system) => !system.endedAt).length)}</p>}
      action={
        <Button look="primary" onClick={() => address.set({ register: '1' })}>
          {words.systems.register}
        </Button>
      }
    >
      <BesidePanel panel={shown && <SystemPanel key={shown.id} system={shown} onClose={() => address.set({ open: null })} />}>
        <Loaded result={result} height="100%" retry={() => ask({ requestPolicy: 'network-only' })}>
          {() => (
            <DataTable
              label={words.systems.title}
              columns={COLUMNS}
              rows={systems}
              rowKey={(system) => system.id}
              opening={{
                openKey: open,
                to: (system) => address.with({ open: system.id }),
                open: (system) => address.set({ open: system.id }),
              }}
              empty={<Empty title={words.systems.none}>{words.systems.noneAdvice}</Empty>}
            />
          )}
        </Loaded>
      </BesidePanel>
      {address.get('register') && result.data && (
        <RegisterSystem
          roles={result.data.systemRoles}
          onClose={() => address.set({ register: null })}
          onRegistered={(id) => {
            address.set({ register: null, open: id })
            ask({ requestPolicy: 'network-only' })
          }}
        />
      )}
    </Page>
  )
}
