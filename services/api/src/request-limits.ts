import { createHash } from 'node:crypto'
import { addRatePoints } from '@carecommons/domain/graphql'
import type { Sessions } from '@carecommons/domain'
import type { Clock } from '@carecommons/kernel'

/** Requests a minute. Generous to people and to a practice behind one address; in the way of a program that walks a registry. */
export interface RequestRates {
  readonly user: number
  readonly organization: number
  readonly address: number
}

export const requestRates: RequestRates = { user: 600, organization: 6_000, address: 6_000 }

/** Counts requests by user, organization and address. */
export interface RequestLimits {
  /** Takes one request; seconds to wait when there are none left, null while there are. */
  take(kind: keyof RequestRates, id: string): number | null
  close(): Promise<void>
}

const WINDOW_MS = 60_000
const SHARE_MS = 500

interface Count {
  /** Over all processes, when last told. */
  shared: number
  /** Taken here since. */
  own: number
}

/**
 * Requests are counted in memory and shared over the database twice a second: a request pays nothing for it, and several processes overrun
 * a limit by what they let in within half a second.
 */
export function openRequestLimits(sessions: Sessions, clock: Clock, rates: RequestRates, onFault: (error: unknown) => void): RequestLimits {
  let window = 0
  let counts = new Map<string, Count>()
  let sharing: Promise<void> = Promise.resolve()
  const timer = setInterval(() => void (sharing = sharing.then(share).catch(onFault)), SHARE_MS)
  timer.unref()

  async function share(): Promise<void> {
    const [shared, since] = [counts, window]
    const taken = [...shared].filter(([, { own }]) => own > 0).map(([key, { own }]) => ({ key, points: own }))
    if (taken.length === 0) return
    const rows = taken.map(({ key, points }) => ({ key: createHash('sha256').update(key).digest('base64url'), points }))
    const totals = await addRatePoints(sessions, new Date(since).toISOString(), rows)
    for (const [index, { key, points }] of taken.entries()) {
      const count = shared.get(key)!
      count.own -= points
      count.shared = totals.get(rows[index]!.key)!
    }
  }

  return {
    take(kind, id) {
      const now = clock.now().getTime()
      const current = Math.floor(now / WINDOW_MS) * WINDOW_MS
      if (current !== window) [window, counts] = [current, new Map<string, Count>()]
      const key = `${kind}\n${id}`
      const count = counts.get(key) ?? { shared: 0, own: 0 }
      counts.set(key, count)
      count.own++
      return count.shared + count.own <= rates[kind] ? null : Math.ceil((current + WINDOW_MS - now) / 1000)
    },
    async close() {
      clearInterval(timer)
      await sharing
    },
  }
}
