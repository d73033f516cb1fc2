import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { takeChallenge, takeNonce } from './challenge.ts'
import type { Way } from './factors.ts'
import { signerOf } from './passkey.ts'
import { isPassword } from './password.ts'
import { useRecoveryCode } from './recovery-codes.ts'
import { totpStep } from './totp.ts'

/** One of them. A passkey's proof is what the browser answered, as JSON. */
export interface Proof {
  readonly password?: string | null
  readonly passkey?: string | null
  readonly totp?: string | null
  readonly recoveryCode?: string | null
}

/** Which way a proof goes; null when it is none or several. */
export function wayOf({ password, passkey, totp, recoveryCode }: Proof): Way | null {
  const given = [password && 'PASSWORD', passkey && 'PASSKEY', totp && 'TOTP', recoveryCode && 'RECOVERY_CODE'].filter(Boolean) as Way[]
  return given.length === 1 ? given[0]! : null
}

/** Whether the proof is this person's, by one of the allowed ways. What can be used once is used up. */
export async function proves(visit: Visit, userId: string, proof: Proof, allowed: readonly Way[]): Promise<boolean> {
  const way = wayOf(proof)
  if (!way || !allowed.includes(way)) return false
  if (way === 'PASSWORD') return isOwnPassword(visit, userId, proof.password!)
  return visit.sessions.within({ kind: 'door' }, async (tx) => {
    if (way === 'TOTP') return useTotp(tx, visit, userId, proof.totp!)
    if (way === 'RECOVERY_CODE') return useRecoveryCode(tx, userId, proof.recoveryCode!)
    const nonce = await nonceFor(tx, visit, userId)
    return nonce !== null && (await signerOf(tx, visit, nonce, proof.passkey!))?.userId === userId
  })
}

async function isOwnPassword(visit: Visit, userId: string, password: string): Promise<boolean> {
  const row = await visit.sessions.within({ kind: 'door' }, ({ db }) =>
    db.selectFrom('password_credential').select('password_hash').where('user_id', '=', userId).executeTakeFirst(),
  )
  return isPassword(password, row?.password_hash ?? null)
}

/** Within the second step of signing in, or for a session that is there. */
async function nonceFor(tx: Tx, visit: Visit, userId: string): Promise<string | null> {
  const within = await takeNonce(tx, visit, 'second-factor')
  if (within) return within
  const challenge = await takeChallenge(tx, visit, 'passkey')
  return challenge?.userId === userId ? challenge.nonce : null
}

/** A code counts once: its step must be newer than the last one used, also when two requests bring it at the same moment. */
async function useTotp(tx: Tx, visit: Visit, userId: string, code: string): Promise<boolean> {
  const rows = await tx.db.selectFrom('totp_authenticator').select(['id', 'secret']).where('user_id', '=', userId).execute()
  for (const { id, secret } of rows) {
    const step = totpStep(visit.vault.unseal(secret, userId), code, visit.clock.now())
    if (step === null) continue
    const used = await tx.db
      .updateTable('totp_authenticator')
      .set({ last_step: BigInt(step), last_used_at: visit.clock.now().toISOString() })
      .where('id', '=', id)
      .where('last_step', '<', BigInt(step))
      .returning('id')
      .execute()
    if (used.length === 1) return true
  }
  return false
}
