import pg from 'pg'
import { OWNER } from './make-data.ts'

export type Answer = { state: 'ready'; version: string; data: string } | { state: 'starting' | 'stopping' | 'silent' | 'foreign' }

/** Asks the server on this port who it is. `foreign`: something answers that is no PostgreSQL, or does not know the password. */
export async function askServer(port: number, password: string): Promise<Answer> {
  if (!(port > 0)) return { state: 'silent' } // pg would try its default port, and ask a stranger
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: OWNER,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
  })
  client.on('error', () => undefined) // a connection cut after the answer is no news
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; data: string }>(
      `select current_setting('server_version') as version, current_setting('data_directory') as data`,
    )
    return { state: 'ready', ...rows[0]! }
  } catch (error) {
    return { state: meaning(error as Error & { code?: string }) }
  } finally {
    await client.end().catch(() => undefined) // never connected
  }
}

function meaning({ code, message }: Error & { code?: string }): 'starting' | 'stopping' | 'silent' | 'foreign' {
  if (code === '57P03') return /shutting down/.test(message) ? 'stopping' : 'starting'
  if (code === '57P01' || code === '57P02') return 'stopping'
  if (code === '53300') return 'starting' // all connections taken for the moment: ask again
  if (code === '28P01' || code === '28000' || code === '3D000') return 'foreign'
  return 'silent'
}
