import { useState } from 'react'
import { type Client, Provider } from 'urql'
import { connect } from '../lib/client.ts'
import { KeptContext } from '../lib/kept.ts'
import { Session } from './session.tsx'

type Visit = { number: number; ended: boolean; client: Client; kept: Map<string, unknown> }

/**
 * One connection and one memory per session. Signing in, signing out and a session that ran out all start anew, so nothing read under
 * one membership is left for the next; the address stays, so signing in again leads back to the same page.
 */
export function App() {
  const begin = (number: number, ended: boolean): Visit => ({
    number,
    ended,
    client: connect(() => setVisit(begin(number + 1, true))),
    kept: new Map(),
  })
  const [visit, setVisit] = useState(() => begin(0, false))
  return (
    <Provider value={visit.client} key={visit.number}>
      <KeptContext value={visit.kept}>
        <Session ended={visit.ended} onChange={() => setVisit(begin(visit.number + 1, false))} />
      </KeptContext>
    </Provider>
  )
}
