import {
  assertSchemaCompatibility,
  LATEST_SCHEMA_VERSION,
  PostgresConnection,
  PostgresQueueBackend,
  quoteSchemaName,
  runMigrations,
  SchemaMigrationRequiredError,
} from 'bullmq'
import pg from 'pg'
import { queueNames } from './contract.ts'
import type { Backend, Engine, Preparing } from './engine.ts'
import type { JobLog } from './log.ts'
import { QueueNotPrepared } from './queue-not-prepared.ts'
import { takeTurnsSql } from './turns.ts'

/** Seconds. */
const HOUR = 3_600
/** Connections for queries, beside the one with which each queue listens. */
const SHARED = 3

/**
 * One pool for the whole process: each worker keeps one of its connections to LISTEN, the rest is shared by all queries.
 * Left to itself BullMQ opens a pool for every queue and worker; a pool that is all listeners answers nothing.
 */
export async function openPostgres(backend: Backend & { kind: 'postgres' }, log: JobLog, preparing: Preparing): Promise<Engine> {
  const { url, schema } = backend
  const pool = new pg.Pool({
    connectionString: url,
    // The ledger is the truth: what a crash of the server takes of the queue is delivered again. Without waiting for the
    // disk at each step the queue is half as fast again.
    options: `-c search_path=${quoteSchemaName(schema)} -c synchronous_commit=off`,
    application_name: 'commons-jobs',
    max: backend.connections ?? queueNames.length + SHARED,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  pool.setMaxListeners(0)
  pool.on('error', (error) => log({ level: 'warn', event: 'ConnectionLost', backend: 'postgres', message: error.message }))
  try {
    if (preparing === 'prepare') await migrate(pool, schema)
    else if (!(await isPrepared(pool, schema))) throw new QueueNotPrepared()
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    kind: 'postgres',
    factory: (name, opts, { withBlockingConnection } = {}) =>
      new PostgresQueueBackend(
        new SharedConnection(pool, schema),
        name,
        { ...opts, connection: pool },
        true,
        withBlockingConnection ? name : undefined,
      ),
    // Age alone: BullMQ's count rule reads every kept row at each completion.
    keep: { done: { age: HOUR }, dead: { age: 720 * HOUR } },
    takeTurns: async (queue, group, count) => {
      const { rows } = await pool.query<{ turn: number }>('select take_turns($1, $2, $3) as turn', [queue, group, count])
      return rows[0]!.turn
    },
    existing: async (queue, ids) => {
      const { rows } = await pool.query<{ id: string }>('select id from job where queue = $1 and id = any($2)', [queue, ids])
      return new Set(rows.map((row) => row.id))
    },
    close: () => pool.end(),
  }
}

/** BullMQ reads the schema from pools it made itself only; ours is told. */
class SharedConnection extends PostgresConnection {
  override readonly schema: string
  constructor(pool: pg.Pool, schema: string) {
    super(pool)
    this.schema = schema
  }
}

/** DDL only when something is missing, so that a role that may not create can start on a ready schema. */
async function migrate(pool: pg.Pool, schema: string): Promise<void> {
  const client = await pool.connect()
  try {
    if ((await versionOf(client, schema)) < LATEST_SCHEMA_VERSION) await runMigrations(client, schema)
    const ready = await client.query("select to_regprocedure('take_turns(text, text, integer)') as turns")
    if (ready.rows[0].turns === null) await client.query(takeTurnsSql)
  } finally {
    client.release()
  }
}

async function isPrepared(pool: pg.Pool, schema: string): Promise<boolean> {
  const client = await pool.connect()
  try {
    return (await versionOf(client, schema)) >= LATEST_SCHEMA_VERSION
  } finally {
    client.release()
  }
}

async function versionOf(client: pg.PoolClient, schema: string): Promise<number> {
  try {
    return await assertSchemaCompatibility(client, schema)
  } catch (error) {
    if (error instanceof SchemaMigrationRequiredError) return 0
    throw error
  }
}
