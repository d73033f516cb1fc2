import { useRef, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { TextAreaField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { words } from '../../words/index.ts'
import { useOtherPractice } from './care-organizations.ts'

const Break = graphql(`
  mutation BreakGlass_breakGlass($input: BreakGlassInput!) {
    breakGlass(input: $input) {
      __typename
      ... on EmergencyAccess {
        id
        patientId
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.sharing.emergency

/** Opens one chart of another practice. Nobody can browse: the practice, the names and the birth date have to be known. */
export function BreakGlass({ onClose, onOpened }: { onClose: () => void; onOpened: (patientId: string) => void }) {
  const practice = useOtherPractice()
  const [input, setInput] = useState({ familyName: '', givenName: '', birthDate: '', reason: '' })
  const [, breakGlass] = useMutation(Break)
  const opened = useRef<string | null>(null)
  const field = (name: keyof typeof input) => ({
    required: true,
    autoComplete: 'off',
    value: input[name],
    onChange: (event: { target: { value: string } }) => setInput({ ...input, [name]: event.target.value }),
  })
  const act = async () => {
    const result = await breakGlass({ input: { ...input, practiceId: practice.chosen } })
    const outcome = outcomeOf(result, (data) => data.breakGlass)
    if (result.data?.breakGlass.__typename === 'EmergencyAccess') opened.current = result.data.breakGlass.patientId
    return outcome
  }
  return (
    <Act title={t.breakGlass} verb={t.openVerb} act={act} onClose={() => (opened.current ? onOpened(opened.current) : onClose())}>
      <Notice tone="warn" title={t.warning}>
        <p>{t.breakExplained}</p>
      </Notice>
      <ChoiceField
        label={t.practice}
        search={words.sharing.findPractice}
        choice={practice}
        onChange={(event) => practice.choose(event.target.value)}
      />
      <TextField label={t.familyName} hint={t.exactly} maxLength={200} spellCheck={false} {...field('familyName')} />
      <TextField label={t.givenName} maxLength={200} spellCheck={false} {...field('givenName')} />
      <TextField label={t.birthDate} type="date" {...field('birthDate')} />
      <TextAreaField label={t.reason} hint={t.reasonHint} minLength={10} maxLength={2000} rows={3} {...field('reason')} />
    </Act>
  )
}
