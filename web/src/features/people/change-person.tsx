import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
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
  const change = useAct(ChangeRoleOf, (data) => data.changeRole, onDone)
  const act = () => change({ input: { membershipId: person.id, role, from: person.role } })
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
  const end = useAct(EndOf, (data) => data.endMembership, onDone)
  const act = () => end({ id: person.id })
  return (
    <Act title={words.people.endOf(person.name)} verb={words.people.endNow} act={act} onClose={onClose}>
      <p>{words.people.endExplained(person.name, person.organization.name)}</p>
    </Act>
  )
}
