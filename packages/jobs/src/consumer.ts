import { isRefusal } from '@carecommons/kernel'
import { type Job, UnrecoverableError, WaitingError } from 'bullmq'
import { type Delivery, jobContracts, type JobHandlers, type JobName, jobNames, type QueueName } from './contract.ts'
import type { Engine } from './engine.ts'
import { EntryWorker } from './entries.ts'
import { describe, type Explain, framesOf, readReason } from './failure.ts'
import { storable } from './storable.ts'
import type { JobLog } from './log.ts'
import { type Payload, readPayload } from './payload.ts'
import { within } from './within.ts'

export interface WorkOptions {
  /** Jobs of one queue running at once in this process. */
  readonly concurrency: number
  /** Words for the domain's own errors; see `describe`. */
  readonly explain?: Explain
}

/**
 * A worker holds a job by a lock of ten seconds, renewed every three: after `kill -9` the lock runs out and the next check,
 * five seconds apart, gives the job away, so at most 15 s pass. Longer would only delay recovery; shorter would take jobs
 * from workers whose event loop is busy: a handler must not block it for more than five seconds.
 *
 * A job may lose 30 workers before it counts as the one that kills them.
 */
const HOLDING = { lockDuration: 10_000, lockRenewTime: 3_000, stalledInterval: 5_000, maxStalledCount: 30, runRetryDelay: 1_000 }

/** The side that runs handlers. */
export function openConsumer(engine: Engine, log: JobLog) {
  const workers = new Map<QueueName, EntryWorker>()
  const running = new Map<string, AbortController>()
  const deliveries = new Set<Promise<void>>()
  const stopping = new AbortController()
  const handBack = Promise.withResolvers<'handed back'>()

  const work = async (handlers: JobHandlers, options: WorkOptions): Promise<void> => {
    const queues = new Set((Object.keys(handlers) as JobName[]).map((name) => jobContracts[name].queue))
    for (const queue of queues) {
      const unhandled = jobNames.filter((name) => jobContracts[name].queue === queue && !handlers[name])
      if (unhandled.length > 0) throw new TypeError(`Who works the queue ${queue} also handles ${unhandled.join(', ')}`)
      if (workers.has(queue)) throw new TypeError(`This process already works the queue ${queue}`)
      workers.set(queue, openWorker(queue, handlers, options))
    }
    await Promise.all([...workers.values()].map((worker) => worker.waitUntilReady()))
  }

  const openWorker = (queue: QueueName, handlers: JobHandlers, { concurrency, explain }: WorkOptions): EntryWorker => {
    const worker = new EntryWorker(
      queue,
      (job, token) => {
        const delivery = deliver(job, token!, handlers, explain)
        deliveries.add(delivery)
        return delivery.finally(() => deliveries.delete(delivery))
      },
      { connection: {}, prefix: engine.prefix, concurrency, ...HOLDING },
      engine.factory,
    )
    worker.on('error', (error) => log({ level: 'warn', event: 'QueueError', queue, message: error.message }))
    worker.on('lockRenewalFailed', (ids) => ids.forEach((id) => running.get(id)?.abort(new Error('The job was given to another worker.'))))
    worker.on('stalled', (id) => log({ level: 'warn', event: 'JobRecovered', queue, entry: id }))
    worker.on('failed', (job, error) => {
      if (job?.finishedOn) log({ level: 'error', event: 'DeadLetter', ...identity(job), ...readReason(error.message) })
    })
    return worker
  }

  const deliver = async (job: Job, token: string, handlers: JobHandlers, explain?: Explain): Promise<void> => {
    const payload = readPayload({ id: job.id, name: job.name, data: job.data })
    if (isRefusal(payload)) {
      log({ level: 'error', event: payload.code, queue: job.queueName, entry: job.id, message: payload.message })
      throw new UnrecoverableError(`${payload.code}: ${payload.message}`)
    }
    const entry = job.id!
    const stop = new AbortController()
    running.get(entry)?.abort()
    running.set(entry, stop)
    try {
      const delivery: Delivery = {
        attempt: job.attemptsMade + 1,
        attempts: job.opts.attempts ?? 1,
        signal: AbortSignal.any([stop.signal, stopping.signal]),
        progress: (done) => job.updateProgress(Number(done)),
      }
      const outcome = await Promise.race([handle(handlers, payload, delivery), handBack.promise])
      if (outcome === 'handed back') await giveBack(job, token)
    } catch (thrown) {
      if (thrown instanceof WaitingError) throw thrown
      if (stopping.signal.aborted) await giveBack(job, token)
      const failure = describe(thrown, explain)
      const { code, message } = failure
      log({ level: 'warn', event: 'JobFailed', ...identity(job), attempt: job.attemptsMade + 1, code, message, frames: framesOf(thrown) })
      throw storable(failure)
    } finally {
      if (running.get(entry) === stop) running.delete(entry)
    }
  }

  /** The entry waits again, at its old turn and with its attempts; `WaitingError` tells BullMQ that it is settled. */
  const giveBack = async (job: Job, token: string): Promise<never> => {
    await job.moveToWait(token)
    log({ level: 'info', event: 'HandedBack', ...identity(job) })
    throw new WaitingError()
  }

  /**
   * Takes no new job; at four fifths of the time running handlers are told to stop, at its end their jobs are given back.
   * BullMQ waits for ever for a Redis connection that is just being made again: two seconds after the last handler it is cut.
   */
  const close = async (timeoutMs: number): Promise<void> => {
    const all = [...workers.values()]
    const tell = setTimeout(() => stopping.abort(new Error('The process stops.')), timeoutMs * 0.8)
    const end = setTimeout(() => handBack.resolve('handed back'), timeoutMs)
    const closed = Promise.all(all.map((worker) => worker.close()))
    try {
      await Promise.race([closed, Promise.allSettled(deliveries)])
      await within(2_000, closed)
    } catch (error) {
      await Promise.all(all.map((worker) => worker.abandon()))
      throw error
    } finally {
      clearTimeout(tell)
      clearTimeout(end)
    }
  }

  return { work, close }
}

const handle = (handlers: JobHandlers, payload: Payload, delivery: Delivery): Promise<void> =>
  payload.kind === 'tick'
    ? handlers['schedule.tick']!({ schedule: payload.schedule, dueAt: payload.dueAt, ...delivery })
    : handlers[payload.name]!({ jobId: payload.jobId, name: payload.name, ...delivery })

const identity = (job: Job): { queue: string; name: string; entry: string | undefined } => ({
  queue: job.queueName,
  name: job.name,
  entry: job.id,
})
