import { useMemo, useState } from 'react'
import { Provider } from 'urql'
import { connect } from '../lib/client.ts'
import { KeptContext } from '../lib/kept.ts'
import { Session } from './session.tsx'

/**
 * One connection and one memory per session. Signing in, signing out and a session that ran out all start anew, so nothing read under
 * one membership is left for the next; the address stays, so signing in again leads back to the same page.
 */
export function App() {
  const [session, setSession] = useState<{ number: number; ended: boolean }>({ number: 0, ended: false })
  const start = (ended: boolean) => setSession(({ number }) => ({ number: number + 1, ended }))
  const client = useMemo(() => connect(() => start(true)), [session.number])
  const kept = useMemo(() => new Map<string, unknown>(), [session.number])
  return (
    <Provider value={client} key={session.number}>
      <KeptContext value={kept}>
        <Session ended={session.ended} onChange={() => start(false)} />
      </KeptContext>
    </Provider>
  )
}
