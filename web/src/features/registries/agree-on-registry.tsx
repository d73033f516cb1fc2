import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { type Comparison, ComparedVersion } from './compared-version.tsx'
import { Definition } from './definition.tsx'
import type { RegistryVersion } from './registry-version.ts'

const Activate = graphql(`
  mutation ActivateRegistry_activateRegistry($input: ActivateRegistryInput!) {
    activateRegistry(input: $input) {
      __typename
      ... on RegistryTerm {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const Retire = graphql(`
  mutation RetireRegistry_retireRegistry($input: RetireRegistryInput!) {
    retireRegistry(input: $input) {
      __typename
      ... on RegistryTerm {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.registries.desk

type Properties = { version: RegistryVersion; onClose: () => void; onDone: () => void }

/** Has all practices counted by a version, after a look at what it says and at who would move by it. */
export function ActivateRegistry({ version, compared, onClose, onDone }: Properties & { compared: Comparison | undefined }) {
  const { agreedWith, idempotencyKey, field } = useAgreement()
  const { packageHash, title, description } = version
  const activate = useAct(Activate, (data) => data.activateRegistry, onDone)
  return (
    <Act
      title={t.activateOf(title, version.version)}
      verb={t.activate}
      act={() => activate({ input: { packageHash, agreedWith, idempotencyKey } })}
      onClose={onClose}
    >
      <p>{description}</p>
      <Definition of={version} />
      {compared ? <ComparedVersion comparison={compared} /> : <p>{t.notCompared}</p>}
      <p className="soft">{t.activateExplained}</p>
      {field}
    </Act>
  )
}

/** Takes a registry away from all practices. */
export function RetireRegistry({ version: { registry, title }, onClose, onDone }: Properties) {
  const { agreedWith, idempotencyKey, field } = useAgreement()
  const retire = useAct(Retire, (data) => data.retireRegistry, onDone)
  return (
    <Act
      title={t.retireOf(title)}
      verb={t.retire}
      act={() => retire({ input: { registry, agreedWith, idempotencyKey } })}
      onClose={onClose}
    >
      <p className="soft">{t.retireExplained}</p>
      {field}
    </Act>
  )
}

function useAgreement() {
  const [{ agreedWith, idempotencyKey }, set] = useState(() => ({ agreedWith: '', idempotencyKey: newKey() }))
  const field = (
    <TextField
      label={t.agreedWith}
      hint={t.agreedWithHint}
      required
      maxLength={120}
      value={agreedWith}
      onChange={({ target }) => set({ agreedWith: target.value, idempotencyKey: newKey() })}
    />
  )
  return { agreedWith, idempotencyKey, field }
}
