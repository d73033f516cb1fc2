import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { beginSession } from './begin-session.ts'
import { beginChallenge, pendingChallenge, takeChallenge } from './challenge.ts'
import { readFactors, secondSteps, type Way } from './factors.ts'
import { liveMemberships } from './live-memberships.ts'
import { signerOf } from './passkey.ts'
import { keptEmail } from './email-address.ts'
import { isPassword } from './password.ts'
import { proves, type Proof, wayOf } from './prove.ts'
import { waysSince } from './ways-in.ts'

/** One wording whatever the reason: it must not tell which accounts exist. */
const SIGN_IN_REFUSED = refused(
  'SignInRefused',
  'This email address and password did not let you in. After several tries that failed, wait 15 minutes before the next.',
)
const STEP_REFUSED = refused(
  'SecondStepRefused',
  'That did not let you in. A code counts once and for about a minute; after several tries that failed, wait 15 minutes before the next.',
)

/** The password was right, and something else is needed. */
export interface SecondStep {
  readonly ways: readonly Way[]
}

/** The first step: signs a person in whose password is all they have, and asks the others for their second factor. */
export async function signIn(visit: Visit, input: { email: string; password: string }): Promise<OpenSession | SecondStep | Refusal> {
  const email = keptEmail(input.email)
  const mayTry = await visit.signIns.take(email, visit.address)
  const account = await visit.sessions.within({ kind: 'door' }, (tx) => findAccount(tx, visit, { email }))
  // Hashing takes tens of milliseconds: no transaction is held meanwhile.
  const matches = await isPassword(input.password, account?.passwordHash ?? null)
  if (!mayTry || !matches || !account?.membershipId) return deny(visit, account, SIGN_IN_REFUSED)
  const ways = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const steps = secondSteps(await readFactors(tx, account.userId))
    if (steps.length > 0) await beginChallenge(tx, visit, { purpose: 'second-factor', userId: account.userId, nonce: null, secret: null })
    return steps
  })
  return ways.length > 0 ? { ways } : letIn(visit, account, SIGN_IN_REFUSED)
}

/** The second step, or the only one of somebody who signs in with a passkey alone. */
export async function finishSignIn(visit: Visit, proof: Proof): Promise<OpenSession | Refusal> {
  const pending = await visit.sessions.within({ kind: 'door' }, (tx) => pendingChallenge(tx, visit, 'second-factor'))
  if (!pending?.userId) return wayOf(proof) === 'PASSKEY' ? signInWithPasskey(visit, proof.passkey!) : deny(visit, null, STEP_REFUSED)
  const { userId } = pending
  const account = await visit.sessions.within({ kind: 'door' }, (tx) => findAccount(tx, visit, { userId }))
  const mayTry = account !== null && (await visit.signIns.take(account.email, visit.address))
  if (!mayTry || !account.membershipId || !(await proves(visit, userId, proof, ['PASSKEY', 'TOTP', 'RECOVERY_CODE'])))
    return deny(visit, account, STEP_REFUSED)
  // Of two right answers to one question, one signs in.
  const taken = await visit.sessions.within({ kind: 'door' }, (tx) => takeChallenge(tx, visit, 'second-factor'))
  return taken ? letIn(visit, account, STEP_REFUSED) : deny(visit, account, STEP_REFUSED)
}

async function signInWithPasskey(visit: Visit, answer: string): Promise<OpenSession | Refusal> {
  const mayTry = await visit.signIns.take(null, visit.address)
  const account = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const challenge = await takeChallenge(tx, visit, 'passkey')
    const signer = mayTry && challenge?.nonce ? await signerOf(tx, visit, challenge.nonce, answer) : null
    return signer && findAccount(tx, visit, { userId: signer.userId })
  })
  return account?.membershipId ? letIn(visit, account, STEP_REFUSED) : deny(visit, account, STEP_REFUSED)
}

async function letIn(visit: Visit, account: Account, refusal: Refusal): Promise<OpenSession | Refusal> {
  const { userId, membershipId, email, waysSince: since } = account
  const session = await beginSession(visit, { userId, membershipId: membershipId!, waysSince: since })
  if (!session) return deny(visit, account, refusal)
  await visit.signIns.forgive(email, visit.address)
  visit.handOutChallenge(null)
  return session
}

async function deny(visit: Visit, account: Account | null, refusal: Refusal): Promise<Refusal> {
  const act = {
    action: 'sign-in',
    userId: account?.userId ?? null,
    membershipId: account?.membershipId ?? null,
    outcome: 'denied',
  } as const
  await visit.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, visit, act))
  return refusal
}

interface Account {
  readonly userId: string
  readonly email: string
  readonly passwordHash: string | null
  /** The first one in force. */
  readonly membershipId: string | null
  readonly waysSince: string | null
}

async function findAccount(tx: Tx, visit: Visit, by: { email: string } | { userId: string }): Promise<Account | null> {
  const user = await tx.db
    .selectFrom('app_user as u')
    .leftJoin('password_credential as c', 'c.user_id', 'u.id')
    .select(['u.id', 'u.email', 'c.password_hash'])
    .where((row) => ('email' in by ? row('u.email', '=', by.email) : row('u.id', '=', by.userId)))
    .executeTakeFirst()
  if (!user) return null
  const [first] = await liveMemberships(tx, visit, user.id)
  const since = await waysSince(tx, user.id)
  return { userId: user.id, email: user.email, passwordHash: user.password_hash, membershipId: first?.id ?? null, waysSince: since }
}
