import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '@carecommons/database'
import { requestRun } from '@carecommons/domain'
import { type Backend, type Jobs, openJobs } from '@carecommons/jobs'
import { isRefusal, newId } from '@carecommons/kernel'
import pg from 'pg'
import { openCluster, stopCluster } from '../../../packages/database/src/embedded/index.ts'
import { writeBorderlineCharts } from '../../conformance/metric/borderline-charts.ts'
import { runCommons } from '../../support/commons.ts'
import { testDatabase, type TestDatabase } from '../../support/database.ts'
import { startRedis } from '../../support/redis.ts'
import { starterSet } from '../../support/starter-set.ts'

const repository = resolve(import.meta.dirname, '../../..')
/** `COMMONS_KILLS=20`: by hand, with the server to itself. So many kills at random moments, and every case on both queues. */
export const KILLS = Number(process.env['COMMONS_KILLS'] ?? 0)
/** Queues of a case whose faults do not touch the queue. */
export const backends: readonly Backend['kind'][] = KILLS > 0 ? ['postgres', 'redis'] : ['postgres']

const PERIOD = { start: '2020-01-01', end: '2020-12-31' } as const

/** 300 charts of 12 practices whose measures over 2020 were computed once, undisturbed, and published. */
const BEGINNING = {
  name: 'metric_faults',
  from: starterSet,
  async fill({ env }: TestDatabase): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'commons-border-'))
    writeBorderlineCharts(folder, { charts: 300, practices: 12, seed: 21 })
    await runCommons(['import', 'fhir', folder], env)
    await runCommons(['measures', 'run', '--year', '2020'], env)
    rmSync(folder, { recursive: true })
  },
}

/** A region whose worker dies, and its queue storage with it: what the cases of one backend stand on. */
export interface Rig {
  readonly jobs: Jobs
  /** As the application, which takes on a role per transaction. */
  readonly sessions: Database
  /** Asks for a run over a year, 2020 unless told, as a person does. */
  request(year?: number): Promise<string>
  /** Runs a command of the command line on this region. */
  commons(...args: readonly string[]): Promise<string>
  /** Starts a worker and waits until it works. `twice`: it gets each job two times, at the same moment. */
  startWorker(deliveries?: 'once' | 'twice'): Promise<WorkerProcess>
  /** SQL as the owner, behind all walls. */
  sql<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** Another connection of the owner's, for holding locks. */
  connect(): Promise<pg.Client>
  /**
   * PostgreSQL goes away under everybody and comes back: all connections end, and for a moment there are no new ones. The server that tests
   * share stays for the others; with `COMMONS_KILLS` it is this case's own and does stop.
   */
  restartPostgres(): Promise<void>
  /** Somebody with a shell on the queue's server empties it. */
  emptyQueue(): Promise<void>
  /** And writes into one entry. */
  editEntry(jobId: string, payload: string): Promise<void>
  close(): Promise<void>
}

export interface WorkerProcess {
  readonly log: () => string
  kill(): Promise<void>
  /** Asks it to end and answers its exit code. */
  end(): Promise<number | null>
}

/** Null where Redis cannot be had. */
export async function openRig(kind: Backend['kind']): Promise<Rig | null> {
  const redis = kind === 'redis' ? await startRedis() : undefined
  if (redis === null) return null
  const database = await testDatabase(BEGINNING)
  const backend: Backend = redis
    ? { kind: 'redis', url: redis.url }
    : { kind: 'postgres', url: database.queueUrl, schema: database.queueSchema }
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 })
  owner.on('error', () => undefined) // the database is dropped while the last connections are on their way out
  const sql: Rig['sql'] = async <Row>(text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows as Row[]
  const app = openDatabase(database.appUrl, { max: 2 })
  const jobs = await openJobs({ backend, log: () => undefined })
  const workers: ChildProcess[] = []
  const admin = redis ? new (await import('ioredis')).Redis(redis.url) : null
  return {
    jobs,
    sessions: app,
    sql,
    async request(year = 2020) {
      const [region] = await sql<{ id: string }>('select id from region')
      const period = { start: `${year}-01-01`, end: `${year}-12-31` }
      const request = { regionId: region!.id, period, today: period.start, idempotencyKey: newId(), requestedBy: null }
      const outcome = await app.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => requestRun(db, request))
      if (isRefusal(outcome)) throw new Error(outcome.message)
      return outcome
    },
    commons: (...args) => runCommons(args, database.env),
    async startWorker(deliveries = 'once') {
      const child = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'test/faults/metric/worker-process.ts'], {
        cwd: repository,
        env: { ...process.env, APP_URL: database.appUrl, QUEUE: JSON.stringify(backend), DELIVERIES: deliveries },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      workers.push(child)
      let log = ''
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (log += text))
      const end = async (signal: NodeJS.Signals): Promise<number | null> => {
        const closed = once(child, 'close')
        child.kill(signal)
        const [code] = await closed
        return code as number | null
      }
      await until(
        'the worker works',
        () => {
          if (child.exitCode !== null) throw new Error(`The worker ended early:\n${log}`)
          return log.includes('"Working"')
        },
        60_000,
      )
      return { log: () => log, kill: async () => void (await end('SIGKILL')), end: () => end('SIGTERM') }
    },
    async connect() {
      const client = new pg.Client({ connectionString: database.ownerUrl })
      client.on('error', () => undefined)
      await client.connect()
      return client
    },
    async restartPostgres() {
      const server = new pg.Client({ connectionString: process.env['COMMONS_TEST_CLUSTER'] })
      server.on('error', () => undefined) // it goes away
      await server.connect()
      if (KILLS > 0) {
        const { rows } = await server.query<{ data_directory: string }>('show data_directory')
        const folder = dirname(rows[0]!.data_directory)
        await stopCluster(folder)
        await pause(1_000)
        await openCluster({ folder, durable: false })
        return
      }
      const name = new URL(database.ownerUrl).pathname.slice(1)
      await server.query(`alter database ${name} allow_connections false`)
      await server.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
      await pause(1_000)
      await server.query(`alter database ${name} allow_connections true`)
      await server.end()
    },
    async emptyQueue() {
      if (admin) return void (await admin.flushall())
      const tables = await sql<{ name: string }>(
        `select quote_ident(relname) as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r'`,
        [database.queueSchema],
      )
      const own = tables.map(({ name }) => name).filter((name) => !/migration|version/.test(name))
      await sql(`truncate ${own.map((name) => `${database.queueSchema}.${name}`).join()} cascade`)
    },
    async editEntry(jobId, payload) {
      if (admin) return void (await admin.hset(`commons:measures:${jobId}`, 'data', payload))
      await sql(`update ${database.queueSchema}.job set data = $2::jsonb where id = $1`, [jobId, payload])
    },
    async close() {
      for (const worker of workers) if (worker.exitCode === null && worker.signalCode === null) worker.kill('SIGKILL')
      await jobs.close({ timeoutMs: 500 })
      await app.close()
      admin?.disconnect()
      await redis?.stop()
      await owner.end()
      await database.drop()
    },
  }
}

/** Starts a worker and holds it in the middle of a stage: it cannot write `table` while somebody else reads it in peace. */
export async function heldAt(
  rig: Rig,
  table: string,
  deliveries?: 'once' | 'twice',
): Promise<{ worker: WorkerProcess; letGo(): Promise<void> }> {
  const reader = await rig.connect()
  await lockTable(reader, table)
  const worker = await rig.startWorker(deliveries)
  // What is told to the planner waits as well, and holds nobody up.
  const waiting = `select from pg_stat_activity where datname = current_database() and usename like 'commons_login_%' and wait_event_type = 'Lock'
                      and query not like '%commons_estimate_alike%'`
  await until(`the worker waits for ${table}`, async () => (await rig.sql(waiting)).length > 0, 60_000)
  return { worker, letGo: () => reader.end() }
}

/** Partition by partition: a worker killed a moment ago may still be writing them in another order, and then nobody has it but who asks again. */
async function lockTable(reader: pg.Client, table: string): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      await reader.query('begin')
      return void (await reader.query(`lock table ${table} in share mode`))
    } catch (error) {
      await reader.query('rollback')
      if ((error as { code?: string }).code !== '40P01' || attempt === 5) throw error
    }
}

/** Asks every 25 ms until it is so; fails loudly when it never is. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, ms: number): Promise<void> {
  for (const end = Date.now() + ms; !(await isSo()); await pause(25)) {
    if (Date.now() > end) throw new Error(`It never came about within ${ms} ms that ${what}.`)
  }
}

/** Everything a run computed, without ids and moments: equal sums, equal figures. */
export async function checksums({ sql }: Rig, runId: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {}
  for (const table of ['measure_membership', 'open_membership', 'score', 'payer_score', 'payer_performance']) {
    const [sum] = await sql<{ rows: number; sum: string }>(
      `select count(*)::int as rows, md5(string_agg(fact, chr(10) order by fact)) as sum
         from (select (to_jsonb(t) - '{id,run_id}'::text[])::text as fact from ${table} t where run_id = $1) f`,
      [runId],
    )
    sums[table] = `${sum!.rows} rows, ${sum!.sum}`
  }
  return sums
}

/** Waits until a run is over and answers how. */
export async function outcome({ sql }: Rig, runId: string, ms: number): Promise<{ state: string; failure: string | null }> {
  const read = async () =>
    (await sql<{ state: string; failure: string | null }>('select state, failure from metric_run where id = $1', [runId]))[0]!
  await until('the run is over', async () => ['published', 'failed'].includes((await read()).state), ms)
  return read()
}

/** The run whose figures stand for 2020. */
export async function standing({ sql }: Rig): Promise<string> {
  const [publication] = await sql<{ run_id: string }>('select run_id from publication where period_start = $1', [PERIOD.start])
  return publication!.run_id
}
