import type { Tx } from '#shared/sessions'

/** What a person signs in with; never a secret of it. */
export interface Factors {
  readonly password: { readonly changedAt: string; readonly standsAlone: boolean } | null
  readonly authenticators: readonly Factor[]
  readonly passkeys: readonly Factor[]
  readonly recoveryCodes: number
}

export interface Factor {
  readonly id: string
  readonly label: string
  readonly createdAt: string
  readonly lastUsedAt: string | null
}

export type Way = 'PASSWORD' | 'PASSKEY' | 'TOTP' | 'RECOVERY_CODE'

export async function readFactors(tx: Tx, userId: string): Promise<Factors> {
  const password = await tx.db
    .selectFrom('password_credential')
    .select(['changed_at as changedAt', 'stands_alone as standsAlone'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  const columns = ['id', 'label', 'created_at as createdAt', 'last_used_at as lastUsedAt'] as const
  const authenticators = await tx.db.selectFrom('totp_authenticator').select(columns).where('user_id', '=', userId).orderBy('id').execute()
  const passkeys = await tx.db.selectFrom('passkey').select(columns).where('user_id', '=', userId).orderBy('id').execute()
  const codes = await tx.db.selectFrom('recovery_code').select('user_id').where('user_id', '=', userId).execute()
  return { password: password ?? null, authenticators, passkeys, recoveryCodes: codes.length }
}

export const hasSecondFactor = ({ authenticators, passkeys }: Factors): boolean => authenticators.length + passkeys.length > 0

/** How somebody who gave the right password goes on; empty when the password is all there is. */
export const secondSteps = (factors: Factors): Way[] => {
  if (!hasSecondFactor(factors)) return []
  return [...deviceWays(factors), ...(factors.recoveryCodes > 0 ? ['RECOVERY_CODE' as const] : [])]
}

/** How somebody whose session is there already shows that it is still them. */
export const confirmingWays = (factors: Factors): Way[] => [...(factors.password ? ['PASSWORD' as const] : []), ...deviceWays(factors)]

const deviceWays = ({ passkeys, authenticators }: Factors): Way[] => [
  ...(passkeys.length > 0 ? ['PASSKEY' as const] : []),
  ...(authenticators.length > 0 ? ['TOTP' as const] : []),
]
