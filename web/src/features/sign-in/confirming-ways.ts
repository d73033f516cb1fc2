import type { Way } from './proof-form.tsx'

type Held = { password: object | null; passkeys: readonly object[]; authenticators: readonly object[] }

/** By what somebody who is signed in can show that it is still them. */
export const confirmingWays = ({ password, passkeys, authenticators }: Held): Way[] => [
  ...(password ? ['PASSWORD' as const] : []),
  ...(passkeys.length > 0 ? ['PASSKEY' as const] : []),
  ...(authenticators.length > 0 ? ['TOTP' as const] : []),
]
