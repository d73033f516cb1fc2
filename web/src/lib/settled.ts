import { useEffect, useState } from 'react'

/** A value once it has stopped changing for a moment: a search asks when the typing pauses, not at each letter. */
export function useSettled<T>(value: T, milliseconds = 180): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
