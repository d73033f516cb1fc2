import { useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Check } from '../../ui/choices.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const Record = graphql(`
  mutation RecordTraining_recordTraining($input: RecordTrainingInput!) {
    recordTraining(input: $input) {
      __typename
      ... on SharedStaff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const text = words.workforce
type Kind = keyof typeof text.trainingKinds

/** What somebody learned or showed, a case review, or a step of the curriculum that is to be done. */
export function RecordTraining({ staffId, onClose, onDone }: { staffId: string; onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const [kind, setKind] = useState<Kind>('EDUCATION')
  const [title, setTitle] = useState('')
  const [day, setDay] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const [done, setDone] = useState(true)
  const [length, setLength] = useState('1')
  const record = useAct(Record, (data) => data.recordTraining, onDone)
  const act = () => record({ input: { staffId, kind, title, day, done, minutes: Math.round(Number(length) * 60) } })
  return (
    <Act title={text.recordTraining} verb={text.recordTraining} act={act} onClose={onClose}>
      <SelectField label={text.kind} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        {(Object.keys(text.trainingKinds) as Kind[]).map((one) => (
          <option key={one} value={one}>
            {text.trainingKinds[one]}
          </option>
        ))}
      </SelectField>
      <TextField
        label={text.titleOf}
        hint={text.trainingTitleHint}
        required
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextField label={text.day} type="date" required value={day} onChange={(event) => setDay(event.target.value)} />
      {kind === 'CURRICULUM' && <Check label={text.done} checked={done} onChange={setDone} />}
      <TextField
        label={text.length}
        type="number"
        required
        min={0}
        max={100}
        step={0.25}
        value={length}
        onChange={(event) => setLength(event.target.value)}
      />
    </Act>
  )
}
