import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { beginSession, type Comer } from './begin-session.ts'
import { keptEmail } from './email-address.ts'
import { liveMemberships } from './live-memberships.ts'

/** Whom the region's identity provider vouches for. */
export interface OutsideIdentity {
  readonly issuer: string
  readonly subject: string
  /** Verified by the provider; null when it is not. */
  readonly email: string | null
}

const REFUSED = refused('OutsideIdentityUnknown', 'Nobody here goes by this account.')

/**
 * Signs in the person whom the identity provider names: by the subject kept from before, else once by their verified address, which is
 * then bound to the subject. A person without a live membership here is refused; nobody is made.
 */
export async function signInFromOutside(visit: Visit, identity: OutsideIdentity): Promise<OpenSession | Refusal> {
  const account = `${identity.issuer} ${identity.subject}`
  const mayTry = await visit.signIns.take(account, visit.address)
  const comer = mayTry ? await visit.sessions.within({ kind: 'door' }, (tx) => find(tx, visit, identity)) : null
  if (!comer) {
    const denied = { action: 'sign-in', userId: null, membershipId: null, outcome: 'denied' } as const
    await visit.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, visit, denied))
    return REFUSED
  }
  const session = (await beginSession(visit, comer))!
  await visit.signIns.forgive(account, visit.address)
  return session
}

async function find(tx: Tx, visit: Visit, { issuer, subject, email }: OutsideIdentity): Promise<Comer | null> {
  const bound = await tx.db
    .selectFrom('external_identity')
    .select('user_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  const userId = bound?.user_id ?? (email === null ? undefined : await userAt(tx, email))
  if (userId === undefined) return null
  const [membership] = await liveMemberships(tx, visit, userId)
  if (!membership) return null
  if (!bound && !(await bind(tx, visit, { issuer, subject, userId }))) return null
  return { userId, membershipId: membership.id }
}

const userAt = async ({ db }: Tx, email: string): Promise<string | undefined> =>
  (await db.selectFrom('app_user').select('id').where('email', '=', keptEmail(email)).executeTakeFirst())?.id

/** False when the person is bound to another subject of this provider: an address that passed to somebody else is not the person. */
async function bind(
  { db }: Tx,
  { clock }: Visit,
  { issuer, subject, userId }: { issuer: string; subject: string; userId: string },
): Promise<boolean> {
  const added = await db
    .insertInto('external_identity')
    .values({ issuer, subject, user_id: userId, created_at: clock.now().toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return added !== undefined
}
