import { isUuid } from '@carecommons/kernel'
import { type FlowJob, FlowProducer } from 'bullmq'
import { type Enqueue, isJobName, jobContracts, type JobTree, type QueueName, queueNames } from './contract.ts'
import type { Engine } from './engine.ts'
import { deliveryOptions, EntryQueue, entryOf, withTurns } from './entries.ts'
import type { JobLog } from './log.ts'
import { isScheduleKey } from './payload.ts'
import { within } from './within.ts'

export type Queues = ReadonlyMap<QueueName, EntryQueue>

/** Entries in one insert: some 50 ms of work, so that storage that takes a hundred times as long counts as away. */
const BATCH = 500
const BATCH_MS = 5_000

export const openQueues = (engine: Engine, options: { skipMetasUpdate?: boolean } = {}): Queues =>
  new Map(queueNames.map((name) => [name, new EntryQueue(name, { connection: {}, prefix: engine.prefix, ...options }, engine.factory)]))

/** The side that puts entries into the queues. */
export function openProducer(engine: Engine, log: JobLog) {
  const options = { connection: {}, prefix: engine.prefix }
  const queues = openQueues(engine)
  const flows = new FlowProducer(options, engine.factory)
  const report = (error: Error) => log({ level: 'warn', event: 'QueueError', message: error.message })
  queues.forEach((queue) => queue.on('error', report))
  flows.on('error', report)

  const enqueue = async (given: Enqueue | readonly Enqueue[]): Promise<void> => {
    const jobs = Array.isArray(given) ? (given as readonly Enqueue[]) : [given as Enqueue]
    jobs.forEach(assertDeliverable)
    for (const [queue, own] of Map.groupBy(jobs, (job) => jobContracts[job.name].queue)) {
      for (let at = 0; at < own.length; at += BATCH) {
        await within(BATCH_MS, enqueueBatch(queue, own.slice(at, at + BATCH)))
      }
    }
  }

  const enqueueBatch = async (queue: QueueName, jobs: readonly Enqueue[]): Promise<void> => {
    const turned = await withTurns(jobs, engine)
    await queues.get(queue)!.addBulk(turned.map(({ job, turn }) => entryOf(job, turn, engine)))
  }

  /** A whole tree is left alone: on PostgreSQL adding it again locks rows from the root, and jobs that end lock them from the leaves. */
  const enqueueFlow = async (tree: JobTree): Promise<void> => {
    const jobs = [...nodesOf(tree)]
    jobs.forEach(assertDeliverable)
    if ((await missingOf(jobs)).length === 0) return
    await within(BATCH_MS * Math.ceil(jobs.length / BATCH), addFlow(tree, jobs))
  }

  const addFlow = async (tree: JobTree, jobs: readonly JobTree[]): Promise<void> => {
    const turns = new Map((await withTurns(jobs, engine)).map(({ job, turn }) => [job, turn]))
    await flows.add(flowOf(tree, turns, engine))
  }

  const requeueMissing = async (jobs: readonly Enqueue[]): Promise<string[]> => {
    const missing = await missingOf(jobs)
    await enqueue(missing)
    if (missing.length > 0) log({ level: 'warn', event: 'EntriesWereMissing', count: missing.length })
    return missing.map((job) => job.jobId)
  }

  const missingOf = async (jobs: readonly Enqueue[]): Promise<Enqueue[]> => {
    const missing: Enqueue[] = []
    for (const [queue, own] of Map.groupBy(jobs, (job) => jobContracts[job.name].queue)) {
      for (let at = 0; at < own.length; at += BATCH) {
        const some = own.slice(at, at + BATCH)
        const found = await within(
          BATCH_MS,
          engine.existing(
            queue,
            some.map((job) => job.jobId),
          ),
        )
        missing.push(...some.filter((job) => !found.has(job.jobId)))
      }
    }
    return missing
  }

  const schedule = async ({ key, cron, zone }: Schedule): Promise<void> => {
    if (!isScheduleKey(key)) throw new TypeError(`A schedule's key is lower case letters, digits, dots and dashes: ${key}`)
    const template = { name: 'schedule.tick', data: { schedule: key }, opts: deliveryOptions('schedule.tick', engine) }
    await within(BATCH_MS, queues.get('schedule')!.upsertJobScheduler(key, { pattern: cron, tz: zone }, template))
  }

  return {
    queues,
    enqueue,
    enqueueFlow,
    requeueMissing,
    schedule,
    unschedule: (key: string): Promise<boolean> => within(BATCH_MS, queues.get('schedule')!.removeJobScheduler(key)),
    ready: async () => void (await Promise.all([...queues.values(), flows].map((part) => part.waitUntilReady()))),
    close: async () => void (await Promise.all([...queues.values(), flows].map((part) => part.close()))),
  }
}

export interface Schedule {
  /** Names the schedule; setting it again replaces it. */
  readonly key: string
  /** Five fields, or six with seconds first. */
  readonly cron: string
  /** IANA time zone the fields are read in. */
  readonly zone: string
}

const assertDeliverable = ({ jobId, name }: Enqueue): void => {
  if (!isUuid(jobId) || !isJobName(name) || (name as string) === 'schedule.tick') throw new TypeError(`No ledger job: ${name} ${jobId}`)
}

function* nodesOf(tree: JobTree): Generator<JobTree> {
  for (const child of tree.children ?? []) yield* nodesOf(child)
  yield tree
}

function flowOf(tree: JobTree, turns: ReadonlyMap<JobTree, number>, engine: Engine, isChild = false): FlowJob {
  const entry = entryOf(tree, turns.get(tree)!, engine)
  return {
    ...entry,
    queueName: jobContracts[tree.name].queue,
    opts: { ...entry.opts, ...(isChild ? { failParentOnFailure: true } : {}) },
    children: tree.children?.map((child) => flowOf(child, turns, engine, true)) ?? [],
  } as FlowJob
}
