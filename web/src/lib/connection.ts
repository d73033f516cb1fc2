import { persistedExchange } from '@urql/exchange-persisted'
import { cacheExchange, Client, fetchExchange } from 'urql'
import { documentId } from './document-id.ts'
import { graphql, type ResultOf } from './graphql.ts'
import { openParking } from './parking.ts'

const State = graphql(`
  query Connection_sessionState($inUse: Boolean!) {
    sessionState(inUse: $inUse) {
      state
      name
      unlockWith
    }
  }
`)

export type Lock = { name: string; unlockWith: ResultOf<typeof State>['sessionState']['unlockWith'] }

/** A tab asks this often whether it may go on showing what it shows; a membership that ended is noticed within it. */
const ASK_EVERY_MS = 4000
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/**
 * The connection of one session: dropping it drops everything it has seen of anybody. POST only, because a search text in a query string
 * would end in logs; the header proves the call came from our own script (CSRF).
 */
export interface Connection {
  readonly client: Client
  /** This tab acts under this membership, whatever another tab switches to. */
  actAs(membershipId: string): void
  /** For useSyncExternalStore: the lock over the screen, if there is one. */
  readonly lock: { subscribe(listener: () => void): () => void; now(): Lock | null }
  /** For useSyncExternalStore: whether something waits for its person to prove who they are. */
  readonly confirming: {
    subscribe(listener: () => void): () => void
    now(): boolean
    end(how: 'confirmed' | 'left'): void
    /** For what is no operation: a file. True once its person proved who they are. */
    ask(): Promise<boolean>
  }
  /** Asks how the session stands, at once. */
  look(): Promise<void>
  /** Looks now and then while somebody can see the page; answers how to stop. */
  watch(): () => void
}

export function connect(onOver: (how: 'ended' | 'not-acting') => void): Connection {
  let actingAs: string | null = null
  let lock: Lock | null = null
  let inUse = false
  let isConfirming = false
  let asking: PromiseWithResolvers<boolean> | undefined
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())
  const parking = openParking(['LOCKED', 'UNAUTHENTICATED'], () => void look())
  const askToConfirm = () => {
    isConfirming = true
    tell()
  }
  const dangerous = openParking(['STEP_UP_NEEDED'], askToConfirm)
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchSubscriptions: true,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({ headers: { 'x-commons': 'web', ...(actingAs && { 'x-acting-as': actingAs }) }, credentials: 'same-origin' }),
    exchanges: [
      cacheExchange,
      parking.exchange,
      dangerous.exchange,
      // A built web sends the names of its operations only: where the API is strict, it accepts nothing else from a browser.
      ...(import.meta.env.PROD ? [named] : []),
      fetchExchange,
    ],
  })
  const setLock = (next: Lock | null) => {
    if (next?.name === lock?.name) return
    lock = next
    tell()
  }
  const look = async () => {
    const { data } = await client.query(State, { inUse }, { requestPolicy: 'network-only' }).toPromise()
    inUse = false
    const found = data?.sessionState
    // Nobody answers: what is on screen stays, and the next request says so where it stands.
    if (!found) return
    if (found.state === 'SIGNED_OUT') onOver('ended')
    else if (found.state === 'NOT_ACTING') onOver('not-acting')
    else if (found.state === 'LOCKED') setLock({ name: found.name ?? '', unlockWith: found.unlockWith })
    else {
      setLock(null)
      parking.release()
    }
  }
  const lookIfSeen = () => void (document.visibilityState === 'visible' && look())
  const noteLife = () => void (inUse = lock === null)
  return {
    client,
    actAs: (membershipId) => void (actingAs = membershipId),
    lock: { subscribe, now: () => lock },
    confirming: {
      subscribe,
      now: () => isConfirming,
      end(how) {
        isConfirming = false
        tell()
        asking?.resolve(how === 'confirmed')
        asking = undefined
        if (how === 'confirmed') dangerous.release()
        else dangerous.giveUp()
      },
      ask() {
        asking ??= Promise.withResolvers<boolean>()
        askToConfirm()
        return asking.promise
      },
    },
    look,
    watch() {
      const timer = setInterval(lookIfSeen, ASK_EVERY_MS)
      document.addEventListener('visibilitychange', lookIfSeen)
      for (const sign of SIGNS_OF_LIFE) addEventListener(sign, noteLife, { capture: true, passive: true })
      return () => {
        clearInterval(timer)
        document.removeEventListener('visibilitychange', lookIfSeen)
        for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, noteLife, { capture: true })
      }
    },
  }
}

const named = persistedExchange({
  preferGetForPersistedQueries: false,
  enforcePersistedQueries: true,
  enableForMutation: true,
  enableForSubscriptions: true,
  generateHash: (query, document) => Promise.resolve(documentId(document, /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(query)![1]!)),
})
