import { rolePages } from '@carecommons/access'
import { JobFailure } from '@carecommons/jobs/failure'
import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Mail } from '#shared/mail'
import type { Sessions } from '#shared/sessions'
import { type InvitationFacts, invitationLetter } from './invitation-letter.ts'
import { renewalLetter } from './renewal-letter.ts'
import { newToken, tokenHash } from './session-token.ts'

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const

export interface Post {
  readonly mail: Mail
  readonly clock: Clock
  /** Address of the web, as people type it. */
  readonly publicUrl: string
}

/**
 * Mails an invitation that is still open. The token is made here and its hash kept before the letter leaves; delivered twice, the
 * newest letter's link works, and whoever sent an older one tries again.
 */
export async function mailInvitation(sessions: Sessions, { mail, clock, publicUrl }: Post, invitationId: string): Promise<void> {
  const token = newToken()
  const hash = tokenHash(token)
  const facts = await sessions.within(SCOPE, async ({ db }) => {
    const { rows } = await sql<Omit<InvitationFacts, 'roleTitle' | 'isPatient'> & { role: keyof typeof rolePages; isRenewal: boolean }>`
      update invitation i set token_hash = ${hash}
        from invitation n left join membership h on h.id = n.renews left join app_user p on p.id = h.user_id, organization o, region r,
             membership m, app_user u
       where i.id = ${invitationId} and i.accepted_at is null and i.revoked_at is null and i.expires_at > ${clock.now().toISOString()}
         and n.id = i.id and (n.renews is null or h.ended_at is null) and o.id = i.organization_id and r.id = o.region_id and m.id = i.invited_by and u.id = m.user_id
      returning coalesce(p.name, i.name) as name, coalesce(p.email, i.email) as email, i.renews is not null as "isRenewal", i.role, i.expires_at as "expiresAt", o.name as organization, u.name as "invitedBy", r.name as region,
        r.time_zone as "timeZone"`.execute(db)
    return rows[0]
  })
  if (!facts) return
  const letter = facts.isRenewal ? renewalLetter : invitationLetter
  const told = { ...facts, roleTitle: rolePages[facts.role].title, isPatient: facts.role === 'patient' }
  await mail.send(letter(told, `${publicUrl}/join#${token}`))
  const noted = await sessions.within(SCOPE, ({ db }) =>
    db
      .updateTable('invitation')
      .set({ sent_at: clock.now().toISOString(), mail_failed_at: null })
      .where('id', '=', invitationId)
      .where('token_hash', '=', hash)
      .returning('id')
      .executeTakeFirst(),
  )
  if (!noted) throw new JobFailure('LinkReplaced', 'Another delivery of this mail made a newer link.')
}

/** The last try failed: whoever invited is to see it. */
export async function noteInvitationUnmailed(sessions: Sessions, clock: Clock, invitationId: string): Promise<void> {
  await sessions.within(SCOPE, ({ db }) =>
    db.updateTable('invitation').set({ mail_failed_at: clock.now().toISOString() }).where('id', '=', invitationId).execute(),
  )
}
