import { useNavigate } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { EVERYTHING, usePages } from '../../lib/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Page } from '../../ui/page.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { BesidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { BreakGlass } from './break-glass.tsx'
import { EmergencyFacts } from './emergency-facts.ts'
import { EmergencyPanel } from './emergency-panel.tsx'
import { EmergencyState } from './emergency-state.tsx'

const Emergencies = graphql(
  `
    query EmergenciesPage_list($first: Int!, $after: String) {
      emergencies(first: $first, after: $after) {
        edges {
          node {
            ...EmergencyFacts
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `,
  [EmergencyFacts],
)

const t = words.sharing.emergency

const COLUMNS: readonly Column<EmergencyFacts>[] = [
  { key: 'when', head: t.columns.when, width: 124, cell: ({ openedAt }) => <At instant={openedAt} clock /> },
  { key: 'state', head: t.columns.state, width: 230, cell: (one) => <EmergencyState emergency={one} /> },
  { key: 'who', head: t.columns.who, width: 150, cell: ({ userName }) => <span title={userName}>{userName}</span> },
  { key: 'at', head: t.columns.at, width: 190, cell: ({ organization }) => <span title={organization.name}>{organization.name}</span> },
  {
    key: 'chart',
    head: t.columns.chart,
    width: 190,
    cell: (one) => one.patientName ?? <span className="soft">{t.chartOf(one.practice.name)}</span>,
  },
  { key: 'reason', head: t.columns.reason, width: 240, cell: ({ reason }) => <span title={reason}>{reason}</span> },
]

/**
 * Charts opened in an emergency: of the own practice for its administrator, who may contest each; else the own ones. Here the glass is
 * broken, too.
 */
export function Component() {
  const address = useAddress()
  const navigate = useNavigate()
  const oversees = useMay()('update', 'EmergencyAccess')
  const pages = usePages(Emergencies, EVERYTHING, (data) => data.emergencies)
  const open = address.get('open')
  const shown = pages.rows.find(({ id }) => id === open)
  return (
    <Page
      fill
      title={t.title}
      tab={t.title}
      answer={<p role="status">{pages.loadedAt > 0 && (oversees ? t.answer : t.ownAnswer)(pages.total, pages.rows)}</p>}
      action={
        <Button icon="alert" onClick={() => address.set({ break: '1' })}>
          {t.breakGlass}
        </Button>
      }
    >
      <BesidePanel
        panel={
          shown && <EmergencyPanel key={shown.id} emergency={shown} onClose={() => address.set({ open: null })} onChanged={pages.refresh} />
        }
      >
        <PagedTable
          pages={pages}
          label={t.title}
          columns={COLUMNS}
          rowKey={({ id }) => id}
          opening={{ openKey: open, to: ({ id }) => address.with({ open: id }), open: ({ id }) => address.set({ open: id }) }}
          empty={<Empty title={t.none}>{oversees ? t.noneAdvice : t.noneOwnAdvice}</Empty>}
        />
      </BesidePanel>
      {address.get('break') && (
        <BreakGlass onClose={() => address.set({ break: null })} onOpened={(patientId) => void navigate(`/patients/${patientId}`)} />
      )}
    </Page>
  )
}
