// planted: rules-of-hooks
import { useState } from 'react'

export function Counter({ shown }: { shown: boolean }): number {
  if (!shown) return 0
  const [count] = useState(0)
  return count
}
