import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { newToken, tokenHash } from './session-token.ts'

/** Long enough to find the telephone, short enough that a browser left alone is no way in. */
const CHALLENGE_MS = 10 * 60_000

export type ChallengePurpose = 'second-factor' | 'passkey' | 'enrolment' | 'invitation'

export interface Challenge {
  readonly purpose: ChallengePurpose
  readonly userId: string | null
  /** What a passkey is to sign, base64url. */
  readonly nonce: string | null
  /** Of an authenticator app to be, sealed for the person. */
  readonly secret: Uint8Array | null
}

/** Puts a question to the caller's browser, which alone can answer it: the cookie it is handed names it. */
export async function beginChallenge(tx: Tx, visit: Visit, challenge: Challenge): Promise<void> {
  const token = newToken()
  const now = visit.clock.now()
  await tx.db
    .deleteFrom('sign_in_challenge')
    .where((row) => row.or([row('expires_at', '<=', now.toISOString()), row('token_hash', '=', tokenHash(visit.challenge ?? ''))]))
    .execute()
  await tx.db
    .insertInto('sign_in_challenge')
    .values({
      token_hash: tokenHash(token),
      purpose: challenge.purpose,
      user_id: challenge.userId,
      nonce: challenge.nonce,
      secret: challenge.secret && Buffer.from(challenge.secret),
      expires_at: new Date(now.getTime() + CHALLENGE_MS).toISOString(),
    })
    .execute()
  visit.handOutChallenge(token)
}

/** The question put to this browser, if it is of this purpose and still open. */
export async function pendingChallenge(tx: Tx, visit: Visit, purpose: ChallengePurpose): Promise<Challenge | null> {
  const row = await own(tx, visit, purpose)
  return row ? challengeOf(row) : null
}

/** Takes the question off the table: of two answers at once, one finds it. */
export async function takeChallenge(tx: Tx, visit: Visit, purpose: ChallengePurpose): Promise<Challenge | null> {
  if (!visit.challenge) return null
  const row = await tx.db
    .deleteFrom('sign_in_challenge')
    .where('token_hash', '=', tokenHash(visit.challenge))
    .where('purpose', '=', purpose)
    .where('expires_at', '>', visit.clock.now().toISOString())
    .returning(['purpose', 'user_id', 'nonce', 'secret'])
    .executeTakeFirst()
  return row ? challengeOf(row) : null
}

/** Asks for a passkey's signature within a question that is open already. */
export const setNonce = (tx: Tx, visit: Visit, nonce: string) =>
  tx.db
    .updateTable('sign_in_challenge')
    .set({ nonce })
    .where('token_hash', '=', tokenHash(visit.challenge ?? ''))
    .execute()

/** A signature is compared with its nonce once; the question stays open for another try. */
export async function takeNonce(tx: Tx, visit: Visit, purpose: ChallengePurpose): Promise<string | null> {
  const row = await own(tx, visit, purpose, true)
  if (!row?.nonce) return null
  await tx.db.updateTable('sign_in_challenge').set({ nonce: null }).where('token_hash', '=', tokenHash(visit.challenge!)).execute()
  return row.nonce
}

async function own(tx: Tx, visit: Visit, purpose: ChallengePurpose, lock = false) {
  if (!visit.challenge) return undefined
  return tx.db
    .selectFrom('sign_in_challenge')
    .select(['purpose', 'user_id', 'nonce', 'secret'])
    .where('token_hash', '=', sql<never>`${tokenHash(visit.challenge)}`)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', visit.clock.now().toISOString())
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
}

const challengeOf = (row: {
  purpose: ChallengePurpose
  user_id: string | null
  nonce: string | null
  secret: Uint8Array | null
}): Challenge => ({
  purpose: row.purpose,
  userId: row.user_id,
  nonce: row.nonce,
  secret: row.secret,
})
