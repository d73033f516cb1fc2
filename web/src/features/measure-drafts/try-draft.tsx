import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { THIS_YEAR, YearSelect } from '../../ui/year-select.tsx'
import { words } from '../../words/index.ts'

const Try = graphql(`
  mutation TryDraft_try($input: TryDraftInput!) {
    tryMeasureDraft(input: $input) {
      __typename
      ... on DraftTrial {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.drafts

/** Tries the saved text over a year on a random sample of charts. */
export function TryDraft({ draft, onClose, onDone }: { draft: { id: string; version: number }; onClose: () => void; onDone: () => void }) {
  const [year, setYear] = useState(THIS_YEAR)
  const attempt = useAct(Try, (data) => data.tryMeasureDraft, onDone)
  const input = { id: draft.id, version: draft.version, period: { start: `${year}-01-01`, end: `${year}-12-31` } }
  return (
    <Act title={t.tryTitle} verb={t.try} act={() => attempt({ input: { ...input, idempotencyKey: newKey() } })} onClose={onClose}>
      <p className="soft">{t.tryExplained}</p>
      <YearSelect year={year} onChoose={setYear} />
    </Act>
  )
}
