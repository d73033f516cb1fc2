import { useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const Rename = graphql(`
  mutation OwnName_renameMyself($name: String!) {
    renameMyself(name: $name) {
      __typename
      ... on Viewer {
        user {
          id
          name
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** What one is called here, and how to change it. A patient is called as the chart says. */
export function OwnName() {
  const { user, patientId } = useViewer()
  const [changing, setChanging] = useState(false)
  return (
    <Section
      title={words.account.name}
      aside={patientId === null && <Button onClick={() => setChanging(true)}>{words.account.changeName}</Button>}
    >
      <p>
        {user.name} <span className="soft">{user.email}</span>
      </p>
      {patientId !== null && <p className="soft">{words.account.nameOfChart}</p>}
      {changing && <ChangeName present={user.name} onClose={() => setChanging(false)} />}
    </Section>
  )
}

function ChangeName({ present, onClose }: { present: string; onClose: () => void }) {
  const [name, setName] = useState(present)
  const rename = useAct(
    Rename,
    (data) => data.renameMyself,
    () => undefined,
  )
  return (
    <Act title={words.account.changeName} verb={words.account.changeName} act={() => rename({ name })} onClose={onClose}>
      <TextField
        label={words.account.name}
        hint={words.account.nameHint}
        required
        maxLength={120}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </Act>
  )
}
