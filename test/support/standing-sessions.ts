import type { RoleName } from '@carecommons/access'
import { newId } from '@carecommons/kernel'
import { type Caller, openCaller, type TestApi } from './api.ts'
import { NOW, type PayerKey, type PracticeKey, type UserKey } from './world.ts'

/** Programs of the known world, with everything that their role's scopes open. */
const systems = {
  pineSystem: ['payer-system', 'pine', ['system/MeasureReport.rs', 'system/Measure.rs']],
  alderFeed: ['feed-system', 'alder', ['system/*.c']],
} as const satisfies Record<string, readonly [RoleName, PracticeKey | PayerKey, readonly string[]]>

export type SystemKey = keyof typeof systems
export const systemKeys = Object.keys(systems) as SystemKey[]
const isSystem = (key: string): key is SystemKey => key in systems

/** Whoever asks: people by their session, systems by their token. */
export type Asker = UserKey | SystemKey

/** 43 characters of base64url, like a token that was handed out. */
const tokenOf = (asker: Asker): string => asker.padEnd(43, '0')

type Behind = Pick<TestApi, 'sql' | 'world'>

/** Registers the systems and gives each a token that does not end. */
export async function plantSystems({ sql, world }: Behind): Promise<void> {
  for (const key of systemKeys) {
    const [role, at, scopes] = systems[key]
    const organization = { ...world.practices, ...world.payers }[at]
    const [user, membership, client] = [newId(), newId(), newId()]
    await sql(`insert into app_user (id, name, email, created_at) values ($1, $2, $2 || '@systems.invalid', $3)`, [user, key, NOW])
    await sql(`insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $3, $4, '2020-01-01')`, [
      membership,
      user,
      organization,
      role,
    ])
    await sql(
      `insert into system_client (id, membership_id, jwks_url, scopes, created_by, created_at) values ($1, $2, 'https://keys.example.org/', $3, $4, $5)`,
      [client, membership, scopes, user, NOW],
    )
    await sql(`insert into system_token (token_hash, client_id, scopes, expires_at) values (sha256($1::bytea), $2, $3, '2099-01-01')`, [
      tokenOf(key),
      client,
      scopes,
    ])
  }
}

/** A session of everybody's, as signing in with every factor just now would have left it. */
export async function plantSessions({ sql, world }: Behind): Promise<void> {
  for (const [key, { email }] of Object.entries(world.users))
    await sql(
      `insert into session (token_hash, id, user_id, membership_id, created_at, last_seen_at, expires_at, authenticated_at, browser, network)
       select sha256($1::bytea), $2, u.id, m.id, $3, $3, $3::timestamptz + interval '12 hours', $3, 'Firefox on Linux', '127.0.0'
         from app_user u join membership m on m.user_id = u.id where u.email = $4`,
      [tokenOf(key as UserKey), newId(), NOW, email],
    )
}

/** Asks under what was planted for this person or system. */
export function standingCaller({ url }: Pick<TestApi, 'url'>, asker: Asker): Caller {
  const caller = openCaller(url)
  if (!isSystem(asker)) return Object.assign(caller, { cookie: `commons_session=${tokenOf(asker)}` })
  const { fetch } = caller
  const authorization = `Bearer ${tokenOf(asker)}`
  return Object.assign(caller, {
    fetch: (path: string, init: RequestInit = {}) =>
      fetch(path, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization } }),
  })
}
