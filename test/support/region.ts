import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { RoleName } from '@carecommons/access'
import { createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'
import { addUser, type SignInCard } from '@carecommons/domain'
import { openJobs } from '@carecommons/jobs'
import { type Clock, clockAt, type Id, isRefusal, systemClock } from '@carecommons/kernel'
import { openWorker } from '@carecommons/worker'
import { Client } from 'pg'
import { testDatabase, type TestDatabase } from './database.ts'

const repository = resolve(import.meta.dirname, '../..')
const web = join(repository, 'web', 'dist')

/** Who can sign in: people of the practice with most charts, of another practice, of the payer that sees most rows, of the region. */
export type Somebody = 'clinician' | 'practiceAdministrator' | 'clinicianElsewhere' | 'regionAdministrator' | 'payerAnalyst'

/** A demo region as people meet it: web and API at `url`, the measures of last year published. */
export interface DemoRegion {
  readonly url: string
  readonly users: Readonly<Record<Somebody, SignInCard>>
  /** The first two are the practices of `clinician` and `clinicianElsewhere`. */
  readonly practiceIds: readonly Id<'Organization'>[]
  /** Sets the API's clock forward. */
  passMinutes(minutes: number): void
  /** A worker takes up jobs until the region is closed. */
  work(): Promise<void>
  /** SQL as the owner, behind all walls. */
  sql<Row extends object>(query: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A region of a test's own. Made-up records, their import and the run come from the command line, once for all who ask for this size. */
export async function demoRegion(size: { practices: number; patients: number }): Promise<DemoRegion> {
  if (!existsSync(join(web, 'index.html'))) throw new Error('web/dist is missing: npm test builds it; by hand: cd web && npm run build')
  const database = await testDatabase({ name: `region_${size.practices}_${size.patients}`, fill: (empty) => fill(empty, size) })
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  const sessions = openDatabase(database.appUrl, { max: 8 })
  const sql = async <Row>(query: string, values: readonly unknown[] = []) => (await owner.query(query, [...values])).rows as Row[]

  let ahead = 0
  const now = (): Clock => clockAt(new Date(Date.now() + ahead).toISOString())
  const clock: Clock = { now: () => now().now(), today: (zone) => now().today(zone) }
  const faults: string[] = []
  const api = await createApi({
    database: sessions,
    clock,
    staticFolder: web,
    log: (line) => line.level === 'error' && faults.push(JSON.stringify(line)),
  })
  const { url } = await api.listen(0)

  const bySize = async (query: string) => (await sql<{ id: Id<'Organization'> }>(`${query} order by count(*) desc, 1`)).map(({ id }) => id)
  const practiceIds = await bySize('select practice_id as id from patient group by 1')
  const [payerId] = await bySize('select payer_id as id from payer_performance where not hidden group by 1')
  const [region] = await sql<{ id: Id<'Organization'>; region: string; zone: string }>(
    `select o.id, r.id as region, r.time_zone as zone from organization o join region r on r.id = o.region_id where o.kind = 'coordinating-body'`,
  )
  const user = async (name: string, role: RoleName, organizationId: Id<'Organization'>): Promise<SignInCard> => {
    const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
    const card = await addUser(sessions, { name, email, role, organizationId, from: systemClock.today(region!.zone) })
    if (isRefusal(card)) throw new Error(card.message)
    return card
  }
  const closers: (() => Promise<void>)[] = []
  return {
    url,
    practiceIds,
    users: {
      clinician: await user('Casey Clinician', 'clinician', practiceIds[0]!),
      practiceAdministrator: await user('Ada Administrator', 'practice-administrator', practiceIds[0]!),
      clinicianElsewhere: await user('Ellis Elsewhere', 'clinician', practiceIds[1]!),
      regionAdministrator: await user('Robin Region', 'region-administrator', region!.id),
      payerAnalyst: await user('Pat Payer', 'payer-analyst', payerId!),
    },
    passMinutes: (minutes) => void (ahead += minutes * 60_000),
    async work() {
      const log = (line: { level: string }) => line.level === 'error' && faults.push(JSON.stringify(line))
      const jobs = await openJobs({ backend: { kind: 'postgres', url: database.queueUrl, schema: database.queueSchema }, log })
      const worker = await openWorker({ sessions, jobs, clock: systemClock, region: { id: region!.region, timeZone: region!.zone }, log })
      closers.push(() => worker.close())
    },
    sql,
    async close() {
      for (const close of closers) await close()
      await api.close()
      await sessions.close()
      await owner.end()
      await database.drop()
      if (faults.length > 0) throw new Error(`API or worker complained:\n${faults.join('\n')}`)
    },
  }
}

async function fill(database: TestDatabase, { practices, patients }: { practices: number; patients: number }): Promise<void> {
  await commons(database, 'demo', '--practices', String(practices), '--patients', String(patients), '--seed', '7')
  // A whole year, so that the figures do not depend on the day of the test.
  await commons(database, 'measures', 'run', '--year', String(new Date().getFullYear() - 1))
}

/** Runs the command line to its end. */
async function commons({ env }: TestDatabase, ...args: readonly string[]): Promise<void> {
  const command = ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', ...args]
  const process_ = spawn(process.execPath, command, {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, [code]] = await Promise.all([text(process_.stderr), once(process_, 'close')])
  if (code !== 0) throw new Error(`commons ${args.join(' ')} ended with ${String(code)}:\n${said}`)
}
