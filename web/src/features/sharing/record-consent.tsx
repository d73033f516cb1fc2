import { use, useState } from 'react'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { useCareOrganization } from './care-organizations.ts'

const Record = graphql(`
  mutation RecordConsent_recordConsent($input: RecordConsentInput!) {
    recordConsent(input: $input) {
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

export type Patient = { id: string; name: string }
export type What = 'PROGRAM' | 'PART2' | 'BEHAVIORAL'

const t = words.sharing.consent

/** Writes down what a patient agreed to. One dialog is one wish: pressing twice records one consent. */
export function RecordConsent({
  patient,
  whats,
  onClose,
  onDone,
}: {
  patient: Patient
  whats: readonly What[]
  onClose: () => void
  onDone: () => void
}) {
  const today = dayOf(new Date().toISOString(), use(TimeZoneContext))
  const recipient = useCareOrganization()
  const [key, setKey] = useState(newKey)
  const [what, setWhat] = useState<What>('PROGRAM')
  const [form, setForm] = useState({
    manner: 'WRITTEN' as 'WRITTEN' | 'VERBAL',
    givenBy: patient.name,
    givenAs: 'patient',
    givenOn: today,
    scope: '',
    expiresOn: '',
  })
  const record = useAct(Record, (data) => data.recordConsent, onDone)
  const field = (name: keyof typeof form) => ({
    value: form[name],
    // Other words are another wish.
    onChange: (event: { target: { value: string } }) => {
      setForm({ ...form, [name]: event.target.value })
      setKey(newKey())
    },
  })
  const isProgram = what === 'PROGRAM'
  const act = () => {
    const input = {
      ...form,
      patientId: patient.id,
      kind: isProgram ? ('PROGRAM' as const) : ('SENSITIVE' as const),
      category: what === 'PROGRAM' ? null : what,
      recipientId: isProgram ? null : recipient.chosen,
      manner: isProgram ? form.manner : ('WRITTEN' as const),
      scope: form.scope.trim() || t.scopes[what],
      expiresOn: form.expiresOn || null,
      idempotencyKey: key,
    }
    return record({ input })
  }
  return (
    <Act title={t.record} verb={t.recordVerb} act={act} onClose={onClose}>
      <SelectField
        label={t.columns.what}
        value={what}
        hint={t.whatHints[what]}
        onChange={(event) => {
          setWhat(event.target.value as What)
          setKey(newKey())
        }}
      >
        {whats.map((one) => (
          <option key={one} value={one}>
            {t.whats[one]}
          </option>
        ))}
      </SelectField>
      {!isProgram && (
        <ChoiceField
          label={t.columns.to}
          search={words.sharing.findOrganization}
          choice={recipient}
          onChange={(event) => {
            recipient.choose(event.target.value)
            setKey(newKey())
          }}
        />
      )}
      {isProgram && (
        <SelectField label={t.columns.how} {...field('manner')}>
          <option value="WRITTEN">{t.manners.WRITTEN}</option>
          <option value="VERBAL">{t.manners.VERBAL}</option>
        </SelectField>
      )}
      <TextField label={t.givenBy} required maxLength={200} autoComplete="off" {...field('givenBy')} />
      <SelectField label={t.givenAs} {...field('givenAs')}>
        {Object.entries(t.offices).map(([office, name]) => (
          <option key={office} value={office}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField label={t.givenOn} type="date" required max={today} {...field('givenOn')} />
      <TextAreaField label={t.columns.scope} rows={2} maxLength={2000} placeholder={t.scopes[what]} {...field('scope')} />
      <TextField label={t.lastDay} hint={t.lastDayHint} type="date" min={today} {...field('expiresOn')} />
    </Act>
  )
}
