import type { Visit } from '#shared/visit'
import { confirmingWays, readFactors, type Way } from './factors.ts'

/** What a tab asks every few seconds: may it go on showing what it shows? */
export interface SessionState {
  /** NOT_ACTING: signed in, but no longer under the membership that the tab names. */
  readonly state: 'SIGNED_OUT' | 'OPEN' | 'LOCKED' | 'NOT_ACTING'
  /** The person's name, for the lock screen. */
  readonly name: string | null
  /** How the lock opens. */
  readonly unlockWith: readonly Way[]
}

/** Asking alone does not put off the lock; `inUse` says that somebody has typed or pointed since the last time. */
export async function sessionState(visit: Visit, inUse: boolean): Promise<SessionState> {
  const look = await visit.look(inUse)
  if (look.state === 'open') return { state: 'OPEN', name: look.session.user.name, unlockWith: [] }
  if (look.state !== 'locked') return { state: look.state === 'none' ? 'SIGNED_OUT' : 'NOT_ACTING', name: null, unlockWith: [] }
  const { user } = look.session
  const factors = await visit.sessions.within({ kind: 'door' }, (tx) => readFactors(tx, user.id))
  return { state: 'LOCKED', name: user.name, unlockWith: confirmingWays(factors) }
}
