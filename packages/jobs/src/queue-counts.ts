import type { QueueName } from './contract.ts'
import type { Backend } from './engine.ts'
import type { Queues } from './producer.ts'

export interface QueueCounts {
  readonly waiting: number
  readonly active: number
  /** Due later, pauses between attempts among them. */
  readonly delayed: number
  /** Waiting for their children. */
  readonly blocked: number
  /** Dead letters of the last 30 days. */
  readonly dead: number
  /** Done within the last hour. */
  readonly done: number
}

export interface Health {
  readonly backend: Backend['kind']
  readonly reachable: boolean
  /** Empty when storage cannot be reached. */
  readonly queues: Partial<Record<QueueName, QueueCounts>>
}

export async function countAll(queues: Queues): Promise<Health['queues']> {
  const counted = [...queues].map(async ([name, queue]) => {
    const {
      waiting = 0,
      prioritized = 0,
      paused = 0,
      active = 0,
      delayed = 0,
      failed = 0,
      completed = 0,
      ...rest
    } = await queue.getJobCounts()
    const blocked = rest['waiting-children'] ?? 0
    return [name, { waiting: waiting + prioritized + paused, active, delayed, blocked, dead: failed, done: completed }] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}
