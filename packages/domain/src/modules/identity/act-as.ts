import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { OpenSession, Visit } from '#shared/visit'
import { renewToken } from './begin-session.ts'
import { liveMemberships } from './live-memberships.ts'
import { openSession } from './open-session.ts'
import { whoOf } from './confirm.ts'

/** The same for a membership of somebody else, one that ended, and one that never was. */
const NOT_YOURS = refused('MembershipUnknown', 'You have no such membership. The ones you have stand beside your name.')

/** From now on the session acts under another membership of its person; requests may name yet another, each for itself. */
export async function actAs(visit: Visit, session: OpenSession, membershipId: string): Promise<OpenSession | Refusal> {
  const token = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const isOwn = (await liveMemberships(tx, visit, session.user.id)).some(({ id }) => id === membershipId)
    const act = { action: 'act-as', outcome: isOwn ? 'allowed' : 'denied', subjectIds: isOwn ? [membershipId] : [] } as const
    await keepDoorEvent(tx, visit, { ...whoOf(session), ...act })
    return isOwn ? renewToken(tx, visit, { membership_id: membershipId }) : null
  })
  if (!token) return NOT_YOURS
  visit.handOut(token)
  const look = await openSession({ ...visit, token })
  return look.state === 'open' ? look.session : NOT_YOURS
}
