import type { Exchange, Operation, OperationResult } from 'urql'
import { filter, makeSubject, merge, pipe, tap } from 'wonka'

/** Tries of one operation before its refusal is shown after all. */
const MOST_TRIES = 3

/**
 * Keeps what was asked while the session was locked, or while another tab changed its token, and asks it again afterwards: whoever filled
 * in a form finds it sent. Nothing of it has happened: a closed door is met before anything is done.
 */
export function openParking(onStopped: () => void): { exchange: Exchange; release(): void } {
  const asked = new Map<number, { operation: Operation; tries: number }>()
  const parked = new Set<number>()
  const again = makeSubject<Operation>()
  const exchange: Exchange =
    ({ forward }) =>
    (operations) =>
      pipe(
        merge([pipe(operations, tap(note)), again.source]),
        forward,
        filter((result) => !parks(result)),
      )
  const note = (operation: Operation) => {
    if (operation.kind !== 'teardown') return void asked.set(operation.key, { operation, tries: 0 })
    asked.delete(operation.key)
    parked.delete(operation.key)
  }
  const parks = (result: OperationResult): boolean => {
    const entry = asked.get(result.operation.key)
    if (!isStopped(result) || !entry || entry.tries >= MOST_TRIES) return false
    entry.tries++
    parked.add(result.operation.key)
    onStopped()
    return true
  }
  return {
    exchange,
    release() {
      const waiting = [...parked]
      parked.clear()
      for (const key of waiting) {
        const entry = asked.get(key)
        if (entry) again.next(entry.operation)
      }
    },
  }
}

const isStopped = ({ error }: OperationResult): boolean =>
  ['LOCKED', 'UNAUTHENTICATED'].includes(String(error?.graphQLErrors[0]?.extensions['code']))
