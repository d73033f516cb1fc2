import { useEffect, useState } from 'react'

/**
 * Where systems ask for tokens, as the service itself tells every program (SMART App Launch 2.2): an assertion must name this very address,
 * whichever address the browser came by. Empty until it is known.
 */
export function useTokenAddress(): string {
  const [address, setAddress] = useState('')
  useEffect(() => {
    const leaving = new AbortController()
    fetch('/.well-known/smart-configuration', { signal: leaving.signal })
      .then((response) => response.json())
      .then((configuration: { token_endpoint: string }) => setAddress(configuration.token_endpoint))
      .catch((error: unknown) => {
        if (!leaving.signal.aborted) throw error
      })
    return () => leaving.abort()
  }, [])
  return address
}
