import { isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { whoOf } from './confirm.ts'
import { type Factors, readFactors } from './factors.ts'
import { tokenHash } from './session-token.ts'

/** What a person may know and change of their own sign-in. */
export interface Account extends Factors {
  readonly sessions: readonly OwnSession[]
}

export interface OwnSession {
  readonly id: string
  readonly startedAt: string
  readonly lastSeenAt: string
  readonly browser: string
  readonly network: string
  readonly isCurrent: boolean
}

export async function readAccount(visit: Visit, { id, user }: OpenSession): Promise<Account> {
  return visit.sessions.within({ kind: 'door' }, async (tx) => {
    const rows = await tx.db
      .selectFrom('session')
      .select(['id', 'created_at as startedAt', 'last_seen_at as lastSeenAt', 'browser', 'network'])
      .where('user_id', '=', user.id)
      .where('expires_at', '>', visit.clock.now().toISOString())
      .orderBy('last_seen_at', 'desc')
      .orderBy('id')
      .execute()
    return { ...(await readFactors(tx, user.id)), sessions: rows.map((row) => ({ ...row, isCurrent: row.id === id })) }
  })
}

const SESSION_UNKNOWN = refused('SessionUnknown', 'There is no such session; it may have ended already.')

/** Ends one of the own sessions; one of somebody else is like none. */
export async function endSession(visit: Visit, session: OpenSession, sessionId: string): Promise<Account | Refusal> {
  if (!isUuid(sessionId)) return SESSION_UNKNOWN
  const ended = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const rows = await tx.db
      .deleteFrom('session')
      .where('user_id', '=', session.user.id)
      .where('id', '=', sessionId)
      .returning('id')
      .execute()
    if (rows.length === 0) return SESSION_UNKNOWN
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'end-session', outcome: 'allowed', subjectIds: [sessionId] })
    return null
  })
  return isRefusal(ended) ? ended : readAccount(visit, session)
}

/** Ends all own sessions but this one. */
export async function endOtherSessions(visit: Visit, session: OpenSession): Promise<Account> {
  await visit.sessions.within({ kind: 'door' }, (tx) => endOthers(tx, visit, session))
  return readAccount(visit, session)
}

export async function endOthers(tx: Tx, visit: Visit, session: OpenSession): Promise<void> {
  const rows = await tx.db
    .deleteFrom('session')
    .where('user_id', '=', session.user.id)
    .where('token_hash', '<>', tokenHash(visit.token!))
    .returning('id')
    .execute()
  if (rows.length === 0) return
  await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'end-session', outcome: 'allowed', subjectIds: rows.map(({ id }) => id) })
}
