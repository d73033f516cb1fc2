import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { ClusterProblem } from './cluster-problem.ts'
import type { Cluster } from './open-cluster.ts'

type Addressed = Pick<Cluster, 'url'>

/** Creates the database unless it exists; true when it was created. */
export async function ensureDatabase(cluster: Addressed, name: string): Promise<boolean> {
  return asOwner(cluster, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount) return false
    try {
      await client.query(`create database ${pg.escapeIdentifier(name)}`)
      return true
    } catch (error) {
      // 42P04 or, when two create it in the same moment, the unique index speaks first.
      if (['42P04', '23505'].includes((error as { code?: string }).code ?? '')) return false
      throw error
    }
  })
}

/** Makes `name` a copy of `template`, to which nobody may be connected (a connection just closed is waited for, up to 5 s). */
export async function cloneDatabase(cluster: Addressed, template: string, name: string): Promise<void> {
  await asOwner(cluster, async (client) => {
    // Copying files is ten times faster than copying through the log, unless each copy must reach the disk (35 against 300 ms; 1.5 against 0.6 s).
    const { rows } = await client.query<{ fsync: string }>('show fsync')
    const strategy = rows[0]?.fsync === 'off' ? 'file_copy' : 'wal_log'
    for (const until = Date.now() + 5000; ; await pause(50)) {
      try {
        return void (await client.query(
          `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)} strategy ${strategy}`,
        ))
      } catch (error) {
        if ((error as { code?: string }).code !== '55006') throw error
        if (Date.now() > until)
          throw new ClusterProblem('DatabaseInUse', `Database ${template} cannot be copied while somebody is connected to it.`)
      }
    }
  })
}

/** Drops the database if it exists, and cuts the connections to it. */
export async function dropDatabase(cluster: Addressed, name: string): Promise<void> {
  await asOwner(cluster, (client) => client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`))
}

async function asOwner<T>(cluster: Addressed, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: cluster.url('postgres'), ssl: false })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
