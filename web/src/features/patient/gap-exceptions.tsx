import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { shortDay } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

export const GapExceptions_gap = graphql(`
  fragment GapExceptions_gap on Gap {
    measure {
      id
      title
    }
    state
    exceptions {
      id
      reason
      words
      expiresOn
      recordedBy
      live
    }
  }
`)
const Document = graphql(`
  mutation GapExceptions_documentGapException($input: DocumentGapExceptionInput!) {
    documentGapException(input: $input) {
      __typename
      ... on GapException {
        id
        live
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Withdraw = graphql(`
  mutation GapExceptions_withdrawGapException($id: ID!) {
    withdrawGapException(id: $id) {
      __typename
      ... on GapException {
        id
        live
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Gap = ResultOf<typeof GapExceptions_gap>
type Exception = Gap['exceptions'][number]

const t = words.patient.exceptions

/** What clinicians documented beside a gap, and the way to do so. The gap stays as the measure counts it. */
export function GapExceptions({
  patientId,
  gap: masked,
  onChange,
}: {
  patientId: string
  gap: FragmentOf<typeof GapExceptions_gap>
  onChange: () => void
}) {
  const gap = readFragment(GapExceptions_gap, masked)
  const may = useMay()
  const [doing, setDoing] = useState<'document' | Exception | null>(null)
  const live = gap.exceptions.filter((one) => one.live)
  return (
    <>
      {live.map((one) => (
        <p key={one.id} className="small">
          {t.line(t.reasons[one.reason], one.words, shortDay(one.expiresOn), one.recordedBy)}{' '}
          {may('end', 'GapException') && (
            <Button look="quiet" onClick={() => setDoing(one)}>
              {t.withdraw}
            </Button>
          )}
        </p>
      ))}
      {gap.state === 'OPEN' && live.length === 0 && may('create', 'GapException') && (
        <span className="screenOnly">
          <Button look="quiet" onClick={() => setDoing('document')}>
            {t.document}
          </Button>
        </span>
      )}
      {doing === 'document' && <DocumentException patientId={patientId} gap={gap} onClose={() => setDoing(null)} onDone={onChange} />}
      {doing !== null && doing !== 'document' && <WithdrawException exception={doing} onClose={() => setDoing(null)} onDone={onChange} />}
    </>
  )
}

const IN_HALF_A_YEAR = 182 * 86_400_000

type Dialog = { onClose: () => void; onDone: () => void }

/** One dialog is one wish: pressing twice documents one exception. */
function DocumentException({ patientId, gap, onClose, onDone }: Dialog & { patientId: string; gap: Gap }) {
  const [key, setKey] = useState(newKey)
  const [form, setForm] = useState(() => ({
    reason: 'DECLINED' as Exception['reason'],
    words: '',
    expiresOn: new Date(Date.now() + IN_HALF_A_YEAR).toISOString().slice(0, 10),
  }))
  const send = useAct(Document, (data) => data.documentGapException, onDone)
  const act = () => send({ input: { ...form, patientId, measure: gap.measure.id, idempotencyKey: key } })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value })
      setKey(newKey())
    },
  })
  return (
    <Act title={t.title(gap.measure.title)} verb={t.document} act={act} onClose={onClose}>
      <p className="soft">{t.explained}</p>
      <SelectField label={t.reason} {...field('reason')}>
        {Object.entries(t.reasons).map(([reason, name]) => (
          <option key={reason} value={reason}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextAreaField label={t.words} rows={2} required maxLength={2000} {...field('words')} />
      <TextField label={t.until} type="date" required {...field('expiresOn')} />
    </Act>
  )
}

function WithdrawException({ exception, onClose, onDone }: Dialog & { exception: Exception }) {
  const withdraw = useAct(Withdraw, (data) => data.withdrawGapException, onDone)
  return (
    <Act title={t.withdrawTitle} verb={t.withdraw} act={() => withdraw({ id: exception.id })} onClose={onClose}>
      <p>{t.withdrawExplained}</p>
    </Act>
  )
}
