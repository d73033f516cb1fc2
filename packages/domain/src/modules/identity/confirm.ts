import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { OpenSession, Visit } from '#shared/visit'
import { renewToken } from './begin-session.ts'
import { type Proof, proves } from './prove.ts'
import { RECENT_MS, tokenHash } from './session-token.ts'

const PROOF_REFUSED = refused(
  'ProofRefused',
  'That did not confirm it is you. A code counts once and for about a minute; after several tries that failed, wait 15 minutes before the next.',
)
export const NO_SESSION = refused('SessionEnded', 'Your session has ended. Sign in again.')
const STEP_UP_NEEDED = refused('StepUpNeeded', 'Confirm that it is you, then try again.')

/** Whether the person has just proved who they are, which dangerous acts ask for: null when so, within the last five minutes. */
export function requireStepUp({ clock, authenticatedAt }: Pick<Ctx, 'clock' | 'authenticatedAt'>): Refusal | null {
  const isRecent = authenticatedAt !== null && clock.now().getTime() < authenticatedAt.getTime() + RECENT_MS
  return isRecent ? null : STEP_UP_NEEDED
}

/** Proves anew who is working, before a dangerous act. The session goes on under another token. */
export async function stepUp(visit: Visit, proof: Proof): Promise<OpenSession | Refusal> {
  const session = await visit.session()
  if (!session) return NO_SESSION
  if (!(await confirms(visit, session, proof))) return deny(visit, 'step-up', session)
  const now = visit.clock.now()
  const token = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'step-up', outcome: 'allowed' })
    return renewToken(tx, visit, { authenticated_at: now.toISOString() })
  })
  visit.handOut(token)
  return { ...session, authenticatedAt: now }
}

/** Opens a locked session where it stood. Nothing that it had is lost; one that has ended stays ended. */
export async function unlock(visit: Visit, proof: Proof): Promise<OpenSession | Refusal> {
  const look = await visit.look(false)
  if (!('session' in look)) return NO_SESSION
  const { session } = look
  if (look.state === 'open') return session
  if (!(await confirms(visit, session, proof))) return deny(visit, 'unlock', session)
  const now = visit.clock.now()
  await visit.sessions.within({ kind: 'door' }, async (tx) => {
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'unlock', outcome: 'allowed' })
    // The same token: other tabs wait behind the lock with it.
    await tx.db
      .updateTable('session')
      .set({ last_seen_at: now.toISOString(), authenticated_at: now.toISOString() })
      .where('token_hash', '=', tokenHash(visit.token!))
      .execute()
  })
  return { ...session, authenticatedAt: now }
}

async function confirms(visit: Visit, { user }: OpenSession, proof: Proof): Promise<boolean> {
  const mayTry = await visit.signIns.take(user.email, visit.address)
  if (!mayTry || !(await proves(visit, user.id, proof, ['PASSWORD', 'PASSKEY', 'TOTP']))) return false
  await visit.signIns.forgive(user.email, visit.address)
  return true
}

async function deny(visit: Visit, action: 'step-up' | 'unlock', session: OpenSession): Promise<Refusal> {
  await visit.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, visit, { ...whoOf(session), action, outcome: 'denied' }))
  return PROOF_REFUSED
}

/** For the audit: who, under which membership. */
export const whoOf = ({ viewer }: OpenSession) => ({ userId: viewer.userId, membershipId: viewer.membershipId })
