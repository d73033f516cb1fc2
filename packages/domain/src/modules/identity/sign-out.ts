import { keepDoorEvent } from '#modules/audit'
import type { Visit } from '#shared/visit'
import { tokenHash } from './session-token.ts'

/** Ends the session in every tab that shares it; false when there was none. */
export async function signOut(visit: Visit): Promise<boolean> {
  const { token } = visit
  if (!token) return false
  visit.handOut(null)
  return visit.sessions.within({ kind: 'door' }, async (tx) => {
    const ended = await tx.db
      .deleteFrom('session')
      .where('token_hash', '=', tokenHash(token))
      .returning(['user_id', 'membership_id'])
      .executeTakeFirst()
    if (!ended) return false
    await keepDoorEvent(tx, visit, { action: 'sign-out', userId: ended.user_id, membershipId: ended.membership_id, outcome: 'allowed' })
    return true
  })
}
