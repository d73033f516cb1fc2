import { use, useState } from 'react'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { Check, Choices } from '../../ui/choices.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { useOtherPractice } from './care-organizations.ts'
import type { ConsentFacts } from './consent-facts.ts'
import type { ShareCategory } from './guest-notice.tsx'

const Share = graphql(`
  mutation ShareChart_shareChart($input: ShareChartInput!) {
    shareChart(input: $input) {
      __typename
      ... on ShareGrant {
        id
        isOpen
      }
      ... on Refused {
        message
      }
    }
  }
`)

const PLAIN = ['PROBLEMS', 'MEDICATIONS', 'ALLERGIES', 'IMMUNIZATIONS', 'RESULTS', 'ENCOUNTERS', 'CARE_TEAM'] as const
const PROTECTED = ['PART2', 'BEHAVIORAL'] as const
const QUARTER_MS = 90 * 86_400_000

const t = words.sharing.grant

/** Opens named parts of the chart to another practice. Protected parts can be chosen while a consent to that practice is open. */
export function ShareChart({
  patientId,
  consents,
  onClose,
  onDone,
}: {
  patientId: string
  consents: readonly ConsentFacts[]
  onClose: () => void
  onDone: () => void
}) {
  const zone = use(TimeZoneContext)
  const today = dayOf(new Date().toISOString(), zone)
  const practice = useOtherPractice()
  const recipientId = practice.chosen
  const [chosen, setChosen] = useState<readonly ShareCategory[]>(['PROBLEMS', 'MEDICATIONS', 'ALLERGIES'])
  const [basis, setBasis] = useState<'TREATMENT' | 'PATIENT_REQUEST'>('TREATMENT')
  const [expiresOn, setExpiresOn] = useState(() => dayOf(new Date(Date.now() + QUARTER_MS).toISOString(), zone))
  const [key, setKey] = useState(newKey)
  const share = useAct(Share, (data) => data.shareChart, onDone)
  const consented = (category: ShareCategory) =>
    consents.some((one) => one.isOpen && one.category === category && one.recipient.id === recipientId)
  const categories = chosen.filter((category) => PLAIN.some((one) => one === category) || consented(category))
  /** Other words are another wish. */
  const changing =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value)
      setKey(newKey())
    }
  const act = () => {
    const input = { patientId, recipientId, categories, basis, expiresOn, idempotencyKey: key }
    return share({ input })
  }
  const choice = (category: ShareCategory, more: { disabled?: boolean; hint?: string } = {}) => (
    <Check
      key={category}
      label={words.sharing.categories[category]}
      checked={categories.includes(category)}
      onChange={(isChosen) => changing(setChosen)(isChosen ? [...chosen, category] : chosen.filter((one) => one !== category))}
      {...more}
    />
  )
  return (
    <Act title={t.share} verb={t.shareVerb} act={act} onClose={onClose}>
      <ChoiceField
        label={t.columns.to}
        search={words.sharing.findPractice}
        choice={practice}
        onChange={(event) => changing(practice.choose)(event.target.value)}
      />
      <Choices legend={t.columns.what} hint={t.whatHint}>
        {PLAIN.map((category) => choice(category))}
      </Choices>
      <Choices legend={t.protected}>
        {PROTECTED.map((category) =>
          consented(category) ? choice(category) : choice(category, { disabled: true, hint: t.noConsent(recipientId !== '') }),
        )}
      </Choices>
      <SelectField
        label={t.columns.why}
        value={basis}
        onChange={(event) => changing(setBasis)(event.target.value as 'TREATMENT' | 'PATIENT_REQUEST')}
      >
        <option value="TREATMENT">{words.sharing.bases.TREATMENT}</option>
        <option value="PATIENT_REQUEST">{words.sharing.bases.PATIENT_REQUEST}</option>
      </SelectField>
      <TextField
        label={t.lastDay}
        hint={t.lastDayHint}
        type="date"
        required
        min={today}
        value={expiresOn}
        onChange={(event) => changing(setExpiresOn)(event.target.value)}
      />
    </Act>
  )
}
