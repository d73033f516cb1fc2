import { keepDoorEvent } from '#modules/audit'
import type { OpenSession, Visit } from '#shared/visit'
import { noteSignIn } from './note-sign-in.ts'
import { openSession } from './open-session.ts'
import { ABSOLUTE_MS, newToken, tokenHash } from './session-token.ts'

export interface Comer {
  readonly userId: string
  readonly membershipId: string
}

/** Lets somebody in who proved who they are. A session that the browser held before ends: its token could be known to another (fixation). */
export async function beginSession(visit: Visit, { userId, membershipId }: Comer): Promise<OpenSession> {
  const token = newToken()
  await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const now = visit.clock.now()
    if (visit.token) await tx.db.deleteFrom('session').where('token_hash', '=', tokenHash(visit.token)).execute()
    await tx.db
      .insertInto('session')
      .values({
        token_hash: tokenHash(token),
        user_id: userId,
        membership_id: membershipId,
        created_at: now.toISOString(),
        last_seen_at: now.toISOString(),
        expires_at: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
      })
      .execute()
    await noteSignIn(tx, membershipId, now)
    await keepDoorEvent(tx, visit, { action: 'sign-in', userId, membershipId, outcome: 'allowed' })
  })
  visit.handOut(token)
  const session = await openSession(visit.sessions, visit.clock, token)
  if (!session) throw new Error('A session that has just begun is not open.')
  return session
}
