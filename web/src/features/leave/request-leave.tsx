import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField, useChoice } from '../../ui/choice-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { Staff } from '../workforce/choose-staff.ts'

const Request = graphql(`
  mutation RequestLeave_requestLeave($input: RequestLeaveInput!) {
    requestLeave(input: $input) {
      __typename
      ... on StaffLeave {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const text = words.leave
type Kind = keyof typeof text.kinds

/** Leave from a day, or an hour of it, until another: the own, or somebody's for whoever allocates. */
export function RequestLeave({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const allocates = useMay()('create', 'Cover')
  const today = dayOf(new Date().toISOString(), region.timeZone)
  const who = useChoice(Staff, (data) => data.sharedStaff)
  const [kind, setKind] = useState<Kind>('VACATION')
  const [fromDay, setFromDay] = useState(today)
  const [fromTime, setFromTime] = useState('')
  const [untilDay, setUntilDay] = useState(today)
  const [untilTime, setUntilTime] = useState('')
  const request = useAct(Request, (data) => data.requestLeave, onDone)
  const times = { fromTime: fromTime || null, untilTime: untilTime || null }
  const act = () => request({ input: { staffId: allocates ? who.chosen : null, kind, fromDay, untilDay, ...times } })
  const verb = allocates ? text.enter : text.request
  return (
    <Act title={verb} verb={verb} act={act} onClose={onClose}>
      {allocates && (
        <ChoiceField label={text.who} search={text.findWho} choice={who} onChange={(event) => who.choose(event.target.value)} />
      )}
      <SelectField label={text.kind} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
        {(Object.keys(text.kinds) as Kind[]).map((one) => (
          <option key={one} value={one}>
            {text.kinds[one]}
          </option>
        ))}
      </SelectField>
      <TextField label={text.fromDay} type="date" required value={fromDay} onChange={(event) => setFromDay(event.target.value)} />
      <TextField
        label={text.fromTime}
        hint={text.timeHint}
        type="time"
        value={fromTime}
        onChange={(event) => setFromTime(event.target.value)}
      />
      <TextField label={text.untilDay} type="date" required value={untilDay} onChange={(event) => setUntilDay(event.target.value)} />
      <TextField label={text.untilTime} type="time" value={untilTime} onChange={(event) => setUntilTime(event.target.value)} />
    </Act>
  )
}
