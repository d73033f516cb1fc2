import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Section } from '../../ui/section.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { ConsentFacts } from './consent-facts.ts'
import { type Patient, RecordConsent } from './record-consent.tsx'
import { StateOf } from './state-of.tsx'

const End = graphql(`
  mutation ConsentList_endConsent($id: ID!) {
    endConsent(id: $id) {
      __typename
      ... on Consent {
        id
        isOpen
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.sharing.consent

/** What the patient agreed to, open ones first; to record one more and to revoke one. */
export function ConsentList({
  consents,
  patient,
  may,
  onChanged,
}: {
  consents: readonly ConsentFacts[]
  patient: Patient
  may: { record: boolean; recordSensitive: boolean; end: boolean }
  onChanged: () => void
}) {
  const [recording, setRecording] = useState(false)
  const [ending, setEnding] = useState<ConsentFacts | null>(null)
  const columns: Column<ConsentFacts>[] = [
    { key: 'what', head: t.columns.what, width: 214, cell: (one) => <span title={t.what(one)}>{t.what(one)}</span> },
    { key: 'to', head: t.columns.to, width: 160, cell: ({ recipient }) => <span title={recipient.name}>{recipient.name}</span> },
    { key: 'by', head: t.columns.by, width: 176, cell: (one) => <span title={t.by(one)}>{t.by(one)}</span> },
    { key: 'how', head: t.columns.how, width: 84, cell: ({ manner }) => t.manners[manner] },
    { key: 'on', head: t.columns.on, width: 80, align: 'end', cell: ({ givenOn }) => <OnDay day={givenOn} /> },
    { key: 'scope', head: t.columns.scope, width: 164, cell: ({ scope }) => <span title={scope}>{scope}</span> },
    {
      key: 'until',
      head: t.columns.until,
      width: 84,
      align: 'end',
      cell: ({ expiresAt }) => (expiresAt ? <At instant={expiresAt} /> : <span className="soft">{t.untilRevoked}</span>),
    },
    { key: 'state', head: t.columns.state, width: 112, cell: (one) => <StateOf {...one} /> },
    {
      key: 'actions',
      head: t.columns.actions,
      width: 104,
      cell: (one) =>
        may.end &&
        one.isOpen && (
          <Button look="quiet" aria-label={t.revokeOf(t.what(one))} onClick={() => setEnding(one)}>
            {t.revoke}
          </Button>
        ),
    },
    {
      key: 'recorded',
      head: t.columns.recorded,
      width: 150,
      cell: ({ recordedByName }) => <span title={recordedByName}>{recordedByName}</span>,
    },
  ]
  return (
    <Section
      title={t.title}
      note={t.note(consents.filter(({ isOpen }) => isOpen).length)}
      aside={
        may.record && (
          <Button icon="sign" onClick={() => setRecording(true)}>
            {t.record}
          </Button>
        )
      }
    >
      <DataTable
        label={t.title}
        columns={columns}
        rows={consents.toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen))}
        rowKey={({ id }) => id}
        empty={<Empty title={t.none}>{t.noneAdvice}</Empty>}
      />
      {recording && (
        <RecordConsent
          patient={patient}
          whats={may.recordSensitive ? ['PROGRAM', 'PART2', 'BEHAVIORAL'] : ['PROGRAM']}
          onClose={() => setRecording(false)}
          onDone={onChanged}
        />
      )}
      {ending && <RevokeConsent consent={ending} onClose={() => setEnding(null)} onDone={onChanged} />}
    </Section>
  )
}

function RevokeConsent({ consent, onClose, onDone }: { consent: ConsentFacts; onClose: () => void; onDone: () => void }) {
  const end = useAct(End, (data) => data.endConsent, onDone)
  const act = () => end({ id: consent.id })
  return (
    <Act title={t.revokeOf(t.what(consent))} verb={t.revoke} act={act} onClose={onClose}>
      <p>{t.revokeExplained(consent)}</p>
    </Act>
  )
}
