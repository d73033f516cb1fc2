import { setTimeout } from 'node:timers/promises'
import type { Sessions, Tx } from '@carecommons/domain'
import { beginOperation } from './operation.ts'

const scope = { kind: 'worker', practiceIds: [] } as const

/** All connections are taken for a while. */
const busy = {
  within: async (_: unknown, work: (tx: Tx) => Promise<unknown>) => {
    await setTimeout(20)
    return work({} as Tx)
  },
} as unknown as Sessions

test('an operation that is refused before a connection is free for it leaves no error that nobody takes', async () => {
  const operation = beginOperation(busy, scope)
  const begun = operation.tx()
  const ended = operation.end('rollback')
  // Errors that nobody takes by the end of a turn end the process.
  await setTimeout(5)
  await ended
  await expect(begun).resolves.toEqual({})
})
