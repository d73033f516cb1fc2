import type { Client } from 'pg'
import { type ClusterStatus, clusterStatus, defaultDataFolder } from './embedded/index.ts'
import { EMBEDDED_DATABASE } from './install.ts'
import { inWords, ownerAddress } from './install-fault.ts'
import { type Logins, loginsFor } from './logins.ts'
import { pendingMigrations, schemaChanges } from './migrate.ts'
import { oldServerFault } from './old-server.ts'
import { existingSecrets, secretsFault } from './secrets.ts'
import { wallFaults } from './walls.ts'
import { openStatistics } from './statistics.ts'
import { signsIn, withClient } from './with-client.ts'

/** What is known of an install by looking: no server is started, nothing is made and nothing is changed. */
export interface InstallLook {
  readonly dataFolder: string
  /** Null when DATABASE_URL names the server. */
  readonly cluster: ClusterStatus | null
  /** `db.example:5432/region as owner`, never a password; undefined while the embedded server does not run. */
  readonly address?: string
  /** `18.4`, of a server that answered. */
  readonly version?: string
  /** `unknown` when no server answered. */
  readonly schema: 'unknown' | 'not made' | 'behind' | 'up to date'
  readonly pending: readonly string[]
  /** How the application signs in, and how the queue does; undefined when there is no such login yet. */
  readonly appUrl?: string
  readonly queueUrl?: string
  /** How many statistics of the server tell every role how many rows tables have; undefined while it is not known. */
  readonly openStatistics?: number
  /** What is wrong and what to do about it. */
  readonly problems: readonly string[]
}

export async function lookAtInstall(env: NodeJS.ProcessEnv = process.env): Promise<InstallLook> {
  const dataFolder = defaultDataFolder(env)
  const cluster = env.DATABASE_URL ? null : await clusterStatus(dataFolder)
  const fault = secretsFault(dataFolder)
  const problems = [...(cluster?.problems ?? []), ...(fault === null ? [] : [fault])]
  const nothing: InstallLook = { dataFolder, cluster, schema: 'unknown', pending: [], problems }
  // Without its keys nobody signs in, and what is behind them cannot be seen.
  if (fault !== null || (cluster && !cluster.url)) return nothing
  let host = ''
  try {
    const ownerUrl = cluster?.url ? cluster.url(EMBEDDED_DATABASE) : ownerAddress(env.DATABASE_URL!)
    host = new URL(ownerUrl).host
    const found = await withClient(ownerUrl, (owner) => inspect(owner, ownerUrl, dataFolder, env))
    return { ...nothing, address: addressOf(ownerUrl), ...found, problems: [...nothing.problems, ...found.problems] }
  } catch (error) {
    // A server that was started and ended before its database was made.
    if (cluster && (error as { code?: string }).code === '3D000') return { ...nothing, schema: 'not made' }
    return { ...nothing, problems: [...nothing.problems, (inWords(error, host) as Error).message] }
  }
}

type Inspection = Pick<InstallLook, 'version' | 'schema' | 'pending' | 'appUrl' | 'queueUrl' | 'openStatistics' | 'problems'>

async function inspect(owner: Client, ownerUrl: string, dataFolder: string, env: NodeJS.ProcessEnv): Promise<Inspection> {
  const { rows } = await owner.query<{ server_version: string }>('show server_version')
  const version = rows[0]!.server_version.split(' ')[0]!
  const old = await oldServerFault(owner)
  if (old) return { version, schema: 'unknown', pending: [], problems: [old] }
  const pending = await pendingMigrations(owner)
  if (pending === null) return { version, schema: 'not made', pending: [], problems: [] }
  // A schema that lacks migrations differs, of course.
  const changes = pending.length > 0 ? [] : await schemaChanges(ownerUrl)
  const logins = knownLogins(ownerUrl, dataFolder, env)
  return {
    version,
    schema: pending.length > 0 ? 'behind' : 'up to date',
    pending,
    openStatistics: await openStatistics(owner),
    ...(logins ? { appUrl: logins.app.url, queueUrl: logins.queue.url } : {}),
    problems: [
      ...changes.map((change) => `The schema differs from this version: ${change}`),
      ...(logins ? [...(await wallFaults(owner, logins.app.name)), ...(await entryFaults(logins))] : [PASSWORDS_ELSEWHERE]),
    ],
  }
}

const PASSWORDS_ELSEWHERE =
  'This data folder does not hold the key of the logins. The next start makes one: stop other installs of this database first.'

/** Undefined when the passwords follow from a key that is not here. */
function knownLogins(ownerUrl: string, dataFolder: string, env: NodeJS.ProcessEnv): Logins | undefined {
  const { logins: key } = existingSecrets(dataFolder)
  if (key === undefined && new URL(ownerUrl).password === '') return undefined
  return loginsFor(ownerUrl, key ?? '', env)
}

async function entryFaults({ app, queue }: Logins): Promise<string[]> {
  const faults: string[] = []
  for (const { name, url, isForeign } of [app, queue]) {
    const mend = isForeign ? 'Correct its address' : 'The next start (npm start) mends that'
    if (!(await signsIn(url))) faults.push(`The login ${name} does not get in with its password. ${mend}.`)
  }
  return faults
}

function addressOf(ownerUrl: string): string {
  const { username, host, pathname } = new URL(ownerUrl)
  return `${host}${decodeURIComponent(pathname)} as ${decodeURIComponent(username)}`
}
