import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf, shortDay } from '../../lib/dates.ts'
import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

const Add = graphql(`
  mutation AddToHuddle_add($input: AddToHuddleInput!) {
    addToHuddle(input: $input) {
      __typename
      ... on HuddleAdded {
        day
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Input = VariablesOf<typeof Add>['input']

const t = words.huddle
const AHEAD_MS = 14 * 86_400_000

/** Puts a patient on the practice's list, from wherever one looks at them. */
export function AddToHuddle({ patientId }: { patientId: string }) {
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  const [addedFor, setAddedFor] = useState<string | null>(null)
  if (!may('create', 'Huddle')) return null
  return (
    <span className="screenOnly">
      <Button icon="people" onClick={() => setAdding(true)}>
        {t.add}
      </Button>
      <span role="status">
        {addedFor && (
          <>
            {' '}
            {t.onList(shortDay(addedFor))} <Link to={`/huddle?day=${addedFor}`}>{t.open}</Link>
          </>
        )}
      </span>
      {isAdding && <AddDialog patientIds={[patientId]} onClose={() => setAdding(false)} onAdded={setAddedFor} />}
    </span>
  )
}

/** Asks why and for which day, and puts these people on the list. */
export function AddDialog(props: { patientIds: readonly string[]; onClose: () => void; onAdded: (day: string) => void }) {
  const { patientIds, onClose, onAdded } = props
  const { region } = useViewer()
  const dayIn = (ahead: number) => dayOf(new Date(Date.now() + ahead).toISOString(), region.timeZone)
  const [reason, setReason] = useState<Input['reason']>('OVERDUE')
  const [text, setText] = useState('')
  const [day, setDay] = useState(() => dayIn(0))
  const add = useAct(
    Add,
    (data) => data.addToHuddle,
    () => onAdded(day),
  )
  return (
    <Act
      title={patientIds.length > 1 ? t.addMany(patientIds.length) : t.addTitle}
      verb={t.add}
      act={() => add({ input: { patientIds: [...patientIds], reason, words: text, day } })}
      onClose={onClose}
    >
      <p className="soft">{t.addExplained}</p>
      <SelectField label={t.reason} value={reason} onChange={(event) => setReason(event.target.value as Input['reason'])}>
        {Object.entries(t.reasons).map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextAreaField
        label={t.words}
        hint={t.wordsHint}
        rows={2}
        maxLength={500}
        required={reason === 'OTHER'}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <TextField
        label={t.day}
        type="date"
        required
        min={dayIn(0)}
        max={dayIn(AHEAD_MS)}
        value={day}
        onChange={(event) => setDay(event.target.value)}
      />
    </Act>
  )
}
