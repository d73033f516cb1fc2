import { createRedisBackend } from 'bullmq'
import { Redis } from 'ioredis'
import type { Backend, Engine } from './engine.ts'
import type { JobLog } from './log.ts'
import { takeTurnsLua } from './turns.ts'

/** Seconds. */
const HOUR = 3_600

/** One connection for all commands; each worker adds one of its own to wait on. */
export async function openRedis(backend: Backend & { kind: 'redis' }, log: JobLog): Promise<Engine> {
  const prefix = backend.prefix ?? 'commons'
  const client = new Redis(backend.url, {
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    lazyConnect: true,
    connectionName: 'commons-jobs',
  })
  client.on('error', (error) => log({ level: 'warn', event: 'ConnectionLost', backend: 'redis', message: error.message }))
  client.setMaxListeners(0)
  try {
    await client.connect()
  } catch (error) {
    client.disconnect()
    throw error
  }
  return {
    kind: 'redis',
    factory: (name, opts, how) => createRedisBackend(name, { ...opts, connection: client }, how),
    prefix,
    // Entries live in memory: bounded by count as well.
    keep: { done: { age: HOUR, count: 20_000 }, dead: { age: 720 * HOUR, count: 20_000 } },
    takeTurns: async (queue, group, count) =>
      Number(await client.eval(takeTurnsLua, 2, `${prefix}:${queue}:turns`, `${prefix}:${queue}:prioritized`, group, count)),
    existing: async (queue, ids) => {
      const found = await Promise.all(ids.map((id) => client.exists(`${prefix}:${queue}:${id}`)))
      return new Set(ids.filter((_, index) => found[index] === 1))
    },
    close: async () => client.disconnect(),
  }
}
