import { type Backend, openEngine } from './engine.ts'
import { openQueues } from './producer.ts'
import { countAll, type Health } from './queue-counts.ts'
import { QueueNotPrepared } from './queue-not-prepared.ts'
import { within } from './within.ts'

/** What the queues hold, without preparing or changing their storage; null when it was never prepared. Throws when it cannot be reached. */
export async function lookAtQueues(backend: Backend): Promise<Health['queues'] | null> {
  try {
    const engine = await openEngine(backend, () => undefined, 'look')
    const queues = openQueues(engine, { skipMetasUpdate: true })
    try {
      return await within(5_000, countAll(queues))
    } finally {
      for (const queue of queues.values()) await queue.close()
      await engine.close()
    }
  } catch (error) {
    if (error instanceof QueueNotPrepared) return null
    throw error
  }
}
