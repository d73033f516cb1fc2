// PostGraphile 5 over the same tables, policies and roles: the session is looked up, the role and its settings are taken on per request.
// It notes nothing in the audit, and shows columns where we show a chart.
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { postgraphile } from 'postgraphile'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { grafserv } from 'postgraphile/grafserv/node'

const pool = new pg.Pool({ connectionString: process.env['APP_URL'], max: 10 })

async function settingsOf(cookie: string | undefined): Promise<Record<string, string>> {
  const token = /(?:^|;\s*)commons_session=([A-Za-z0-9_-]{43})(?:;|$)/.exec(cookie ?? '')?.[1] ?? ''
  const client = await pool.connect()
  try {
    await client.query('begin; set local role commons_door')
    const { rows } = await client.query<{ user_id: string; membership_id: string; organization_id: string }>({
      name: 'session',
      text: `select s.user_id, s.membership_id, m.organization_id
               from session s join membership m on m.id = s.membership_id and m.user_id = s.user_id and m.ended_at is null
              where s.token_hash = $1 and s.expires_at > now() and s.last_seen_at > now() - interval '15 minutes'`,
      values: [createHash('sha256').update(token).digest()],
    })
    await client.query('commit')
    const [row] = rows
    if (!row) return { role: 'commons_door' }
    return {
      role: 'commons_practice',
      'commons.practice_id': row.organization_id,
      'commons.organization_id': row.organization_id,
      'commons.user_id': row.user_id,
      'commons.membership_id': row.membership_id,
    }
  } finally {
    client.release()
  }
}

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // Privileges belong to roles that the login takes on, and a registry is filtered by what its indexes begin behind the practice.
  disablePlugins: ['PgRBACPlugin', 'PgIndexBehaviorsPlugin'],
  pgServices: [makePgService({ pool, schemas: ['public'] })],
  grafast: {
    explain: false,
    context: async ({ node }) => ({ pgSettings: await settingsOf(node?.req.headers.cookie) }),
  },
  grafserv: { graphqlPath: '/', graphiql: false, watch: false },
})

const server = createServer()
await instance.createServ(grafserv).addTo(server)
server.listen(0, '127.0.0.1', () => process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
