import { sql } from 'kysely'
import { keepDoorEvent } from '#modules/audit'
import { askForJob } from '#modules/work'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'

/** Whoever changes what a person signs in with comes one after the other. */
export async function holdUser({ db }: Tx, userId: string): Promise<void> {
  await db.selectFrom('app_user').select('id').where('id', '=', userId).forUpdate().execute()
}

/**
 * Takes all that a person signs in with, and every session. Questions go first: an authenticator that is being added at this moment has
 * either taken its question, and is there to be taken away, or finds none. The region's identity provider vouches as before.
 */
export async function voidWaysIn({ db }: Tx, userId: string): Promise<void> {
  for (const table of ['sign_in_challenge', 'session', 'password_credential', 'totp_authenticator', 'passkey', 'recovery_code'] as const)
    await db.deleteFrom(table).where('user_id', '=', userId).execute()
}

/** Uses the link up, ends every other one to this person, wherever it was asked for, and has them told. */
export async function noteRenewal(
  tx: Tx,
  visit: Visit,
  id: string,
  { userId, membershipId }: { readonly userId: string; readonly membershipId: string },
): Promise<string> {
  const at = visit.clock.now().toISOString()
  await tx.db.updateTable('invitation').set({ accepted_at: at, accepted_as: membershipId }).where('id', '=', id).execute()
  await sql`
    update invitation i set revoked_at = ${at} from membership m
     where m.id = i.renews and m.user_id = ${userId} and i.accepted_at is null and i.revoked_at is null`.execute(tx.db)
  await askForJob(tx.db, { name: 'mail.renewed', subjectId: id, at })
  await keepDoorEvent(tx, visit, { action: 'renew-sign-in', userId, membershipId, outcome: 'allowed', subjectIds: [id, membershipId] })
  return membershipId
}

/** When a person last chose new ways in; null when never. */
export async function waysSince({ db }: Tx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ since: string | null }>`
    select max(i.accepted_at) as since from invitation i join membership m on m.id = i.renews where m.user_id = ${userId}`.execute(db)
  return rows[0]!.since
}

/** Whether a session is still there while its person's ways in change: it may have ended since the request began. */
export async function isStillOpen(tx: Tx, { id, user }: OpenSession): Promise<boolean> {
  await holdUser(tx, user.id)
  return (await tx.db.selectFrom('session').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
