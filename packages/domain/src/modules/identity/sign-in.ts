import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { beginSession } from './begin-session.ts'
import { keptEmail } from './email-address.ts'
import { liveMemberships } from './live-memberships.ts'
import { isPassword } from './password.ts'

/** One wording whatever the reason: it must not tell which accounts exist. */
const REFUSED = refused(
  'SignInRefused',
  'This email address and password did not let you in. After several tries that failed, wait 15 minutes before the next.',
)

/** Signs a person in under their first membership in force. A session that the browser held before ends. */
export async function signIn(visit: Visit, input: { email: string; password: string }): Promise<OpenSession | Refusal> {
  const email = keptEmail(input.email)
  const mayTry = await visit.signIns.take(email, visit.address)
  const account = await visit.sessions.within({ kind: 'door' }, (tx) => findAccount(tx, visit, email))
  // Hashing takes tens of milliseconds: no transaction is held meanwhile.
  const matches = await isPassword(input.password, account?.password_hash ?? null)
  if (!mayTry || !matches || !account?.membership) {
    const denied = { action: 'sign-in', userId: account?.id ?? null, membershipId: account?.membership ?? null, outcome: 'denied' } as const
    await visit.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, visit, denied))
    return REFUSED
  }
  const session = await beginSession(visit, { userId: account.id, membershipId: account.membership })
  await visit.signIns.forgive(email, visit.address)
  return session
}

interface Account {
  readonly id: string
  readonly password_hash: string | null
  readonly membership: string | null
}

async function findAccount(tx: Tx, visit: Visit, email: string): Promise<Account | null> {
  const user = await tx.db
    .selectFrom('app_user as u')
    .leftJoin('password_credential as c', 'c.user_id', 'u.id')
    .select(['u.id', 'c.password_hash'])
    .where('u.email', '=', email)
    .executeTakeFirst()
  if (!user) return null
  const [live] = await liveMemberships(tx, visit, user.id)
  return { ...user, membership: live?.id ?? null }
}
