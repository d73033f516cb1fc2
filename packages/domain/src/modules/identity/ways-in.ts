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

interface Link {
  /** Of the invitation. */
  readonly id: string
  readonly organizationId: string
  readonly userId: string
  readonly membershipId: string
}

/**
 * Uses the link up, ends every other one to this person, wherever it was asked for, and has them told. Who asked for it vouches for this person at
 * one organization: at every other their memberships wait until that one has confirmed them, and its audit has it.
 */
export async function noteRenewal(tx: Tx, visit: Visit, { id, organizationId, userId, membershipId }: Link): Promise<string> {
  const at = visit.clock.now().toISOString()
  await tx.db.updateTable('invitation').set({ accepted_at: at, accepted_as: membershipId }).where('id', '=', id).execute()
  await sql`
    update invitation i set revoked_at = ${at} from membership m
     where m.id = i.renews and m.user_id = ${userId} and i.accepted_at is null and i.revoked_at is null`.execute(tx.db)
  const { rows: waiting } = await sql<{ id: string }>`
    update membership set waits_since = case when organization_id = ${organizationId} then null else coalesce(waits_since, ${at}) end
     where user_id = ${userId} and ended_at is null and (organization_id <> ${organizationId} or waits_since is not null)
    returning id`.execute(tx.db)
  await askForJob(tx.db, { name: 'mail.renewed', subjectId: id, at })
  await keepDoorEvent(tx, visit, { action: 'renew-sign-in', userId, membershipId, outcome: 'allowed', subjectIds: [id, membershipId] })
  for (const { id: other } of waiting)
    if (other !== membershipId)
      await keepDoorEvent(tx, visit, { action: 'renew-sign-in', userId, membershipId: other, outcome: 'allowed', subjectIds: [other] })
  return membershipId
}

/** An organization's letter, opened by its person while signed in: what they sign in with stays, and they act there again. */
export async function confirmMembership(tx: Tx, visit: Visit, { id, membershipId }: Link, session: OpenSession): Promise<string> {
  const at = visit.clock.now().toISOString()
  await tx.db.updateTable('membership').set({ waits_since: null }).where('id', '=', membershipId).execute()
  await tx.db.updateTable('invitation').set({ revoked_at: at }).where('id', '=', id).execute()
  const who = { userId: session.user.id, membershipId }
  await keepDoorEvent(tx, visit, { ...who, action: 'accept-invitation', outcome: 'allowed', subjectIds: [id, membershipId] })
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
