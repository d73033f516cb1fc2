import { useEffect } from 'react'

/** Calls `ask` every second while `active` and while somebody is looking. */
export function usePolling(active: boolean, ask: () => void): void {
  useEffect(() => {
    if (!active) return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') ask()
    }, 1000)
    return () => clearInterval(timer)
  }, [active, ask])
}
