import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import type { Staff } from './people-parts.ts'

const Rename = graphql(`
  mutation RenamePerson_renamePerson($input: RenamePersonInput!) {
    renamePerson(input: $input) {
      __typename
      ... on StaffMember {
        id
        name
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** Another name for one person, everywhere they occur. */
export function RenamePerson({ person, onClose, onDone }: { person: Staff; onClose: () => void; onDone: () => void }) {
  const [name, setName] = useState(person.name)
  const rename = useAct(Rename, (data) => data.renamePerson, onDone)
  const act = () => rename({ input: { membershipId: person.id, name, from: person.name } })
  return (
    <Act title={words.people.renameOf(person.name)} verb={words.people.rename} act={act} onClose={onClose}>
      <p className="soft">{words.people.renameExplained}</p>
      <TextField
        label={words.people.name}
        required
        maxLength={120}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </Act>
  )
}
