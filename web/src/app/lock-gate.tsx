import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useMutation } from 'urql'
import { ProofForm } from '../features/sign-in/proof-form.tsx'
import type { Connection, Lock } from '../lib/connection.ts'
import { graphql } from '../lib/graphql.ts'
import { Button } from '../ui/button.tsx'
import { words } from '../words/index.ts'
import styles from './lock-gate.module.css'

const Unlock = graphql(`
  mutation LockGate_unlock($proof: ProofInput!) {
    unlock(proof: $proof) {
      __typename
      ... on Refused {
        message
      }
    }
  }
`)
const SignOut = graphql(`
  mutation LockGate_signOut {
    signOut
  }
`)

/** Everything of one session, and over it the lock. What is under it stays as it was, hidden and out of reach. */
export function LockGate({ connection, children }: { connection: Connection; children: ReactNode }) {
  const lock = useSyncExternalStore(connection.lock.subscribe, connection.lock.now)
  const isLocked = lock !== null
  // A tab that was opened onto the lock has nobody else who looks whether another tab has unlocked.
  useEffect(() => (isLocked ? connection.watch() : undefined), [connection, isLocked])
  return (
    <>
      <div className={lock ? styles['hidden'] : styles['shown']} inert={lock !== null}>
        {children}
      </div>
      {lock && createPortal(<LockScreen lock={lock} look={connection.look} />, document.body)}
    </>
  )
}

function LockScreen({ lock, look }: { lock: Lock; look: () => Promise<void> }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [, unlock] = useMutation(Unlock)
  const [, signOut] = useMutation(SignOut)

  useEffect(() => {
    const element = dialog.current
    const title = document.title
    document.title = `${words.lock.title} · ${words.product}`
    element?.showModal()
    element?.querySelector('input')?.focus()
    return () => {
      element?.close()
      document.title = title
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={styles['lock']}
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
      // A second Escape closes it without asking.
      onClose={() => dialog.current?.isConnected && dialog.current.showModal()}
    >
      <div className={styles['inside']}>
        <h1 id="lock-title">{words.lock.title}</h1>
        <p className="soft">{words.lock.why(lock.name)}</p>
        <ProofForm
          ways={lock.unlockWith}
          purpose="CONFIRM"
          submit={words.lock.unlock}
          onProve={async (proof) => {
            const { data, error } = await unlock({ proof })
            if (error) return error
            if (data?.unlock.__typename === 'Refused') return data.unlock.message
            await look()
            return null
          }}
        />
        <Button look="quiet" icon="leave" onClick={() => void signOut({}).then(look)}>
          {words.actions.signOut}
        </Button>
      </div>
    </dialog>
  )
}
