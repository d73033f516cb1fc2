import { KeysUnreachable, type PublicKey, readKeySet } from '@carecommons/domain/graphql'
import type { Clock } from '@carecommons/kernel'
import { FetchRefused, type SafeFetch } from '../outside/safe-fetch.ts'

/** A key that was taken out of a set is refused after this time at the latest. */
const LONGEST_MS = 5 * 60_000
/** For a server that does not say how long its answer may be kept. */
const UNTOLD_MS = 60_000
/** How often an unknown key id makes us ask again: whoever makes key ids up must not make us knock at somebody's door. */
const ASK_AGAIN_MS = 10_000
/** Registered addresses only get here, so this is never met in a region of ordinary size. */
const MOST_SETS = 1_000

interface KeptSet {
  readonly keys: readonly PublicKey[]
  readonly readAt: number
  readonly goodUntil: number
}

/** Key sets behind URLs, kept as long as their servers allow (SMART App Launch 2.2), five minutes at most. */
export function openRemoteKeys(fetch: SafeFetch, clock: Clock): (url: string, kid: string) => Promise<readonly PublicKey[]> {
  const kept = new Map<string, KeptSet>()
  const underWay = new Map<string, Promise<KeptSet>>()

  const ask = (url: string): Promise<KeptSet> => {
    const asking = underWay.get(url) ?? readSet(fetch, clock, url).finally(() => underWay.delete(url))
    underWay.set(url, asking)
    return asking
  }
  return async (url, kid) => {
    const now = clock.now().getTime()
    const known = kept.get(url)
    const isGood = known !== undefined && now < known.goodUntil && now >= known.readAt
    if (isGood && (known.keys.some((key) => key.kid === kid) || now < known.readAt + ASK_AGAIN_MS)) return known.keys
    // What cannot be read again is not trusted any longer either.
    kept.delete(url)
    const read = await ask(url)
    if (kept.size >= MOST_SETS) kept.delete(kept.keys().next().value!)
    kept.set(url, read)
    return read.keys
  }
}

async function readSet(fetch: SafeFetch, clock: Clock, url: string): Promise<KeptSet> {
  const response = await fetch(url, { headers: { accept: 'application/json, application/jwk-set+json' } }).catch((error: unknown) => {
    if (error instanceof FetchRefused) throw new KeysUnreachable(error.reason, { cause: error })
    throw error
  })
  if (response.status !== 200) throw new KeysUnreachable('AnswerNot200')
  const text = await response.text()
  const keys = readKeySet(parsed(text))
  if (!keys) throw new KeysUnreachable('NoKeySet')
  const readAt = clock.now().getTime()
  return { keys, readAt, goodUntil: readAt + lifetimeOf(response.headers.get('cache-control') ?? '') }
}

function lifetimeOf(cacheControl: string): number {
  if (/\bno-(store|cache)\b/i.test(cacheControl)) return 0
  const seconds = /\bmax-age="?(\d{1,9})/i.exec(cacheControl)?.[1]
  return seconds === undefined ? UNTOLD_MS : Math.min(Number(seconds) * 1000, LONGEST_MS)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
