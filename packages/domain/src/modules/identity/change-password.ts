import { type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { OpenSession, Visit } from '#shared/visit'
import { NO_SESSION, requireStepUp, whoOf } from './confirm.ts'
import { hasSecondFactor, readFactors } from './factors.ts'
import { hashPassword } from './password.ts'
import { passwordProblem, standsAlone } from './password-rules.ts'
import { proves } from './prove.ts'
import { type Account, endOthers, readAccount } from './read-account.ts'
import { isStillOpen } from './ways-in.ts'

/** Gives a person another password, or their first beside a passkey. Their other sessions end. */
export async function changePassword(
  visit: Visit,
  session: OpenSession,
  { current, next }: { current?: string | null; next: string },
): Promise<Account | Refusal> {
  const refusal = current ? await checkCurrent(visit, session, current) : requireStepUp({ clock: visit.clock, ...session })
  if (refusal) return refusal
  const factors = await visit.sessions.within({ kind: 'door' }, (tx) => readFactors(tx, session.user.id))
  const problem = passwordProblem({
    password: next,
    hasSecondFactor: hasSecondFactor(factors),
    context: knownOf(session.user, session.region.name),
  })
  if (problem) return problem
  const kept = { password_hash: await hashPassword(next), changed_at: visit.clock.now().toISOString(), stands_alone: standsAlone(next) }
  const isChanged = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    if (!(await isStillOpen(tx, session))) return false
    await tx.db
      .insertInto('password_credential')
      .values({ user_id: session.user.id, ...kept })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(kept))
      .execute()
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'change-password', outcome: 'allowed' })
    await endOthers(tx, visit, session)
    return true
  })
  return isChanged ? readAccount(visit, session) : NO_SESSION
}

/** Words that a guesser tries first. */
export const knownOf = (person: { name: string; email: string }, regionName: string): string[] => [
  person.name,
  person.email,
  regionName,
  'CareCommons',
]

async function checkCurrent(visit: Visit, session: OpenSession, current: string): Promise<Refusal | null> {
  const { email, id } = session.user
  const mayTry = await visit.signIns.take(email, visit.address)
  if (mayTry && (await proves(visit, id, { password: current }, ['PASSWORD']))) {
    await visit.signIns.forgive(email, visit.address)
    return null
  }
  await visit.sessions.within({ kind: 'door' }, (tx) =>
    keepDoorEvent(tx, visit, { ...whoOf(session), action: 'change-password', outcome: 'denied' }),
  )
  return refused('PasswordWrong', 'That is not your present password. After several tries that failed, wait 15 minutes before the next.')
}
