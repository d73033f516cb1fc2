import { useState } from 'react'
import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const Record = graphql(`
  mutation RecordValue_recordValue($input: RecordValueInput!) {
    recordValue(input: $input) {
      __typename
      ... on RecordedValue {
        reference
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Kind = VariablesOf<typeof Record>['input']['kind']

const t = words.patient.typed
/** By local clock: what was measured this evening is of today. */
const today = (): string => new Date().toLocaleDateString('en-CA')

/** A value that was measured here, typed in. One dialog is one value: pressing twice records it once. */
export function RecordValue({ patientId, onClose, onDone }: { patientId: string; onClose: () => void; onDone: () => void }) {
  const [key, setKey] = useState(newKey)
  const [form, setForm] = useState({ kind: 'BLOOD_PRESSURE' as Kind, value: '', second: '', on: today() })
  const send = useAct(Record, (data) => data.recordValue, onDone)
  const isPair = form.kind === 'BLOOD_PRESSURE'
  const act = () =>
    send({
      input: {
        ...{ patientId, kind: form.kind, on: form.on, idempotencyKey: key },
        ...{ value: Number(form.value), second: isPair ? Number(form.second) : null },
      },
    })
  const change = (next: Partial<typeof form>) => {
    setForm({ ...form, ...next })
    setKey(newKey())
  }
  const number = (name: 'value' | 'second', label: string) => (
    <TextField
      label={label}
      type="number"
      inputMode="decimal"
      step={form.kind === 'A1C' ? 0.1 : 1}
      min={0}
      required
      value={form[name]}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  )
  return (
    <Act title={t.title} verb={t.verb} act={act} onClose={onClose}>
      <p className="soft">{t.explained}</p>
      <SelectField
        label={t.kind}
        value={form.kind}
        onChange={(event) => change({ kind: event.target.value as Kind, value: '', second: '' })}
      >
        {Object.entries(t.kinds).map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </SelectField>
      {number('value', t.values[form.kind])}
      {isPair && number('second', t.diastolic)}
      <TextField label={t.on} type="date" required max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />
    </Act>
  )
}
