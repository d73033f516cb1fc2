import { type Cluster, defaultDataFolder, ensureDatabase, openCluster } from './embedded/index.ts'
import { inWords, InstallFault, ownerAddress } from './install-fault.ts'
import { loginsFor } from './logins.ts'
import { migrate } from './migrate.ts'
import { oldServerFault } from './old-server.ts'
import { installSecrets } from './secrets.ts'
import { wallFaults } from './walls.ts'
import { withClient } from './with-client.ts'

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
  /** 32 bytes that seal secrets at rest. */
  readonly sealingKey: Uint8Array
  /** Null when DATABASE_URL names the server. */
  readonly cluster: Cluster | null
  /** Migrations applied just now. */
  readonly applied: readonly string[]
  close(): Promise<void>
}

/** Its name on the embedded server. */
export const EMBEDDED_DATABASE = 'carecommons'

/**
 * Opens the install's database and brings it to this version: the embedded PostgreSQL, or any server from version 15 that
 * `DATABASE_URL` names (its user owns the database and may create roles).
 */
export async function openInstall(say: (line: string) => void, env: NodeJS.ProcessEnv = process.env): Promise<Install> {
  const dataFolder = defaultDataFolder(env)
  const { ownerUrl, cluster } = env.DATABASE_URL
    ? { ownerUrl: ownerAddress(env.DATABASE_URL), cluster: null }
    : await openEmbedded(dataFolder, say)
  try {
    await refuseOldServers(ownerUrl)
    const secrets = installSecrets(dataFolder, env)
    const logins = loginsFor(ownerUrl, secrets.logins, env)
    const applied = await migrate(ownerUrl, logins)
    const faults = await withClient(logins.app.url, (client) => wallFaults(client, logins.app.name))
    if (faults.length > 0) throw new InstallFault(`The database is not safe to serve.\n${faults.join('\n')}`)
    return {
      dataFolder,
      sealKey: Buffer.from(env.AUDIT_SEAL_KEY ?? secrets.seal),
      sealingKey: secrets.sealingKey,
      ownerUrl,
      appUrl: logins.app.url,
      queueUrl: logins.queue.url,
      cluster,
      applied,
      close: async () => cluster?.stop(),
    }
  } catch (error) {
    await cluster?.stop()
    throw inWords(error, new URL(ownerUrl).host)
  }
}

async function openEmbedded(folder: string, say: (line: string) => void): Promise<{ ownerUrl: string; cluster: Cluster }> {
  const cluster = await openCluster({ folder, say })
  await ensureDatabase(cluster, EMBEDDED_DATABASE)
  return { ownerUrl: cluster.url(EMBEDDED_DATABASE), cluster }
}

async function refuseOldServers(url: string): Promise<void> {
  const fault = await withClient(url, oldServerFault)
  if (fault) throw new InstallFault(fault)
}
