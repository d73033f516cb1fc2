import { type IQueueBackend, Job, type JobJson, type JobProgress, type JobsOptions, type MinimalQueue, Queue, Worker } from 'bullmq'
import { type Enqueue, jobContracts } from './contract.ts'
import type { Engine } from './engine.ts'
import { LAST_TURN } from './turns.ts'

/** An entry whose data was edited into something that is no JSON is read as nothing, and refused like any other edit. */
class ReadableJob<D, R, N extends string, P extends JobProgress> extends Job<D, R, N, P> {
  static override fromJSON<T, R, N extends string>(queue: MinimalQueue, json: JobJson, jobId?: string): Job<T, R, N> {
    try {
      return super.fromJSON(queue, json, jobId)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return super.fromJSON(queue, { ...json, data: 'null' }, jobId)
    }
  }
}

export class EntryQueue extends Queue<unknown, void, string, unknown, void, string, IQueueBackend> {
  protected override get Job(): typeof Job {
    return ReadableJob
  }
}

export class EntryWorker extends Worker<unknown, void, string, IQueueBackend> {
  protected override get Job(): typeof Job {
    return ReadableJob
  }

  /** Ends the timers and connections of a worker whose `close` does not return, so that the process can end. */
  async abandon(): Promise<void> {
    await this.lockManager.close()
    await this.backend.close(true)
  }
}

/** The queue entry of a ledger row at a turn (0 is before all turns). */
export const entryOf = (job: Enqueue, turn: number, engine: Engine): { name: string; data: { jobId: string }; opts: JobsOptions } => ({
  name: job.name,
  data: { jobId: job.jobId },
  opts: {
    jobId: job.jobId,
    priority: turn,
    ...(job.delayMs === undefined ? {} : { delay: job.delayMs }),
    ...deliveryOptions(job.name, engine),
  },
})

/** Half of each pause is random, so that jobs which failed together do not come back together. */
export const deliveryOptions = (name: keyof typeof jobContracts, { keep }: Engine): JobsOptions => ({
  attempts: jobContracts[name].attempts,
  backoff: { type: 'exponential', delay: jobContracts[name].backoffMs, jitter: 0.5 },
  removeOnComplete: keep.done,
  removeOnFail: keep.dead,
  stackTraceLimit: 0,
})

/** Gives every job its turn, in the order given. */
export async function withTurns<J extends Enqueue>(jobs: readonly J[], engine: Engine): Promise<{ job: J; turn: number }[]> {
  const counts = new Map<string, number>()
  for (const job of jobs) if (job.priority !== 'urgent') counts.set(lineOf(job), (counts.get(lineOf(job)) ?? 0) + 1)
  const next = new Map<string, number>()
  for (const [line, count] of counts) {
    const { queue, group } = JSON.parse(line) as { queue: string; group: string }
    next.set(line, await engine.takeTurns(queue, group, count))
  }
  return jobs.map((job) => {
    if (job.priority === 'urgent') return { job, turn: 0 }
    const turn = next.get(lineOf(job))!
    next.set(lineOf(job), turn + 1)
    return { job, turn: Math.min(turn, LAST_TURN) }
  })
}

const lineOf = (job: Enqueue): string => JSON.stringify({ queue: jobContracts[job.name].queue, group: job.group ?? '' })
