import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import type { Post } from './mail-invitation.ts'
import { type RenewedFacts, renewedLetter } from './renewal-letter.ts'

/** Tells a person that new ways to sign in were chosen in their name. Cut short after the letter has left, it leaves once more. */
export async function mailRenewed(sessions: Sessions, { mail }: Pick<Post, 'mail'>, invitationId: string): Promise<void> {
  const facts = await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<RenewedFacts>`
      select u.name, u.email, i.role = 'patient' as "isPatient", o.name as organization, r.time_zone as "timeZone", i.accepted_at as "renewedAt",
             exists (select from membership w where w.user_id = m.user_id and w.waits_since is not null and w.ended_at is null) as waits
        from invitation i join membership m on m.id = i.renews join app_user u on u.id = m.user_id
        join organization o on o.id = i.organization_id join region r on r.id = o.region_id
       where i.id = ${invitationId} and i.accepted_at is not null`.execute(db)
    return rows[0]
  })
  if (facts) await mail.send(renewedLetter(facts))
}
