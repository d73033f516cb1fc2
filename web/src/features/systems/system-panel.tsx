import { type ReactNode, useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { SystemFacts } from './system-facts.ts'
import { useTokenAddress } from './use-token-address.ts'
import styles from './systems.module.css'

const End = graphql(
  `
    mutation SystemPanel_endSystem($id: ID!) {
      endSystem(id: $id) {
        __typename
        ... on SystemClient {
          ...SystemFacts
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [SystemFacts],
)

/** One system: what its makers have to know to sign in, and the way to end it. */
export function SystemPanel({ system, onClose, onEnded }: { system: SystemFacts; onClose: () => void; onEnded: () => void }) {
  const [ending, setEnding] = useState(false)
  const tokenAddress = useTokenAddress()
  return (
    <SidePanel title={system.name} onClose={onClose}>
      <dl className={styles['facts']}>
        <Fact name={words.systems.clientId}>
          <code>{system.id}</code>
        </Fact>
        <Fact name={words.systems.tokenAddress}>
          <code>{tokenAddress}</code>
        </Fact>
        <Fact name={words.systems.columns.organization}>{system.organization.name}</Fact>
        <Fact name={words.systems.scopes}>
          <code>{system.scopes.join(' ')}</code>
        </Fact>
        <Fact name={words.systems.keys}>{system.jwksUrl ?? system.keyIds.join(', ')}</Fact>
        <Fact name={words.systems.registered}>
          <At instant={system.registeredAt} clock />
        </Fact>
        <Fact name={words.systems.columns.lastToken}>
          {system.lastTokenAt ? <At instant={system.lastTokenAt} clock /> : words.systems.never}
        </Fact>
        {system.endedAt && (
          <Fact name={words.systems.ended}>
            <At instant={system.endedAt} clock />
          </Fact>
        )}
      </dl>
      {!system.endedAt && (
        <p>
          <Button onClick={() => setEnding(true)}>{words.systems.end}</Button>
        </p>
      )}
      {ending && <EndSystem system={system} onEnded={onEnded} onClose={() => setEnding(false)} />}
    </SidePanel>
  )
}

function EndSystem({ system, onClose, onEnded }: { system: SystemFacts; onClose: () => void; onEnded: () => void }) {
  const end = useAct(End, (data) => data.endSystem, onEnded)
  return (
    <Act title={words.systems.endOf(system.name)} verb={words.systems.end} act={() => end({ id: system.id })} onClose={onClose}>
      <p>{words.systems.endExplained(system.organization.name)}</p>
    </Act>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
