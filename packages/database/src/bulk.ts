import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { type Scope, sessionContext } from '@carecommons/access'
import type { Bulk, BulkConnection } from '@carecommons/domain'
import { Client, escapeLiteral } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const PIECE = 1 << 16

/** A connection of its own for loading: COPY into temporary tables, then set-based statements, each transaction under a scope. */
export async function openBulk(url: string): Promise<BulkConnection> {
  const client = new Client({ connectionString: url, application_name: 'commons bulk' })
  // A connection that breaks between statements is told by the next statement.
  client.on('error', () => undefined)
  await client.connect()
  const bulk: Bulk = {
    async copy(table, columns, rows) {
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format binary)`))
      // Each piece is one message, for which the server makes room.
      for (let at = 0; at < rows.length; at += PIECE) stream.write(rows.subarray(at, at + PIECE))
      stream.end()
      await finished(stream)
    },
    async query(sql, parameters = []) {
      const result = await client.query(sql, parameters as unknown[])
      return result.rows as never
    },
  }
  return {
    async within(scope: Scope, work) {
      const { role, variables } = sessionContext(scope)
      const settings = Object.entries(variables).map(([name, value]) => `; set local ${name} = ${escapeLiteral(value)}`)
      try {
        await client.query(`begin; set local role ${role}${settings.join('')}`)
        const result = await work(bulk)
        await client.query('commit')
        return result
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    },
    async exclusively(what, work, onWait = () => undefined) {
      const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock(hashtext($1)) as free', [what])
      if (!rows[0]!.free) {
        onWait()
        await client.query('select pg_advisory_lock(hashtext($1))', [what])
      }
      try {
        return await work()
      } finally {
        await client.query('select pg_advisory_unlock(hashtext($1))', [what])
      }
    },
    async exclusivelyWithin(what, ms, work) {
      const asked = Date.now()
      for (;;) {
        const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock(hashtext($1)) as free', [what])
        if (rows[0]!.free) break
        if (Date.now() - asked > ms) return null
        await pause(50)
      }
      try {
        return await work()
      } finally {
        await client.query('select pg_advisory_unlock(hashtext($1))', [what])
      }
    },
    close: () => client.end(),
  }
}
