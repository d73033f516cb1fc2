import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { words } from '../../words/index.ts'
import type { RegistryVersion } from './registry-version.ts'

const Compare = graphql(`
  mutation CompareVersion_compareRegistry($input: CompareRegistryInput!) {
    compareRegistry(input: $input) {
      __typename
      ... on RegistryComparison {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.registries.compared

/** Has a job look who would move if this version were put in force. */
export function CompareVersion({ version, onClose, onDone }: { version: RegistryVersion; onClose: () => void; onDone: () => void }) {
  const { packageHash, title } = version
  const [idempotencyKey] = useState(newKey)
  const compare = useAct(Compare, (data) => data.compareRegistry, onDone)
  return (
    <Act
      title={t.compareOf(title, version.version)}
      verb={t.compare}
      act={() => compare({ input: { packageHash, idempotencyKey } })}
      onClose={onClose}
    >
      <p className="soft">{t.explained}</p>
    </Act>
  )
}
