import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField, type useChoice } from '../../ui/choice-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { Waiting } from './people-parts.ts'

const Invite = graphql(
  `
    mutation InvitePerson_inviteMember($input: InviteMemberInput!) {
      inviteMember(input: $input) {
        __typename
        ... on Invitation {
          ...Waiting
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [Waiting],
)

export type Workplace = { id: string; name: string; roles: readonly string[] }

/** Asks a person in by mail. One dialog is one wish: pressing twice sends one letter. */
export function InvitePerson({
  place,
  places,
  onClose,
  onDone,
}: {
  place: Workplace
  /** Where else somebody can be asked in to. */
  places?: ReturnType<typeof useChoice>
  onClose: () => void
  onDone: () => void
}) {
  const [chosen, setRole] = useState('')
  const role = place.roles.includes(chosen) ? chosen : place.roles.length === 1 ? place.roles[0]! : ''
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [key, setKey] = useState(newKey)
  const [, invite] = useMutation(Invite)
  // Other words are another wish.
  const change = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value)
    setKey(newKey())
  }
  const act = async () => {
    const result = await invite({ input: { organizationId: place.id, role, name, email, idempotencyKey: key } })
    const outcome = outcomeOf(result, (data) => data.inviteMember)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
  return (
    <Act title={words.people.invite} verb={words.people.send} act={act} onClose={onClose}>
      <TextField label={words.people.name} required maxLength={120} autoComplete="off" value={name} onChange={change(setName)} />
      <TextField label={words.people.email} type="email" required autoComplete="off" value={email} onChange={change(setEmail)} />
      {places && (
        <ChoiceField label={words.people.organization} search={words.people.findPayer} choice={places} onChange={change(places.choose)} />
      )}
      <SelectField label={words.people.role} required value={role} onChange={change(setRole)}>
        {place.roles.length > 1 && <option value="">{words.people.chooseRole}</option>}
        {place.roles.map((one) => (
          <option key={one} value={one}>
            {words.roles[one] ?? one}
          </option>
        ))}
      </SelectField>
    </Act>
  )
}
