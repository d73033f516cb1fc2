import { useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import type { Staff } from './people-parts.ts'

const ChangeRoleOf = graphql(`
  mutation ChangePerson_changeRole($input: ChangeRoleInput!) {
    changeRole(input: $input) {
      __typename
      ... on StaffMember {
        id
        role
      }
      ... on Refused {
        message
      }
    }
  }
`)
const EndOf = graphql(`
  mutation ChangePerson_endMembership($id: ID!) {
    endMembership(id: $id) {
      __typename
      ... on StaffMember {
        id
        isLive
      }
      ... on Refused {
        message
      }
    }
  }
`)

type Properties = { person: Staff; onClose: () => void; onDone: () => void }

export function ChangeRole({ person, onClose, onDone }: Properties) {
  const [role, setRole] = useState(person.viewerCan.changeRoleTo[0] ?? '')
  const [, change] = useMutation(ChangeRoleOf)
  const act = async () => {
    const outcome = outcomeOf(await change({ input: { membershipId: person.id, role, from: person.role } }), (data) => data.changeRole)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
  return (
    <Act title={words.people.changeRoleOf(person.name)} verb={words.people.changeRole} act={act} onClose={onClose}>
      <p className="soft">{words.people.changeRoleExplained}</p>
      <SelectField label={words.people.role} value={role} onChange={(event) => setRole(event.target.value)}>
        {person.viewerCan.changeRoleTo.map((one) => (
          <option key={one} value={one}>
            {words.roles[one] ?? one}
          </option>
        ))}
      </SelectField>
    </Act>
  )
}

/** Says what will happen and to whom before it does. */
export function EndAccess({ person, onClose, onDone }: Properties) {
  const [, end] = useMutation(EndOf)
  const act = async () => {
    const outcome = outcomeOf(await end({ id: person.id }), (data) => data.endMembership)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
  return (
    <Act title={words.people.endOf(person.name)} verb={words.people.endNow} act={act} onClose={onClose}>
      <p>{words.people.endExplained(person.name, person.organization.name)}</p>
    </Act>
  )
}
