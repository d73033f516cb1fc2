import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Cluster, dropDatabase, openCluster } from '../../../packages/database/src/embedded/index.ts'
import pg from 'pg'

const repository = resolve(import.meta.dirname, '../../..')

/** Charts in one practice, about: sixty practices hold a hundred thousand. */
const CHARTS_PER_PRACTICE = 1700

export interface SeededRegion {
  readonly cluster: Cluster
  /** SQL as the owner. */
  sql<Row extends object = Record<string, unknown>>(query: string, values?: readonly unknown[]): Promise<Row[]>
  /** Runs the command line against it; answers what it printed. */
  commons(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>
  close(): Promise<void>
}

/**
 * A generated region that came in through the import, kept between benches in a cache folder: making one of a hundred thousand charts takes
 * half an hour. Schema and projections follow the code, because every command migrates first.
 */
export async function seededRegion(charts: number, say: (line: string) => void): Promise<SeededRegion> {
  const root = process.env.COMMONS_BENCH_CACHE ?? join(tmpdir(), 'commons-bench-cache')
  mkdirSync(root, { recursive: true })
  chmodSync(root, 0o711) // the server does not run as root and has to pass through
  const cluster = await openCluster({ folder: join(root, 'cluster') })
  const name = `region_${charts}`
  const env = { ...process.env, DATABASE_URL: cluster.url(name), COMMONS_DATA: join(root, `install-${charts}`) }
  const region: SeededRegion = {
    cluster,
    async sql<Row>(query: string, values: readonly unknown[] = []) {
      const owner = new pg.Client({ connectionString: cluster.url(name) })
      await owner.connect()
      try {
        return (await owner.query(query, [...values])).rows as Row[]
      } finally {
        await owner.end()
      }
    },
    commons: (args, more = {}) => commons({ ...env, ...more }, args),
    close: () => cluster.stop(),
  }
  const admin = new pg.Client({ connectionString: cluster.url('postgres') })
  await admin.connect()
  const { rows } = await admin.query<{ datname: string }>('select datname from pg_database')
  const names = rows.map(({ datname }) => datname)
  try {
    if (names.includes(`${name}_whole`)) return region
    if (names.includes(name)) await dropDatabase(cluster, name)
    await admin.query(`create database ${name}`)
    say(`making a region of ${charts.toLocaleString('en-US')} charts …`)
    const practices = String(Math.max(6, Math.round(charts / CHARTS_PER_PRACTICE)))
    await region.commons(['demo', '--practices', practices, '--patients', String(charts), '--seed', '21'])
    await region.sql('vacuum analyze')
    // An empty database beside it says that it came to its end.
    await admin.query(`create database ${name}_whole`)
    return region
  } finally {
    await admin.end()
  }
}

async function commons(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const command = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', ...args], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')])
  if (code !== 0) throw new Error(stderr)
  return stdout
}
