import { createContext, use, useCallback, useState } from 'react'

/**
 * State that outlives a page but not the session: a search text, a place in a list. It lives in memory only, because it may name a
 * patient and nothing that does may reach an address or a storage.
 */
export const KeptContext = createContext<Map<string, unknown>>(new Map())

/** Like useState; `key` must always be used with the same type. Null keeps nothing. */
export function useKept<T>(key: string | null, initial: T): [T, (value: T) => void] {
  const kept = use(KeptContext)
  const [value, setValue] = useState<T>(key !== null && kept.has(key) ? (kept.get(key) as T) : initial)
  const keep = useCallback(
    (next: T) => {
      if (key !== null) kept.set(key, next)
      setValue(next)
    },
    [kept, key],
  )
  return [value, keep]
}
