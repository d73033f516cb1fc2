import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { RoleName } from '@carecommons/access'
import { createApi } from '@carecommons/api'
import { type Database, openDatabase } from '@carecommons/database'
import { addUser, findRegion, type RegionIdentity, type SignInCard } from '@carecommons/domain'
import { openJobs } from '@carecommons/jobs'
import { type Clock, clockAt, isRefusal, systemClock } from '@carecommons/kernel'
import { openMail, openWorker } from '@carecommons/worker'
import { Client } from 'pg'
import { runCommons } from './commons.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { starterSet } from './starter-set.ts'

const web = resolve(import.meta.dirname, '../../web/dist')
const documents = resolve(import.meta.dirname, '../../web/dist-documents/documents.json')

/** Who can sign in: people of the largest practice, of another one, of the region, of the payer that sees most figures. */
export type Somebody =
  | 'clinician'
  | 'practiceAdministrator'
  | 'frontDesk'
  | 'qualityLead'
  | 'patient'
  | 'clinicianElsewhere'
  | 'regionAdministrator'
  | 'regionAnalyst'
  | 'careManager'
  | 'careManagerOnLeave'
  | 'workforceManager'
  | 'auditor'
  | 'payerAnalyst'

/** A demo region as people meet it: web and API at `url`, the measures of last year published. */
export interface DemoRegion {
  readonly url: string
  readonly users: Readonly<Record<Somebody, SignInCard>>
  /** Largest first: `clinician` is of the first, `clinicianElsewhere` of the second. */
  readonly practiceIds: readonly string[]
  /** Sets the API's clock forward. */
  passMinutes(minutes: number): void
  /** What the API's clock says. */
  now(): Date
  /** From now on a worker takes up jobs. */
  work(): Promise<void>
  /** Where the worker leaves its letters. */
  readonly mailFolder: string
  /** Runs a command of the command line on this region. */
  commons(...args: readonly string[]): Promise<string>
  /** SQL as the owner, behind all walls. */
  sql<Row extends object>(query: string, values?: readonly unknown[]): Promise<Row[]>
  /** Throws when the API or the worker logged an error. */
  close(): Promise<void>
}

/** A region of a test's own. Its people, their import and the run are the command line's, made once for all who ask for this size. */
export async function demoRegion(size: { readonly practices: number; readonly patients: number }): Promise<DemoRegion> {
  if (!existsSync(web)) throw new Error('The web is not built: npm test does it; by hand, cd web && npm run build')
  const database = await testDatabase({
    name: `region_${size.practices}_${size.patients}`,
    from: starterSet,
    fill: (empty) => fill(empty, size),
  })
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  const sql = async <Row>(query: string, values: readonly unknown[] = []) => (await owner.query(query, [...values])).rows as Row[]
  const sessions = openDatabase(database.appUrl, { max: 8 })
  const region = (await findRegion(sessions))!
  // Its days are the region's, not the server's.
  await owner.query(`set time zone '${region.timeZone}'`)

  const mailFolder = join(database.env['COMMONS_DATA']!, 'mail')
  let ahead = 0
  const now = (): Clock => clockAt(new Date(Date.now() + ahead).toISOString())
  const faults: string[] = []
  const log = (line: { readonly level: string }): void => void (line.level === 'error' && faults.push(JSON.stringify(line)))
  const clock: Clock = { now: () => now().now(), today: (zone) => now().today(zone) }
  const api = await createApi({
    database: sessions,
    clock,
    log,
    staticFolder: web,
    documentsFile: documents,
    production: true,
    sealingKey: randomBytes(32),
  })
  // By name: passkeys are bound to a name, and an IP address has none.
  const url = `http://localhost:${(await api.listen(0)).port}`

  const ids = async (query: string): Promise<string[]> => (await sql<{ id: string }>(query)).map(({ id }) => id)
  const practiceIds = await ids('select practice_id as id from patient group by 1 order by count(*) desc, 1')
  let stop = async (): Promise<void> => undefined
  return {
    url,
    mailFolder,
    commons: (...args) => runCommons(args, database.env),
    practiceIds,
    users: await addUsers(sessions, region, {
      practiceIds,
      payerIds: await ids('select payer_id as id from payer_performance where not hidden group by 1 order by count(*) desc, 1'),
      coordinatingBodyIds: await ids(`select id from organization where kind = 'coordinating-body'`),
    }),
    now: () => now().now(),
    passMinutes: (minutes) => void (ahead += minutes * 60_000),
    async work() {
      const jobs = await openJobs({ backend: { kind: 'postgres', url: database.queueUrl, schema: database.queueSchema }, log })
      const mail = openMail({ env: {}, folder: mailFolder, log: () => undefined })
      const worker = await openWorker({
        sessions,
        jobs,
        clock: systemClock,
        region,
        mail,
        publicUrl: url,
        seal: { key: Buffer.from('test') },
        log,
      })
      stop = () => worker.close()
    },
    sql,
    async close() {
      await stop()
      await api.close()
      await sessions.close()
      await owner.end()
      await database.drop()
      if (faults.length > 0) throw new Error(`API or worker complained:\n${faults.join('\n')}`)
    },
  }
}

async function addUsers(
  sessions: Database,
  { timeZone }: RegionIdentity,
  at: Readonly<Record<'practiceIds' | 'payerIds' | 'coordinatingBodyIds', readonly string[]>>,
): Promise<DemoRegion['users']> {
  const add = async (name: string, role: RoleName, organizationId: string | undefined): Promise<SignInCard> => {
    if (!organizationId) throw new Error(`The region has nothing where a ${role} could work.`)
    const email = `${name.toLowerCase().replace(' ', '.')}@example.org`
    const card = await addUser(sessions, { name, email, role, organizationId, from: systemClock.today(timeZone) })
    if (isRefusal(card)) throw new Error(card.message)
    return card
  }
  return {
    clinician: await add('Casey Clinician', 'clinician', at.practiceIds[0]),
    practiceAdministrator: await add('Ada Administrator', 'practice-administrator', at.practiceIds[0]),
    frontDesk: await add('Fran Desk', 'practice-staff', at.practiceIds[0]),
    qualityLead: await add('Quinn Lead', 'practice-quality-lead', at.practiceIds[0]),
    patient: await add('Perry Patient', 'patient', at.practiceIds[0]),
    clinicianElsewhere: await add('Ellis Elsewhere', 'clinician', at.practiceIds[1]),
    regionAdministrator: await add('Robin Region', 'region-administrator', at.coordinatingBodyIds[0]),
    regionAnalyst: await add('Ana Lyst', 'region-analyst', at.coordinatingBodyIds[0]),
    careManager: await add('Carey Manager', 'care-manager', at.coordinatingBodyIds[0]),
    careManagerOnLeave: await add('Dana Leaver', 'care-manager', at.coordinatingBodyIds[0]),
    workforceManager: await add('Wim Work', 'workforce-manager', at.coordinatingBodyIds[0]),
    auditor: await add('Audrey Auditor', 'auditor', at.coordinatingBodyIds[0]),
    payerAnalyst: await add('Pat Payer', 'payer-analyst', at.payerIds[0]),
  }
}

async function fill(
  { env }: TestDatabase,
  { practices, patients }: { readonly practices: number; readonly patients: number },
): Promise<void> {
  await runCommons(['demo', '--practices', String(practices), '--patients', String(patients), '--seed', '7'], env)
  // A whole year, so that the figures do not depend on the day of the test.
  await runCommons(['measures', 'run', '--year', String(new Date().getFullYear() - 1)], env)
}
