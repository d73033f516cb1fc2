/** How one kind of job is delivered. */
export interface JobContract {
  /** Kinds of one queue share its workers; queues never wait for each other. */
  readonly queue: string
  /** Deliveries that may fail before the entry becomes a dead letter. */
  readonly attempts: number
  /** First pause after a failure, in milliseconds; each further pause doubles, spread by up to half. */
  readonly backoffMs: number
}

/** Every kind of job there is. A new kind is a new line. */
export const jobContracts = {
  'measures.run': { queue: 'measures', attempts: 5, backoffMs: 1_000 },
  'measures.evaluate-chunk': { queue: 'measures', attempts: 5, backoffMs: 1_000 },
  'measures.score': { queue: 'measures', attempts: 5, backoffMs: 1_000 },
  'measures.publish': { queue: 'measures', attempts: 5, backoffMs: 1_000 },
  'measures.coming-gaps': { queue: 'coming', attempts: 5, backoffMs: 1_000 },
  'packages.check-deck': { queue: 'packages', attempts: 5, backoffMs: 1_000 },
  'packages.try-draft': { queue: 'packages', attempts: 5, backoffMs: 1_000 },
  'packages.compare': { queue: 'packages', attempts: 5, backoffMs: 1_000 },
  'registries.compare': { queue: 'packages', attempts: 5, backoffMs: 1_000 },
  'registries.count': { queue: 'registries', attempts: 5, backoffMs: 1_000 },
  'intake.import': { queue: 'intake', attempts: 3, backoffMs: 2_000 },
  'staff.plan': { queue: 'plans', attempts: 5, backoffMs: 1_000 },
  'lists.export': { queue: 'exports', attempts: 5, backoffMs: 1_000 },
  'record.label': { queue: 'label', attempts: 8, backoffMs: 1_000 },
  'record.project': { queue: 'record', attempts: 8, backoffMs: 500 },
  'mail.invitation': { queue: 'mail', attempts: 8, backoffMs: 5_000 },
  'mail.renewed': { queue: 'mail', attempts: 8, backoffMs: 5_000 },
  'mail.emergency': { queue: 'mail', attempts: 8, backoffMs: 5_000 },
  'schedule.tick': { queue: 'schedule', attempts: 5, backoffMs: 1_000 },
} as const satisfies Record<string, JobContract>

/** A kind of job; `schedule.tick` is made by the queue itself, all others by a ledger row. */
export type JobName = keyof typeof jobContracts
export type LedgerJobName = Exclude<JobName, 'schedule.tick'>
export type QueueName = (typeof jobContracts)[JobName]['queue']

export const jobNames = Object.keys(jobContracts) as JobName[]
export const queueNames = [...new Set(jobNames.map((name) => jobContracts[name].queue))]

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobContracts, name)

/** The delivery of one ledger row. */
export interface Enqueue {
  /** Id of the ledger row (UUID); also the id of the queue entry, so that a row has one entry at most. */
  readonly jobId: string
  readonly name: LedgerJobName
  /** Whose work this is (a practice's id): groups take turns, however much one of them has waiting. */
  readonly group?: string
  /** `urgent` goes before everything that takes turns: only for what a person is waiting for. */
  readonly priority?: 'urgent' | 'fair'
  /** Not before this many milliseconds from now. */
  readonly delayMs?: number
}

/** A job that runs after all its children; a child that dies takes its parents with it. */
export interface JobTree extends Omit<Enqueue, 'delayMs'> {
  readonly children?: readonly JobTree[]
}

/** What a handler gets beside the job's identity. */
export interface Delivery {
  /** 1 for the first delivery. A delivery cut short by a crash or a restart does not count. */
  readonly attempt: number
  /** The last number `attempt` can reach. */
  readonly attempts: number
  /** Aborted when this process stops, or when the job was given to another worker. */
  readonly signal: AbortSignal
  /** A number and nothing else, so that nothing of a record can land in queue storage. */
  progress(done: number): Promise<void>
}

export interface RunningJob extends Delivery {
  readonly jobId: string
  readonly name: LedgerJobName
}

export interface ScheduleTick extends Delivery {
  /** The key given to `schedule`. */
  readonly schedule: string
  /** The moment the clock meant; the same for every delivery of one tick, so it makes the ledger row unique. */
  readonly dueAt: Date
}

export type JobHandlers = { [Name in LedgerJobName]?: (job: RunningJob) => Promise<void> } & {
  'schedule.tick'?: (tick: ScheduleTick) => Promise<void>
}
