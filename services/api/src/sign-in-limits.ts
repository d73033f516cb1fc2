import { createHash } from 'node:crypto'
import type { SignInLimits } from '@carecommons/domain/graphql'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const WINDOW_SECONDS = 15 * 60

/** Tries in 15 minutes. Counted in the memory of this process: several processes each count for themselves. */
export function openSignInLimits(): SignInLimits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS })
  const pair = limiter(10)
  // Somebody else's failures must not lock a person out early, so the account as a whole has more room.
  const account = limiter(50)
  const address = limiter(100)
  return {
    async take(email, from) {
      const tries = [pair.consume(key(email, from)), account.consume(key(email)), address.consume(key(from))]
      const results = await Promise.allSettled(tries)
      for (const result of results) if (result.status === 'rejected' && !(result.reason instanceof RateLimiterRes)) throw result.reason
      return results.every(({ status }) => status === 'fulfilled')
    },
    async forgive(email, from) {
      await Promise.all([pair.delete(key(email, from)), account.reward(key(email)), address.reward(key(from))])
    },
  }
}

/** Addresses as typed may be long, or secrets typed into the wrong field. */
const key = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\n')).digest('base64url')
