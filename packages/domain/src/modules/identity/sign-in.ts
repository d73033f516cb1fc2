import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { keptEmail } from './email-address.ts'
import { holdsRole, isLive } from './live-membership.ts'
import { noteSignIn } from './note-sign-in.ts'
import { openSession } from './open-session.ts'
import { isPassword } from './password.ts'
import { ABSOLUTE_MS, newToken, tokenHash } from './session-token.ts'

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
    await visit.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, visit, doorAct(account, 'denied')))
    return REFUSED
  }
  const token = newToken()
  await visit.sessions.within({ kind: 'door' }, (tx) => beginSession(tx, visit, token, account))
  await visit.signIns.forgive(email, visit.address)
  visit.handOut(token)
  return (await openSession(visit.sessions, visit.clock, token)) ?? REFUSED
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
  const rows = await tx.db
    .selectFrom('membership as m')
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .select(['m.id', 'm.role', 'm.starts_on', 'm.ends_on', 'm.ended_at', 'o.kind', 'r.time_zone'])
    .where('m.user_id', '=', user.id)
    .orderBy('m.id')
    .execute()
  const live = rows.find((row) => holdsRole(row, 'person') && isLive(row, visit.clock.today(row.time_zone)))
  return { ...user, membership: live?.id ?? null }
}

async function beginSession(tx: Tx, visit: Visit, token: string, account: Account): Promise<void> {
  const now = visit.clock.now()
  if (visit.token) await tx.db.deleteFrom('session').where('token_hash', '=', tokenHash(visit.token)).execute()
  await tx.db
    .insertInto('session')
    .values({
      token_hash: tokenHash(token),
      user_id: account.id,
      membership_id: account.membership!,
      created_at: now.toISOString(),
      last_seen_at: now.toISOString(),
      expires_at: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
    })
    .execute()
  await noteSignIn(tx, account.membership!, now)
  await keepDoorEvent(tx, visit, doorAct(account, 'allowed'))
}

const doorAct = (account: Account | null, outcome: 'allowed' | 'denied') =>
  ({ action: 'sign-in', userId: account?.id ?? null, membershipId: account?.membership ?? null, outcome }) as const
