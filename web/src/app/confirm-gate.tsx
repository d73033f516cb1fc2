import { type ReactNode, useSyncExternalStore } from 'react'
import { useMutation, useQuery } from 'urql'
import { confirmingWays } from '../features/sign-in/confirming-ways.ts'
import { ProofForm } from '../features/sign-in/proof-form.tsx'
import { ConfirmContext } from '../lib/confirm.ts'
import type { Connection } from '../lib/connection.ts'
import { graphql } from '../lib/graphql.ts'
import { Dialog } from '../ui/dialog.tsx'
import { words } from '../words/index.ts'

const Ways = graphql(`
  query ConfirmGate_account {
    account {
      password {
        changedAt
      }
      passkeys {
        id
      }
      authenticators {
        id
      }
    }
  }
`)
const StepUp = graphql(`
  mutation ConfirmGate_stepUp($proof: ProofInput!) {
    stepUp(proof: $proof) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)

/** Over whatever asked for a dangerous act: proves who is working, and the act goes on where it stood. */
export function ConfirmGate({ connection, children }: { connection: Connection; children: ReactNode }) {
  const isAsked = useSyncExternalStore(connection.confirming.subscribe, connection.confirming.now)
  return (
    <ConfirmContext value={connection.confirming.ask}>
      {children}
      {isAsked && <Confirm onEnd={connection.confirming.end} />}
    </ConfirmContext>
  )
}

function Confirm({ onEnd }: { onEnd: Connection['confirming']['end'] }) {
  const [{ data }] = useQuery({ query: Ways, requestPolicy: 'network-only' })
  const [, stepUp] = useMutation(StepUp)
  if (!data) return null
  return (
    <Dialog title={words.proof.confirmTitle} onClose={() => onEnd('left')}>
      <p className="soft">{words.proof.confirmWhy}</p>
      <ProofForm
        ways={confirmingWays(data.account)}
        purpose="CONFIRM"
        submit={words.proof.confirm}
        onProve={async (proof) => {
          const { data: proved, error } = await stepUp({ proof })
          if (error) return error
          if (proved?.stepUp.__typename === 'Refused') return proved.stepUp.message
          onEnd('confirmed')
          return null
        }}
      />
    </Dialog>
  )
}
