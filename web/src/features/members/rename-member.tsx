import { useState } from 'react'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'

export const Named = graphql(`
  fragment Named on MemberOrganization @_unmask {
    id
    version
    organization {
      name
      city
    }
  }
`)
const Rename = graphql(
  `
    mutation RenameMember_updateOrganization($input: UpdateOrganizationInput!) {
      updateOrganization(input: $input) {
        __typename
        ... on MemberOrganization {
          ...Named
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [Named],
)

type Properties = { member: ResultOf<typeof Named>; onClose: () => void; onDone: () => void }

/** Another name or city. The short name stays: files and links name it. */
export function RenameMember({ member, onClose, onDone }: Properties) {
  const [name, setName] = useState(member.organization.name)
  const [city, setCity] = useState(member.organization.city ?? '')
  const rename = useAct(Rename, (data) => data.updateOrganization, onDone)
  const act = () => rename({ input: { id: member.id, name, city: city || null, version: member.version } })
  return (
    <Act title={words.members.renameOf(member.organization.name)} verb={words.members.rename} act={act} onClose={onClose}>
      <p className="soft">{words.members.renameExplained}</p>
      <TextField label={words.members.name} required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      <TextField label={words.members.city} maxLength={120} value={city} onChange={(event) => setCity(event.target.value)} />
    </Act>
  )
}
