import type { Client } from 'pg'

/** Why a server is too old for us; undefined when it is not. */
export async function oldServerFault(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)
  const major = Math.floor(rows[0]!.version / 10_000)
  return major < 15 ? `CareCommons needs PostgreSQL 15 or newer; DATABASE_URL names version ${major}.` : undefined
}
