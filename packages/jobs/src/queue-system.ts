import { isUuid } from '@carecommons/kernel'
import { type Enqueue, jobContracts, type JobHandlers, type JobName, type JobTree } from './contract.ts'
import { openConsumer, type WorkOptions } from './consumer.ts'
import { type Backend, openEngine } from './engine.ts'
import { readReason } from './failure.ts'
import { type JobLog, quietly } from './log.ts'
import { openProducer, type Schedule } from './producer.ts'
import { countAll, type Health } from './queue-counts.ts'
import { within } from './within.ts'

export interface DeadLetter {
  /** `null` for schedule ticks, and for entries whose id somebody edited. */
  readonly jobId: string | null
  readonly name: string
  readonly code: string
  readonly message: string
  readonly attempts: number
  readonly failedAt: Date
}

export interface Jobs {
  /**
   * Delivers ledger rows, in the order given. A row whose entry waits, runs or is done within the last hour is left alone;
   * later than that the handler finds its row done. Throws when storage cannot be reached: the row stays, `requeueMissing`
   * delivers it later.
   */
  enqueue(jobs: Enqueue | readonly Enqueue[]): Promise<void>
  /** Delivers children before their parent. Submitting a tree again adds what is missing of it and nothing else. */
  enqueueFlow(tree: JobTree): Promise<void>
  /** Delivers those rows whose entry storage has lost and answers their ids. Trees: submit them again with `enqueueFlow`. */
  requeueMissing(jobs: readonly Enqueue[]): Promise<string[]>
  /** Runs handlers for queues this process does not work yet; all kinds of a queue together. */
  work(handlers: JobHandlers, options: WorkOptions): Promise<void>
  /** Sets a clock: each due moment reaches `schedule.tick` once, a missed one late. Kept in storage; set it at every start. */
  schedule(schedule: Schedule): Promise<void>
  unschedule(key: string): Promise<boolean>
  /** Answers within two seconds, reachable or not. */
  health(): Promise<Health>
  /** Dead letters, newest first. */
  failed(name?: JobName, limit?: number): Promise<DeadLetter[]>
  /** Finishes what runs or hands it back within `timeoutMs` (20 s); closing twice is closing once. */
  close(options?: { timeoutMs?: number }): Promise<void>
}

/** Opens the queues. Throws when storage cannot be reached or prepared. */
export async function openJobs(options: { backend: Backend; log: JobLog }): Promise<Jobs> {
  const log = quietly(options.log)
  const engine = await openEngine(options.backend, log)
  const producer = openProducer(engine, log)
  const consumer = openConsumer(engine, log)
  await producer.ready()
  let closed: Promise<void> | undefined

  const health = async (): Promise<Health> => {
    try {
      const queues = await within(2_000, countAll(producer.queues))
      return { backend: engine.kind, reachable: true, queues }
    } catch (error) {
      log({ level: 'warn', event: 'QueueUnreachable', message: error instanceof Error ? error.message : 'unknown' })
      return { backend: engine.kind, reachable: false, queues: {} }
    }
  }

  const failed = async (name?: JobName, limit = 100): Promise<DeadLetter[]> => {
    const queues = [...producer.queues].filter(([queue]) => name === undefined || jobContracts[name].queue === queue)
    const letters: DeadLetter[] = []
    for (const [, queue] of queues) {
      for (let at = 0; letters.length < limit; at += 200) {
        const entries = await queue.getFailed(at, at + 199)
        for (const entry of entries) {
          if (name !== undefined && entry.name !== name) continue
          letters.push({
            jobId: isUuid(entry.id ?? '') ? entry.id! : null,
            name: entry.name,
            ...readReason(entry.failedReason),
            attempts: entry.attemptsMade,
            failedAt: new Date(entry.finishedOn ?? 0),
          })
        }
        if (entries.length < 200) break
      }
    }
    return letters.sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime()).slice(0, limit)
  }

  const closeAll = async (timeoutMs: number): Promise<void> => {
    const parts = [
      [timeoutMs + 3_000, () => consumer.close(timeoutMs)],
      [2_000, producer.close],
      [2_000, engine.close],
    ] as const
    for (const [ms, part] of parts) {
      try {
        await within(ms, part())
      } catch (error) {
        log({ level: 'warn', event: 'CloseTimedOut', message: error instanceof Error ? error.message : 'unknown' })
      }
    }
  }

  return {
    enqueue: producer.enqueue,
    enqueueFlow: producer.enqueueFlow,
    requeueMissing: producer.requeueMissing,
    work: consumer.work,
    schedule: producer.schedule,
    unschedule: producer.unschedule,
    health,
    failed,
    close: ({ timeoutMs = 20_000 } = {}) => (closed ??= closeAll(timeoutMs)),
  }
}
