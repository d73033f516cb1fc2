import { createHash } from 'node:crypto'
import { isSystemScope, type SystemScope } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepDoorEvent } from '#modules/audit'
import { newToken, tokenHash } from '#modules/identity'
import type { Sessions, Tx } from '#shared/sessions'
import { type ClientRow, findClient } from './find-client.ts'
import { type PublicKey, readKeySet } from './key-set.ts'
import { type AssertionFault, type ClaimedAssertion, proveAssertion, type ProvenAssertion, readAssertion } from './read-assertion.ts'

const TOKEN_SECONDS = 300

/** Keys that could not be had: `reason` is for the log. */
export class KeysUnreachable extends Error {
  readonly reason: string
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.reason = reason
  }
}

/** What the token endpoint works with. */
export interface TokenDesk {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly requestId: string
  /** Address of the token endpoint, by each of its names. */
  readonly audiences: readonly string[]
  /** Fetches a key set, anew when the one at hand lacks the key; throws `KeysUnreachable`. */
  readonly fetchKeys: (url: string, kid: string) => Promise<readonly PublicKey[]>
}

export interface IssuedToken {
  readonly token: string
  readonly seconds: number
  readonly scopes: readonly SystemScope[]
}

/** An error of RFC 6749, section 5.2, and the reason for the log. */
export interface TokenRefused {
  readonly error: 'invalid_client' | 'invalid_scope'
  readonly reason: string
  readonly clientId: string | null
}

type Fault = AssertionFault | 'ClientUnknown' | 'AssertionReplayed' | `Keys${string}`

/** Hands a system a token of 300 seconds for an assertion that its own key signed. */
export async function issueToken(desk: TokenDesk, assertion: string, scope: string): Promise<IssuedToken | TokenRefused> {
  const claimed = readAssertion(assertion)
  if (typeof claimed === 'string') return refuse(desk, null, 'invalid_client', claimed)
  const today = (zone: string) => desk.clock.today(zone)
  const client = await desk.sessions.within({ kind: 'door' }, (tx) => findClient(tx, { clientId: claimed.clientId, today }))
  if (!client) return refuse(desk, null, 'invalid_client', 'ClientUnknown')
  const proven = await prove(desk, assertion, claimed, client)
  if (typeof proven === 'string') return refuse(desk, client, 'invalid_client', proven)
  const isFresh = await desk.sessions.within({ kind: 'door' }, (tx) => spend(tx, desk, client, proven))
  if (!isFresh) return refuse(desk, client, 'invalid_client', 'AssertionReplayed')
  const scopes = scopesWithin(scope, client)
  if (!scopes) return refuse(desk, client, 'invalid_scope', 'ScopeRefused')
  return desk.sessions.within({ kind: 'door' }, (tx) => handOut(tx, desk, client, scopes))
}

async function prove(desk: TokenDesk, assertion: string, claimed: ClaimedAssertion, client: ClientRow): Promise<ProvenAssertion | Fault> {
  if (claimed.keysAt !== null && claimed.keysAt !== client.jwks_url) return 'HeaderRefused'
  try {
    const keys = client.jwks_url === null ? (readKeySet(client.jwks) ?? []) : await desk.fetchKeys(client.jwks_url, claimed.kid)
    return await proveAssertion(assertion, { claimed, keys, audiences: desk.audiences, now: desk.clock.now() })
  } catch (error) {
    if (error instanceof KeysUnreachable) return `Keys${error.reason}`
    throw error
  }
}

/** One that was proven in its last instant is spent after it. */
const REMEMBERED_MS = 60_000

/** False when the assertion was used before, here or in another process. */
async function spend({ db }: Tx, { clock }: TokenDesk, client: ClientRow, { jti, expires }: ProvenAssertion): Promise<boolean> {
  const over = new Date(clock.now().getTime() - REMEMBERED_MS).toISOString()
  await db.deleteFrom('spent_assertion').where('expires_at', '<', over).execute()
  const spent = await db
    .insertInto('spent_assertion')
    .values({
      client_id: client.client_id,
      jti_hash: createHash('sha256').update(jti).digest(),
      expires_at: new Date(expires * 1000).toISOString(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('client_id')
    .executeTakeFirst()
  return spent !== undefined
}

/** Null when more is asked for than the client and its role have; nothing is left out silently. */
function scopesWithin(scope: string, { scopes }: ClientRow): SystemScope[] | null {
  const wanted = [...new Set(scope.split(' '))]
  return wanted.every((one): one is SystemScope => isSystemScope(one) && scopes.includes(one)) ? wanted : null
}

async function handOut(tx: Tx, desk: TokenDesk, client: ClientRow, scopes: readonly SystemScope[]): Promise<IssuedToken> {
  const now = desk.clock.now()
  const token = newToken()
  await tx.db.deleteFrom('system_token').where('expires_at', '<', now.toISOString()).execute()
  await tx.db
    .insertInto('system_token')
    .values({
      token_hash: tokenHash(token),
      client_id: client.client_id,
      scopes: sql<string[]>`${[...scopes]}::text[]`,
      expires_at: new Date(now.getTime() + TOKEN_SECONDS * 1000).toISOString(),
    })
    .execute()
  await tx.db.updateTable('system_client').set({ last_token_at: now.toISOString() }).where('id', '=', client.client_id).execute()
  await keepDoorEvent(tx, desk, { action: 'sign-in', userId: client.user_id, membershipId: client.membership_id, outcome: 'allowed' })
  return { token, seconds: TOKEN_SECONDS, scopes }
}

async function refuse(desk: TokenDesk, client: ClientRow | null, error: TokenRefused['error'], reason: string): Promise<TokenRefused> {
  const who = { userId: client?.user_id ?? null, membershipId: client?.membership_id ?? null }
  await desk.sessions.within({ kind: 'door' }, (tx) => keepDoorEvent(tx, desk, { action: 'sign-in', ...who, outcome: 'denied' }))
  return { error, reason, clientId: client?.client_id ?? null }
}
