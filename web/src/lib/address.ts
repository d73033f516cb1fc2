import { useSearchParams } from 'react-router'

/** One named piece of a page's state in its address. Opaque ids and codes only: never a name, a date of birth or a search text. */
export function useAddress(): {
  get(name: string): string | null
  /** Names of the pieces there are. */
  keys(): string[]
  set(changes: Record<string, string | null>): void
  with(changes: Record<string, string | null>): string
} {
  const [parameters, setParameters] = useSearchParams()
  const changed = (from: URLSearchParams, changes: Record<string, string | null>) => {
    const next = new URLSearchParams(from)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(name)
      else next.set(name, value)
    }
    return next
  }
  return {
    get: (name) => parameters.get(name),
    keys: () => [...parameters.keys()],
    set: (changes) => setParameters((from) => changed(from, changes), { replace: true }),
    with: (changes) => `?${changed(parameters, changes)}`,
  }
}
