import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { requireStepUp, whoOf } from './confirm.ts'
import { type Factors, hasSecondFactor, readFactors } from './factors.ts'
import { type Account, readAccount } from './read-account.ts'

/** Takes away an authenticator app or a passkey, unless what is left would be too weak, or nothing. */
export async function removeAuthenticator(visit: Visit, session: OpenSession, id: string): Promise<Account | Refusal> {
  const refusal = requireStepUp({ clock: visit.clock, ...session })
  if (refusal) return refusal
  const outcome = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    // One after the other: two removals at once could each leave the other's.
    await tx.db.selectFrom('app_user').select('id').where('id', '=', session.user.id).forUpdate().execute()
    const factors = await readFactors(tx, session.user.id)
    const without = (list: Factors['passkeys']) => list.filter((one) => one.id !== id)
    const left: Factors = { ...factors, passkeys: without(factors.passkeys), authenticators: without(factors.authenticators) }
    const isOwn = [...factors.passkeys, ...factors.authenticators].some((one) => one.id === id)
    if (!isOwn) return refused('AuthenticatorUnknown', 'There is no such authenticator; it may be removed already.')
    const problem = problemWith(left)
    if (problem) return problem
    await remove(tx, session.user.id, id, left)
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'remove-authenticator', outcome: 'allowed', subjectIds: [id] })
    return null
  })
  return isRefusal(outcome) ? outcome : readAccount(visit, session)
}

function problemWith(left: Factors): Refusal | null {
  if (!left.password && left.passkeys.length === 0)
    return refused('LastWayIn', 'This is your only way to sign in. Add another passkey, or choose a password, before you remove it.')
  if (left.password && !hasSecondFactor(left) && !left.password.standsAlone)
    return refused(
      'PasswordTooShort',
      'Without it your password stands alone, and for that it is too short. Choose one of at least 15 characters first.',
    )
  return null
}

async function remove(tx: Tx, userId: string, id: string, left: Factors): Promise<void> {
  await tx.db.deleteFrom('passkey').where('user_id', '=', userId).where('id', '=', id).execute()
  await tx.db.deleteFrom('totp_authenticator').where('user_id', '=', userId).where('id', '=', id).execute()
  if (!hasSecondFactor(left)) await tx.db.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}
