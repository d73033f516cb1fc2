import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openCluster } from '../../../packages/database/src/embedded/index.ts'
import { signInsIn } from '../../faults/start/install.ts'
import { startCommons } from '../../support/commons.ts'

/** A demo region as `npm start` makes it, in a process of its own. */
export interface StartedRegion {
  readonly url: string
  /** Passwords by address. */
  readonly passwords: ReadonlyMap<string, string>
  /** SQL as the owner. */
  sql<Row extends object>(query: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Starts it and waits until nothing of the start is under way any more. */
export async function startedRegion(): Promise<StartedRegion> {
  const root = mkdtempSync(join(tmpdir(), 'commons-bench-'))
  chmodSync(root, 0o711) // the server does not run as root and has to pass through
  const cluster = await openCluster({ folder: join(root, 'cluster') })
  const port = await freePort()
  const admin = new pg.Client({ connectionString: cluster.url('postgres') })
  await admin.connect()
  await admin.query('create database commons').finally(() => admin.end())
  const env = { DATABASE_URL: cluster.url('commons'), COMMONS_DATA: join(root, 'install'), PORT: String(port), REDIS_URL: undefined }
  const running = startCommons(['start'], env)
  const owner = new pg.Client({ connectionString: cluster.url('commons') })
  const close = async (): Promise<void> => {
    running.signal('SIGTERM')
    await running.ended
    await owner.end().catch(() => undefined) // it may never have connected
    await cluster.stop('immediate')
    rmSync(root, { recursive: true, force: true })
  }
  try {
    await running.said(/Ready: /, 300_000)
    await owner.connect()
    const sql: StartedRegion['sql'] = async <Row>(query: string, values: readonly unknown[] = []) =>
      (await owner.query(query, [...values])).rows as Row[]
    while ((await sql(`select from job where state = 'queued'`)).length > 0) await new Promise((resolve) => setTimeout(resolve, 500))
    return { url: `http://localhost:${port}`, passwords: signInsIn(running.answers()), sql, close }
  } catch (error) {
    await close()
    throw error
  }
}

function freePort(): Promise<number> {
  const probe = createServer()
  return new Promise((resolve, reject) => {
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
