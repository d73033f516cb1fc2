import { isRoleName, rolePages } from '@carecommons/access'
import { refused } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { isLive } from './live-membership.ts'
import { tokenHash } from './session-token.ts'

/** The same for links that were used, withdrawn, replaced, outlived, or made up. */
export const INVITATION_OVER = refused(
  'InvitationOver',
  'This link opens nothing. It may have been used or have expired, or a newer letter may have replaced it. Ask whoever wrote to you for another.',
)

/** Somebody who signs in already and is to choose new ways to, and the membership for which they are asked. */
interface Renewed {
  readonly userId: string
  readonly membershipId: string
  /** It waits to be confirmed: whoever is signed in as this person need not choose anew. */
  readonly waits: boolean
}

/** An invitation as its reader sees it: who invites whom to what. */
export interface OpenInvitation {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: string
  readonly roleTitle: string
  /** Of a patient: the chart that will be theirs to read. */
  readonly patientId: string | null
  readonly wrongBirthDates: number
  readonly organizationId: string
  readonly organization: string
  readonly invitedBy: string
  readonly regionName: string
  readonly timeZone: string
  readonly expiresAt: string
  /** Null of somebody who is asked to take the role. */
  readonly renewed: Renewed | null
}

/**
 * The invitation behind a link, if it can still be accepted. `lock` holds it until the transaction ends, with the memberships that it rests on:
 * it is accepted once, and these do not end meanwhile.
 */
export async function openInvitation(tx: Tx, visit: Visit, token: string, lock = false): Promise<OpenInvitation | null> {
  if (lock) await hold(tx, token)
  const row = await tx.db
    .selectFrom('invitation as i')
    .innerJoin('organization as o', 'o.id', 'i.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .innerJoin('membership as m', 'm.id', 'i.invited_by')
    .innerJoin('app_user as u', 'u.id', 'm.user_id')
    .leftJoin('membership as h', 'h.id', 'i.renews')
    .leftJoin('app_user as p', 'p.id', 'h.user_id')
    .select(['i.id', 'i.name', 'i.email', 'i.role', 'i.patient_id as patientId', 'i.expires_at as expiresAt'])
    .select(['i.wrong_birth_dates as wrongBirthDates', 'i.renews'])
    .select(['h.user_id as userId', 'h.starts_on', 'h.ends_on', 'h.ended_at', 'h.waits_since', 'p.name as ownName', 'p.email as ownEmail'])
    .select(['m.starts_on as askedFrom', 'm.ends_on as askedUntil', 'm.ended_at as askedEnded'])
    .select([
      'o.id as organizationId',
      'o.name as organization',
      'o.kind',
      'u.name as invitedBy',
      'r.name as regionName',
      'r.time_zone as timeZone',
    ])
    .where('i.token_hash', '=', tokenHash(token))
    .where('i.accepted_at', 'is', null)
    .where('i.revoked_at', 'is', null)
    .where('i.expires_at', '>', visit.clock.now().toISOString())
    .executeTakeFirst()
  if (!row || !isRoleName(row.role) || rolePages[row.role].organizationKind !== row.kind) return null
  const { renews, userId, ownName, ownEmail, starts_on, ends_on, ended_at, waits_since, askedFrom, askedUntil, askedEnded, ...open } = row
  const today = visit.clock.today(row.timeZone)
  // With whoever asked goes what they asked.
  if (!isLive({ starts_on: askedFrom, ends_on: askedUntil, ended_at: askedEnded }, today)) return null
  const invitation = { ...open, roleTitle: rolePages[row.role].title, renewed: null }
  if (renews === null) return invitation
  // With the membership ends what was sent under it.
  if (!isLive({ starts_on: starts_on!, ends_on, ended_at }, today)) return null
  return {
    ...invitation,
    name: ownName!,
    email: ownEmail!,
    renewed: { userId: userId!, membershipId: renews, waits: waits_since !== null },
  }
}

async function hold({ db }: Tx, token: string): Promise<void> {
  const held = await db
    .selectFrom('invitation')
    .select(['renews', 'invited_by'])
    .where('token_hash', '=', tokenHash(token))
    .forUpdate()
    .executeTakeFirst()
  if (!held) return
  const memberships = [held.renews, held.invited_by].filter((id) => id !== null).sort()
  // A session that begins meanwhile names its membership and then waits for its person: it may.
  await db.selectFrom('membership').select('id').where('id', 'in', memberships).orderBy('id').forNoKeyUpdate().execute()
}
