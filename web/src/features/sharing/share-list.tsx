import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ConsentFacts } from './consent-facts.ts'
import { ShareChart } from './share-chart.tsx'
import type { ShareFacts } from './share-facts.ts'
import { StateOf } from './state-of.tsx'

const End = graphql(`
  mutation ShareList_endShareGrant($id: ID!) {
    endShareGrant(id: $id) {
      __typename
      ... on ShareGrant {
        id
        isOpen
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.sharing.grant

/** With whom this chart is and was shared; to share it, and to end that at once. */
export function ShareList({
  grants,
  consents,
  patientId,
  mayShare,
  onChanged,
}: {
  grants: readonly ShareFacts[]
  consents: readonly ConsentFacts[]
  patientId: string
  mayShare: boolean
  onChanged: () => void
}) {
  const [sharing, setSharing] = useState(false)
  const [ending, setEnding] = useState<ShareFacts | null>(null)
  const columns: Column<ShareFacts>[] = [
    { key: 'to', head: t.columns.to, width: 190, cell: ({ recipient }) => <span title={recipient.name}>{recipient.name}</span> },
    {
      key: 'what',
      head: t.columns.what,
      width: 250,
      cell: ({ categories }) => <span title={words.sharing.list(categories)}>{words.sharing.list(categories)}</span>,
    },
    { key: 'why', head: t.columns.why, width: 130, cell: ({ basis }) => words.sharing.bases[basis] },
    { key: 'by', head: t.columns.by, width: 150, cell: ({ grantedByName }) => <span title={grantedByName}>{grantedByName}</span> },
    { key: 'since', head: t.columns.since, width: 84, align: 'end', cell: ({ grantedAt }) => <At instant={grantedAt} /> },
    { key: 'until', head: t.columns.until, width: 104, align: 'end', cell: ({ expiresAt }) => <At instant={expiresAt} /> },
    { key: 'state', head: t.columns.state, width: 112, cell: (one) => <StateOf {...one} /> },
    {
      key: 'actions',
      head: t.columns.actions,
      width: 140,
      cell: (one) =>
        mayShare &&
        one.isOpen && (
          <Button look="quiet" aria-label={t.endOf(one.recipient.name)} onClick={() => setEnding(one)}>
            {t.end}
          </Button>
        ),
    },
  ]
  return (
    <Section
      title={t.title}
      note={t.note(grants.filter(({ isOpen }) => isOpen).length)}
      aside={
        mayShare && (
          <Button icon="share" onClick={() => setSharing(true)}>
            {t.share}
          </Button>
        )
      }
    >
      <DataTable
        label={t.title}
        columns={columns}
        rows={grants.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))}
        rowKey={({ id }) => id}
        empty={<Empty title={t.none}>{t.noneAdvice}</Empty>}
      />
      {sharing && <ShareChart patientId={patientId} consents={consents} onClose={() => setSharing(false)} onDone={onChanged} />}
      {ending && <EndShare grant={ending} onClose={() => setEnding(null)} onDone={onChanged} />}
    </Section>
  )
}

function EndShare({ grant, onClose, onDone }: { grant: ShareFacts; onClose: () => void; onDone: () => void }) {
  const end = useAct(End, (data) => data.endShareGrant, onDone)
  const act = () => end({ id: grant.id })
  return (
    <Act title={t.endOf(grant.recipient.name)} verb={t.end} act={act} onClose={onClose}>
      <p>{t.endExplained(grant.recipient.name)}</p>
    </Act>
  )
}
