import { type Backend, type Enqueue, type JobHandlers, type JobLogLine, type Jobs, openJobs } from '@carecommons/jobs'
import { redisMissing } from '../support/redis.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { openStorage, queueDatabase, type Storage } from './queue-backends.ts'

/** What a case of the contract stands on; `storage` and `ledger` are there while cases run. */
export interface Rig {
  readonly kind: Backend['kind']
  readonly storage: Storage
  readonly ledger: Ledger
  readonly log: readonly JobLogLine[]
  /** A system of its own on the storage, as another process would have; closed after the case. */
  open(): Promise<Jobs>
  projecting(ids: readonly string[], more?: Partial<Enqueue>): Enqueue[]
  /** Log lines of one event. */
  logged(event: string): JobLogLine[]
  /** A case; passes untried where the storage cannot be had (then the run has said so). */
  holds(fact: string, proof: () => Promise<void>, timeoutMs?: number): void
}

export const nothing = async (): Promise<void> => undefined

/** Handlers for all kinds of the measure queue. */
export const measures = (handlers: JobHandlers): JobHandlers => ({
  'measures.run': nothing,
  'measures.evaluate-chunk': nothing,
  'measures.score': nothing,
  'measures.publish': nothing,
  ...handlers,
})

/** Sets up one backend for the cases of a `describe` block. */
export function setUp(kind: Backend['kind']): Rig {
  let database: Awaited<ReturnType<typeof queueDatabase>>
  let storage: Storage | null
  let ledger: Ledger
  const log: JobLogLine[] = []
  const opened: Jobs[] = []

  beforeAll(async () => {
    database = await queueDatabase()
    ledger = await openLedger(database.url)
    storage = await openStorage(kind, database.url)
    if (storage === null) return redisMissing('the queue on redis')
    await (await rig.open()).close()
  }, 60_000)

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((jobs) => jobs.close({ timeoutMs: 500 })))
    log.length = 0
    await storage?.empty()
  })

  afterAll(async () => {
    await storage?.close()
    await ledger.close()
    await database.close()
  })

  const rig: Rig = {
    kind,
    log,
    get storage() {
      return storage!
    },
    get ledger() {
      return ledger
    },
    open: async () => {
      const jobs = await openJobs({ backend: rig.storage.backend, log: (line) => void log.push(line) })
      opened.push(jobs)
      return jobs
    },
    projecting: (ids, more = {}) => ids.map((jobId) => ({ jobId, name: 'record.project', ...more })),
    logged: (event) => log.filter((line) => line.event === event),
    holds: (fact, proof, timeoutMs = 30_000) => void test(fact, async () => (storage === null ? undefined : proof()), timeoutMs),
  }
  return rig
}
