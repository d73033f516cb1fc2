import { useState } from 'react'
import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import type { Case } from './case-parts.ts'

const Close = graphql(`
  mutation CloseCase_closeCase($input: CloseCaseInput!) {
    closeCase(input: $input) {
      __typename
      ... on CaseClosed {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Why = VariablesOf<typeof Close>['input']['as']

const t = words.caseload

/** Somebody leaves care management. */
export function CloseCase({
  of: { id, version, patient },
  name,
  onClose,
  onDone,
}: {
  of: Case
  name: string
  onClose: () => void
  onDone: () => void
}) {
  const [why, setWhy] = useState<Why>(patient?.deceased ? 'DIED' : 'GOALS_MET')
  const close = useAct(Close, (data) => data.closeCase, onDone)
  return (
    <Act title={t.closeOf(name)} verb={t.close} act={() => close({ input: { id, version, as: why } })} onClose={onClose}>
      <p>{t.closeExplained}</p>
      <SelectField label={t.why} value={why} onChange={(event) => setWhy(event.target.value as Why)}>
        {Object.entries(t.ends).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
    </Act>
  )
}
