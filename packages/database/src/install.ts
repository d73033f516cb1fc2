import { Client } from 'pg'
import { type Cluster, defaultDataFolder, ensureDatabase, openCluster } from './embedded/index.ts'
import { APP_LOGIN, QUEUE_LOGIN, QUEUE_SCHEMA } from './logins.ts'
import { migrate } from './migrate.ts'
import { installSecrets, type Secrets } from './secrets.ts'
import { wallFaults } from './walls.ts'

/** Where this install keeps its data, and the addresses under which its parts sign in. */
export interface Install {
  readonly dataFolder: string
  /** Owns the schema; for migrations only. */
  readonly ownerUrl: string
  /** Owns nothing; for the API and the worker. */
  readonly appUrl: string
  /** Owns the queue's schema and nothing else. */
  readonly queueUrl: string
  /** Key of the seals over the audit. Workers on several machines are given the same by AUDIT_SEAL_KEY. */
  readonly sealKey: Buffer
  /** Null when DATABASE_URL names the server. */
  readonly cluster: Cluster | null
  /** Migrations applied just now. */
  readonly applied: readonly string[]
  close(): Promise<void>
}

/** What a person must mend before the install can be used. */
export class InstallFault extends Error {}

/**
 * Opens the install's database and brings it to this version: the embedded PostgreSQL, or any server from version 15 that
 * `DATABASE_URL` names (its user owns the database and may create roles).
 */
export async function openInstall(say: (line: string) => void, env: NodeJS.ProcessEnv = process.env): Promise<Install> {
  const dataFolder = defaultDataFolder()
  const { ownerUrl, cluster } = env.DATABASE_URL
    ? { ownerUrl: address(env.DATABASE_URL), cluster: null }
    : await openEmbedded(dataFolder, say)
  try {
    const secrets = installSecrets(dataFolder)
    await refuseOldServers(ownerUrl)
    const applied = await migrate(ownerUrl, { name: APP_LOGIN, password: secrets.app })
    await prepareQueue(ownerUrl, secrets)
    const appUrl = env.APP_DATABASE_URL ?? as(ownerUrl, APP_LOGIN, secrets.app)
    const faults = await wallFaults(appUrl)
    if (faults.length > 0) throw new InstallFault(`The database is not safe to serve.\n${faults.join('\n')}`)
    const queueUrl = env.QUEUE_DATABASE_URL ?? as(ownerUrl, QUEUE_LOGIN, secrets.queue)
    const sealKey = Buffer.from(env.AUDIT_SEAL_KEY ?? secrets.seal)
    return { dataFolder, sealKey, ownerUrl, appUrl, queueUrl, cluster, applied, close: async () => cluster?.stop() }
  } catch (error) {
    await cluster?.stop()
    throw inWords(error, new URL(ownerUrl).host)
  }
}

const isRefusedRight = (error: Error): boolean => 'code' in error && error.code === '42501'
/** Nobody listens, the name is unknown, the password is wrong (class 28), there is no such database (3D000). */
const isRefusedEntry = (error: Error): boolean =>
  'code' in error && /^(ECONN|ENOTFOUND|ETIMEDOUT|EAI_|EHOST|28|3D|57P03)/.test(String(error.code))

function inWords(error: unknown, host: string): unknown {
  if (!(error instanceof Error)) return error
  if (isRefusedEntry(error)) return new InstallFault(`PostgreSQL at ${host} cannot be used: ${error.message}`)
  if (isRefusedRight(error))
    return new InstallFault(`The user of DATABASE_URL must own the database and may create roles (CREATEROLE): ${error.message}`)
  return error
}

function address(url: string): string {
  if (!URL.canParse(url)) throw new InstallFault('DATABASE_URL is no address. It looks like postgresql://user:password@host:5432/database.')
  return url
}

async function openEmbedded(folder: string, say: (line: string) => void): Promise<{ ownerUrl: string; cluster: Cluster }> {
  const cluster = await openCluster({ folder, say })
  await ensureDatabase(cluster, 'carecommons')
  return { ownerUrl: cluster.url('carecommons'), cluster }
}

async function refuseOldServers(url: string): Promise<void> {
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
    return rows[0]!.version
  })
  if (version < 150_000)
    throw new InstallFault(`CareCommons needs PostgreSQL 15 or newer; DATABASE_URL names version ${Math.floor(version / 10_000)}.`)
}

/** The queue keeps its tables in a schema of its own, under a login that sees nothing else. */
async function prepareQueue(ownerUrl: string, { queue }: Secrets): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    const database = client.escapeIdentifier(rows[0]!.name)
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [QUEUE_LOGIN])
    if (!rowCount) await client.query(`create role ${QUEUE_LOGIN} with login noinherit`)
    await client.query(`alter role ${QUEUE_LOGIN} with login password ${client.escapeLiteral(queue)}`)
    await client.query(`grant connect, create, temporary on database ${database} to ${QUEUE_LOGIN}`)
    // A non-superuser may give a schema only to a role it is a member of.
    await client.query(`grant ${QUEUE_LOGIN} to current_user`)
    await client.query(`create schema if not exists ${QUEUE_SCHEMA} authorization ${QUEUE_LOGIN}`)
  })
}

function as(url: string, user: string, password: string): string {
  const address = new URL(url)
  address.username = user
  address.password = password
  return address.toString()
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
