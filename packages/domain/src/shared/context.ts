import type { Ability, Viewer } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import type { Tx } from './sessions.ts'

/** What a use case is handed: who acts, what they may do, and the one transaction of the operation. */
export interface Ctx {
  readonly viewer: Viewer
  readonly region: RegionHere
  readonly ability: Ability
  readonly clock: Clock
  /** Names the request in the log, the audit and in what people quote. */
  readonly requestId: string
  /** The reading transaction of the operation, under the viewer's scope. Opened on first use, committed before the answer leaves. */
  tx(): Promise<Tx>
  /** A transaction of its own under the viewer's scope, committed when `work` is done: one per mutation. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

export interface RegionHere {
  readonly id: string
  readonly name: string
  /** IANA name. */
  readonly timeZone: string
}
