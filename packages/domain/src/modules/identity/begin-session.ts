import { newId } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { browserFamily, coarseAddress } from './browser-family.ts'
import { noteSignIn } from './note-sign-in.ts'
import { openSession } from './open-session.ts'
import { ABSOLUTE_MS, newToken, tokenHash } from './session-token.ts'
import { holdUser, waysSince } from './ways-in.ts'

export interface Comer {
  readonly userId: string
  readonly membershipId: string
  /** When the ways in that were proved had been chosen; left out where they cannot have changed meanwhile. */
  readonly waysSince?: string | null
}

/** Lets somebody in who proved who they are, unless they chose other ways in meanwhile, or their membership ended. A session that the browser held before ends: its token could be known to another (fixation). */
export async function beginSession(visit: Visit, { userId, membershipId, waysSince: since }: Comer): Promise<OpenSession | null> {
  const token = newToken()
  const isIn = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    if (since !== undefined) {
      await holdUser(tx, userId)
      if ((await waysSince(tx, userId)) !== since) return false
    }
    const now = visit.clock.now()
    if (visit.token) await tx.db.deleteFrom('session').where('token_hash', '=', tokenHash(visit.token)).execute()
    await tx.db.deleteFrom('session').where('user_id', '=', userId).where('expires_at', '<=', now.toISOString()).execute()
    await tx.db
      .insertInto('session')
      .values({
        token_hash: tokenHash(token),
        id: newId<'Session'>(),
        user_id: userId,
        membership_id: membershipId,
        created_at: now.toISOString(),
        last_seen_at: now.toISOString(),
        expires_at: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
        authenticated_at: now.toISOString(),
        browser: browserFamily(visit.userAgent),
        network: coarseAddress(visit.address),
      })
      .execute()
    await noteSignIn(tx, membershipId, now)
    await keepDoorEvent(tx, visit, { action: 'sign-in', userId, membershipId, outcome: 'allowed' })
    return true
  })
  if (!isIn) return null
  visit.handOut(token)
  const look = await openSession({ ...visit, token })
  // Its membership may have ended this moment.
  return look.state === 'open' ? look.session : null
}

/** Gives a session another token, at every change of what it may do: whoever knew the old one is out. */
export async function renewToken(tx: Tx, visit: Visit, changes: { membership_id?: string; authenticated_at?: string }): Promise<string> {
  const token = newToken()
  await tx.db
    .updateTable('session')
    .set({ ...changes, token_hash: tokenHash(token), last_seen_at: visit.clock.now().toISOString() })
    .where('token_hash', '=', tokenHash(visit.token!))
    .execute()
  return token
}
