import type { Exchange, Operation, OperationResult } from 'urql'
import { filter, makeSubject, merge, pipe, tap } from 'wonka'

/** Tries of one operation before its refusal is shown after all. */
const MOST_TRIES = 3

export interface Parking {
  readonly exchange: Exchange
  /** Asks it all again. */
  release(): void
  /** Shows the refusals after all. */
  giveUp(): void
}

/**
 * Keeps what met a closed door that a person can open, one of `codes`, and asks it again afterwards. So it is with what was asked while the session was locked, or while another tab changed its token, and asks it again afterwards: whoever filled
 * in a form finds it sent. Nothing of it has happened: a closed door is met before anything is done.
 */
export function openParking(codes: readonly string[], onStopped: () => void): Parking {
  const asked = new Map<number, { operation: Operation; tries: number }>()
  const parked = new Map<number, OperationResult>()
  const again = makeSubject<Operation>()
  const refused = makeSubject<OperationResult>()
  const exchange: Exchange =
    ({ forward }) =>
    (operations) =>
      merge([
        pipe(
          merge([pipe(operations, tap(note)), again.source]),
          forward,
          filter((result) => !parks(result)),
        ),
        refused.source,
      ])
  const note = (operation: Operation) => {
    if (operation.kind !== 'teardown') return void asked.set(operation.key, { operation, tries: 0 })
    asked.delete(operation.key)
    parked.delete(operation.key)
  }
  const parks = (result: OperationResult): boolean => {
    const entry = asked.get(result.operation.key)
    if (!isStopped(result, codes) || !entry || entry.tries >= MOST_TRIES) return false
    entry.tries++
    parked.set(result.operation.key, result)
    onStopped()
    return true
  }
  return {
    exchange,
    release() {
      const waiting = [...parked.keys()]
      parked.clear()
      for (const key of waiting) {
        const entry = asked.get(key)
        if (entry) again.next(entry.operation)
      }
    },
    giveUp() {
      const waiting = [...parked.values()]
      parked.clear()
      for (const result of waiting) refused.next(result)
    },
  }
}

const isStopped = ({ error }: OperationResult, codes: readonly string[]): boolean =>
  codes.includes(String(error?.graphQLErrors[0]?.extensions['code']))
