import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Expiry } from './expiry.tsx'
import type { Credential, StaffFacts } from './staff-parts.ts'

const Record = graphql(`
  mutation Credentials_recordCredential($input: RecordCredentialInput!) {
    recordCredential(input: $input) {
      __typename
      ... on SharedStaff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
const End = graphql(`
  mutation Credentials_endCredential($id: ID!) {
    endCredential(id: $id) {
      __typename
      ... on SharedStaff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** Licenses and certifications, those that end first in front. */
export function Credentials({ person: { id, credentials }, onChanged }: { person: StaffFacts; onChanged: () => void }) {
  const [recording, setRecording] = useState(false)
  const [ending, setEnding] = useState<Credential | null>(null)
  const may = useMay()('update', 'Staff')
  const text = words.workforce
  return (
    <Section title={text.credentials} aside={may && <Button onClick={() => setRecording(true)}>{text.recordCredential}</Button>}>
      {credentials.length === 0 ? (
        <Empty title={text.noCredentials}>{text.noCredentialsAdvice}</Empty>
      ) : (
        <PlainTable
          label={text.credentials}
          head={[text.titleOf, text.kind, text.number, ...(may ? [text.act] : [])]}
          prose={[1, 2]}
          rows={credentials.map((one) => [
            <Expiry key="title" credential={one} />,
            text.credentialKinds[one.kind],
            one.number,
            ...(may
              ? [
                  <Button key="end" look="quiet" aria-label={text.takeOffOf(one.title)} onClick={() => setEnding(one)}>
                    {text.takeOff}
                  </Button>,
                ]
              : []),
          ])}
        />
      )}
      {recording && <RecordCredential staffId={id} onClose={() => setRecording(false)} onDone={onChanged} />}
      {ending && <TakeOff credential={ending} onClose={() => setEnding(null)} onDone={onChanged} />}
    </Section>
  )
}

function TakeOff({ credential, onClose, onDone }: { credential: Credential; onClose: () => void; onDone: () => void }) {
  const end = useAct(End, (data) => data.endCredential, onDone)
  const text = words.workforce
  return (
    <Act title={text.takeOffOf(credential.title)} verb={text.takeOff} act={() => end({ id: credential.id })} onClose={onClose}>
      <p>{text.takeOffExplained}</p>
    </Act>
  )
}

function RecordCredential({ staffId, onClose, onDone }: { staffId: string; onClose: () => void; onDone: () => void }) {
  const [kind, setKind] = useState<Credential['kind']>('LICENSE')
  const [title, setTitle] = useState('')
  const [state, setState] = useState('')
  const [number, setNumber] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const record = useAct(Record, (data) => data.recordCredential, onDone)
  const text = words.workforce
  const act = () => record({ input: { staffId, kind, title, state: state.toUpperCase() || null, number, expiresOn: expiresOn || null } })
  return (
    <Act title={text.recordCredential} verb={text.recordCredential} act={act} onClose={onClose}>
      <SelectField label={text.kind} value={kind} onChange={(event) => setKind(event.target.value as Credential['kind'])}>
        <option value="LICENSE">{text.credentialKinds.LICENSE}</option>
        <option value="CERTIFICATION">{text.credentialKinds.CERTIFICATION}</option>
      </SelectField>
      <TextField label={text.titleOf} required maxLength={120} value={title} onChange={(event) => setTitle(event.target.value)} />
      <TextField
        label={text.state}
        hint={text.stateHint}
        required={kind === 'LICENSE'}
        maxLength={2}
        value={state}
        onChange={(event) => setState(event.target.value)}
      />
      <TextField label={text.number} required maxLength={120} value={number} onChange={(event) => setNumber(event.target.value)} />
      <TextField label={text.expiresOn} type="date" value={expiresOn} onChange={(event) => setExpiresOn(event.target.value)} />
    </Act>
  )
}
