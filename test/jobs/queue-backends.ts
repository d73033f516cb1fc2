import { Redis } from 'ioredis'
import pg from 'pg'
import type { Backend } from '@carecommons/jobs'
import { openTestCluster } from '../support/cluster.ts'
import { startRedis } from '../support/redis.ts'
import { openCuttableWire } from './cuttable-wire.ts'

/** Queue storage as somebody with a shell on its server has it: what the suite edits, empties and cuts off. */
export interface Storage {
  readonly backend: Backend
  /** Overwrites the data of an entry with any text (PostgreSQL refuses what is no JSON). */
  setData(queue: string, id: string, text: string): Promise<void>
  setName(queue: string, id: string, name: string): Promise<void>
  /** Takes the lock of a running entry away, as if its worker had been silent for too long. */
  dropLock(queue: string, id: string): Promise<void>
  empty(): Promise<void>
  /** Everything stored, as text. */
  dump(): Promise<string>
  connections(): Promise<number>
  cut(): Promise<void>
  mend(): Promise<void>
  close(): Promise<void>
}

/** A database for queue and ledger, on the server of the run or one of its own: the one place that says where it comes from. */
export async function queueDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const shared = process.env['COMMONS_TEST_CLUSTER']
  const cluster = shared === undefined ? await openTestCluster() : { url: shared, close: async () => undefined }
  const name = `queue_${process.pid}`
  const admin = new pg.Client({ connectionString: cluster.url })
  await admin.connect()
  await admin.query(`create database ${name}`)
  const url = new URL(cluster.url)
  url.pathname = name
  return {
    url: url.href,
    close: async () => {
      await admin.query(`drop database ${name} with (force)`)
      await admin.end()
      await cluster.close()
    },
  }
}

export async function openStorage(kind: Backend['kind'], databaseUrl: string): Promise<Storage | null> {
  return kind === 'postgres' ? onPostgres(databaseUrl) : onRedis()
}

async function onPostgres(databaseUrl: string): Promise<Storage> {
  const role = `queue_${process.pid}`
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  await admin.query(`create role ${role} login password 'queue'`)
  const { rows } = await admin.query('select current_database() as name')
  await admin.query(`grant create on database ${pg.escapeIdentifier(rows[0].name)} to ${role}`)
  const wire = await openCuttableWire(Number(new URL(databaseUrl).port))
  const url = new URL(databaseUrl)
  url.username = role
  url.password = 'queue'
  url.port = String(wire.port)
  const tables = ['job', 'job_log', 'job_dependency', 'event', 'scheduler', 'dedup', 'dedup_next', 'meta', 'fair_turn']
  return {
    backend: { kind: 'postgres', url: url.href, schema: 'queue' },
    setData: async (queue, id, text) =>
      void (await admin.query('update queue.job set data = $3 where queue = $1 and id = $2', [queue, id, text])),
    setName: async (queue, id, name) =>
      void (await admin.query('update queue.job set name = $3 where queue = $1 and id = $2', [queue, id, name])),
    dropLock: async (queue, id) =>
      void (await admin.query('update queue.job set lock_token = null, locked_until_ms = 0 where queue = $1 and id = $2', [queue, id])),
    empty: async () => void (await admin.query(`truncate ${tables.map((table) => `queue.${table}`).join()} cascade`)),
    dump: async () => {
      const all = tables.map((table) => `select t::text as line from queue.${table} t`).join(' union all ')
      const { rows } = await admin.query(all)
      return rows.map((row: { line: string }) => row.line).join('\n')
    },
    connections: async () => {
      const { rows } = await admin.query('select count(*)::int as n from pg_stat_activity where usename = $1', [role])
      return rows[0].n
    },
    cut: wire.cut,
    mend: wire.mend,
    close: async () => {
      await wire.cut()
      await admin.query(`drop owned by ${role} cascade`)
      await admin.query(`drop role ${role}`)
      await admin.end()
    },
  }
}

async function onRedis(): Promise<Storage | null> {
  const server = await startRedis()
  if (server === null) return null
  const admin = new Redis(server.url)
  const wire = await openCuttableWire(server.port)
  const key = (queue: string, id: string) => `commons:${queue}:${id}`
  return {
    backend: { kind: 'redis', url: `redis://127.0.0.1:${wire.port}` },
    setData: async (queue, id, text) => void (await admin.hset(key(queue, id), 'data', text)),
    setName: async (queue, id, name) => void (await admin.hset(key(queue, id), 'name', name)),
    dropLock: async (queue, id) => void (await admin.del(`${key(queue, id)}:lock`)),
    empty: async () => void (await admin.flushall()),
    dump: async () => {
      const keys = await admin.keys('*')
      const values = await Promise.all(keys.map((each) => admin.dumpBuffer(each)))
      const hashes = await Promise.all(
        keys.map(async (each) => ((await admin.type(each)) === 'hash' ? JSON.stringify(await admin.hgetall(each)) : '')),
      )
      return [...keys, ...values.map((value) => value?.toString('latin1')), ...hashes].join('\n')
    },
    // The suite's own connection is not counted.
    connections: async () =>
      String(await admin.client('LIST'))
        .split('\n')
        .filter(Boolean).length - 1,
    cut: wire.cut,
    mend: wire.mend,
    close: async () => {
      await wire.cut()
      admin.disconnect()
      await server.stop()
    },
  }
}
