import { type Refusal, refused } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { beginChallenge, pendingChallenge, setNonce } from './challenge.ts'
import { askForPasskey } from './passkey.ts'

export const NO_PASSKEYS_HERE = refused(
  'PasskeysUnavailable',
  'Passkeys do not work at this address. Whoever runs CareCommons sets COMMONS_URL to the address people use.',
)

/**
 * Asks the caller's browser for a passkey: to sign in (any passkey, or after a password one of that person's), or to confirm that the
 * person of a session is still there.
 */
export async function askPasskey(visit: Visit, purpose: 'SIGN_IN' | 'CONFIRM'): Promise<{ options: string } | Refusal> {
  const party = visit.relyingParty
  if (!party) return NO_PASSKEYS_HERE
  const look = purpose === 'CONFIRM' ? await visit.look(false) : null
  const confirming = look && 'session' in look ? look.session.user.id : null
  return visit.sessions.within({ kind: 'door' }, async (tx) => {
    const pending = purpose === 'SIGN_IN' ? await pendingChallenge(tx, visit, 'second-factor') : null
    const userId = pending?.userId ?? confirming
    const { options, nonce } = await askForPasskey(party, userId ? await credentialIds(tx, userId) : null)
    if (pending) await setNonce(tx, visit, nonce)
    else await beginChallenge(tx, visit, { purpose: 'passkey', userId, nonce, secret: null })
    return { options }
  })
}

export async function credentialIds(tx: Tx, userId: string): Promise<string[]> {
  const rows = await tx.db.selectFrom('passkey').select('credential_id').where('user_id', '=', userId).execute()
  return rows.map((row) => row.credential_id)
}
