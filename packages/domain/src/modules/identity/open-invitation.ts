import { isRoleName, rolePages } from '@carecommons/access'
import { refused } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { tokenHash } from './session-token.ts'

/** The same for links that were used, withdrawn, replaced, outlived, or made up. */
export const INVITATION_OVER = refused(
  'InvitationOver',
  'This link opens nothing. It may have been used, be more than a week old, or a newer letter may have replaced it. Ask whoever invited you for another.',
)

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
}

/** The invitation behind a link, if it can still be accepted. `lock` holds it until the transaction ends: it is accepted once. */
export async function openInvitation(tx: Tx, visit: Visit, token: string, lock = false): Promise<OpenInvitation | null> {
  const row = await tx.db
    .selectFrom('invitation as i')
    .innerJoin('organization as o', 'o.id', 'i.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .innerJoin('membership as m', 'm.id', 'i.invited_by')
    .innerJoin('app_user as u', 'u.id', 'm.user_id')
    .select(['i.id', 'i.name', 'i.email', 'i.role', 'i.patient_id as patientId', 'i.expires_at as expiresAt'])
    .select('i.wrong_birth_dates as wrongBirthDates')
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
    .$if(lock, (query) => query.forUpdate('i'))
    .executeTakeFirst()
  if (!row || !isRoleName(row.role) || rolePages[row.role].organizationKind !== row.kind) return null
  return { ...row, roleTitle: rolePages[row.role].title }
}
