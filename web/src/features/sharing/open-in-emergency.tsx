import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { TextAreaField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'

const Open = graphql(`
  mutation OpenInEmergency_openInEmergency($patientId: ID!, $reason: String!) {
    openInEmergency(patientId: $patientId, reason: $reason) {
      __typename
      ... on EmergencyAccess {
        id
        isOpen
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.sharing.emergency

/** Opens the protected records of a chart in the own reach. It says the same whether there are any or not. */
export function OpenInEmergency({ patientId, onClose, onDone }: { patientId: string; onClose: () => void; onDone: () => void }) {
  const [reason, setReason] = useState('')
  const open = useAct(Open, (data) => data.openInEmergency, onDone)
  const act = () => open({ patientId, reason })
  return (
    <Act title={t.openProtected} verb={t.openVerb} act={act} onClose={onClose}>
      <Notice tone="warn" title={t.warning}>
        <p>{t.protectedExplained}</p>
      </Notice>
      <TextAreaField
        label={t.reason}
        hint={t.reasonHint}
        required
        minLength={10}
        maxLength={2000}
        rows={3}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Act>
  )
}
