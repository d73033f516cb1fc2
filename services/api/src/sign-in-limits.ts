import { createHash } from 'node:crypto'
import { addRatePoints, type SignInLimits } from '@carecommons/domain/graphql'
import type { Sessions } from '@carecommons/domain'
import type { Clock } from '@carecommons/kernel'

const WINDOW_MS = 15 * 60_000

/**
 * Tries in 15 minutes, counted in the database for all processes together. Somebody else's failures must not lock a person out early, so
 * the account as a whole has more room than the account from one address.
 */
export function openSignInLimits(sessions: Sessions, clock: Clock): SignInLimits {
  const windowOf = () => new Date(Math.floor(clock.now().getTime() / WINDOW_MS) * WINDOW_MS).toISOString()
  return {
    async take(email, from) {
      const limits = limitsOf(email, from)
      const taken = limits.map(({ key }) => ({ key, points: 1 }))
      const counts = await addRatePoints(sessions, windowOf(), taken)
      return limits.every(({ key, most }) => counts.get(key)! <= most)
    },
    async forgive(email, from) {
      await addRatePoints(
        sessions,
        windowOf(),
        limitsOf(email, from).map(({ key, most, startsAnew }) => ({ key, points: startsAnew ? -most : -1 })),
      )
    },
  }
}

/** Without an account, for passkeys that name their person themselves, only the address counts. */
const limitsOf = (email: string | null, address: string) => [
  ...(email === null
    ? []
    : [
        { key: keyOf('pair', email, address), most: 10, startsAnew: true },
        { key: keyOf('account', email), most: 50, startsAnew: false },
      ]),
  { key: keyOf('sign-ins from', address), most: 100, startsAnew: false },
]

/** Addresses as typed may be long, or secrets typed into the wrong field. */
const keyOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\n')).digest('base64url')
