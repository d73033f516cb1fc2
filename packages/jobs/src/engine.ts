import type { BackendFactory, KeepJobs } from 'bullmq'
import type { JobLog } from './log.ts'
import { openPostgres } from './engine-postgres.ts'
import { openRedis } from './engine-redis.ts'

/**
 * Where the queue is kept. PostgreSQL: a schema of its own, owned by the role in `url`, which may connect directly only
 * (LISTEN does not pass a transaction pooler). Redis: keys under `prefix` ("commons"), eviction policy `noeviction`.
 */
export type Backend =
  | { readonly kind: 'postgres'; readonly url: string; readonly schema: string; readonly connections?: number }
  | { readonly kind: 'redis'; readonly url: string; readonly prefix?: string }

/** What the two backends do differently; everything else is one code. */
export interface Engine {
  readonly kind: Backend['kind']
  readonly factory: BackendFactory
  /** Redis: what all keys of the queue start with. */
  readonly prefix?: string
  /** How long finished entries stay: `done` so that a second enqueue finds them, `dead` for people to read. */
  readonly keep: { readonly done: KeepJobs; readonly dead: KeepJobs }
  /** Takes `count` consecutive turns of a group in a queue and answers the first; see `turns.ts`. */
  takeTurns(queue: string, group: string, count: number): Promise<number>
  /** Those of the ids that have an entry in the queue, in whatever state. */
  existing(queue: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  close(): Promise<void>
}

/** Whether storage may be made and brought up to date, or is taken as it stands. */
export type Preparing = 'prepare' | 'look'

export const openEngine = (backend: Backend, log: JobLog, preparing: Preparing = 'prepare'): Promise<Engine> =>
  backend.kind === 'postgres' ? openPostgres(backend, log, preparing) : openRedis(backend, log)
