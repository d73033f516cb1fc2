import { useState } from 'react'
import { Provider } from 'urql'
import { type Connection, connect } from '../lib/connection.ts'
import { KeptContext } from '../lib/kept.ts'
import { ConfirmGate } from './confirm-gate.tsx'
import { LockGate } from './lock-gate.tsx'
import { Session } from './session.tsx'

type Visit = { number: number; ended: boolean; connection: Connection; kept: Map<string, unknown> }

/**
 * One connection and one memory per session and membership. Signing in, signing out, switching and a session that ran out all start anew,
 * so nothing read under one membership is left for the next; the address stays, so signing in again leads back to the same page.
 */
export function App() {
  const begin = (number: number, ended: boolean): Visit => ({
    number,
    ended,
    connection: connect((how) => setVisit((now) => (now.number === number ? begin(number + 1, how === 'ended') : now))),
    kept: new Map(),
  })
  const [visit, setVisit] = useState(() => begin(0, false))
  const { connection } = visit
  return (
    <Provider value={connection.client} key={visit.number}>
      <KeptContext value={visit.kept}>
        <LockGate connection={connection}>
          <ConfirmGate connection={connection}>
            <Session connection={connection} ended={visit.ended} onChange={() => setVisit(begin(visit.number + 1, false))} />
          </ConfirmGate>
        </LockGate>
      </KeptContext>
    </Provider>
  )
}
