import { createHash, scryptSync } from 'node:crypto'
import type { Client } from 'pg'
import { everyDatabaseRole } from '@carecommons/access'
import { createRole } from './roles.ts'
import { signsIn } from './with-client.ts'

/** The queue keeps its tables here. */
export const QUEUE_SCHEMA = 'commons_queue'

export interface Login {
  readonly name: string
  readonly url: string
  /** Made and given its rights by somebody else. */
  readonly isForeign?: boolean
}

/** `app` signs in for the API and the worker and owns nothing; `queue` owns the queue's schema and nothing else. */
export interface Logins {
  readonly app: Login
  readonly queue: Login
}

/**
 * Roles belong to the whole server, so each database has logins of its own: regions on one server neither change each other's passwords
 * nor enter each other's databases. The passwords follow from the owner's, so that every install of a database comes to the same ones;
 * `key` stands in where the owner needs none. Where roles are managed elsewhere, APP_DATABASE_URL and QUEUE_DATABASE_URL name them.
 */
export function loginsFor(ownerUrl: string, key: string, env: NodeJS.ProcessEnv = {}): Logins {
  const { username, password, pathname } = new URL(ownerUrl)
  const database = decodeURIComponent(pathname.slice(1) || username)
  const secret = scryptSync(decodeURIComponent(password) || key, `logins of ${database}`, 48)
  const login = (kind: 'login' | 'queue', part: Buffer): Login => {
    const name = roleName(`commons_${kind}_${database}`)
    const address = { username: name, password: part.toString('base64url'), pathname: encodeURIComponent(database) }
    return { name, url: Object.assign(new URL(ownerUrl), address).href }
  }
  return {
    app: env.APP_DATABASE_URL ? foreign(env.APP_DATABASE_URL) : login('login', secret.subarray(0, 24)),
    queue: env.QUEUE_DATABASE_URL ? foreign(env.QUEUE_DATABASE_URL) : login('queue', secret.subarray(24)),
  }
}

const foreign = (url: string): Login => ({ name: decodeURIComponent(new URL(url).username), url, isForeign: true })

/** PostgreSQL cuts names after 63 bytes. */
const roleName = (name: string): string =>
  Buffer.byteLength(name) <= 63 ? name : `${name.slice(0, 13)}_${createHash('sha256').update(name).digest('hex').slice(0, 32)}`

/** Makes the logins of the owner's database, or brings them up to date; they alone may enter it. */
export async function ensureLogins(owner: Client, { app, queue }: Logins): Promise<void> {
  const { rows } = await owner.query<{ name: string }>('select current_database() as name')
  const database = owner.escapeIdentifier(rows[0]!.name)
  await owner.query(`revoke connect, temporary on database ${database} from public`)
  await ensureLogin(owner, app, `connect on database ${database}`)
  await ensureLogin(owner, queue, `connect, create, temporary on database ${database}`)
  if (!app.isForeign) await owner.query(`grant ${everyDatabaseRole.join(', ')} to ${owner.escapeIdentifier(app.name)}`)
  if (!queue.isForeign) await giveQueue(owner, owner.escapeIdentifier(queue.name))
}

async function ensureLogin(owner: Client, { name, url, isForeign }: Login, rights: string): Promise<void> {
  const role = owner.escapeIdentifier(name)
  if (!isForeign) await createRole(owner, name, 'login noinherit')
  await owner.query(`grant ${rights} to ${role}`)
  // A password that works is left alone.
  if (isForeign || (await signsIn(url))) return
  await owner.query(`alter role ${role} with login password ${owner.escapeLiteral(decodeURIComponent(new URL(url).password))}`)
}

/** Who is no superuser may give something only to a role it is a member of. */
async function giveQueue(owner: Client, role: string): Promise<void> {
  await owner.query(`grant ${role} to current_user`)
  await owner.query(`create schema if not exists ${QUEUE_SCHEMA} authorization ${role}`)
  const { rows } = await owner.query<{ name: string }>(
    `select rolname as name from pg_roles join pg_namespace on nspowner = pg_roles.oid where nspname = $1`,
    [QUEUE_SCHEMA],
  )
  // Installs of before, and databases under a new name, had another login.
  const before = owner.escapeIdentifier(rows[0]!.name)
  if (before !== role) await owner.query(`reassign owned by ${before} to ${role}`)
}
