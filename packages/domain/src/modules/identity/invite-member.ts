import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import { agreeToPayer } from '#modules/practice'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'
import { isEmailAddress, keptEmail } from './email-address.ts'
import { type InvitationRow, readInvitation } from './invitations.ts'
import { liveStaffAt } from './staff.ts'
import { openWorkplace } from './workplace.ts'

export const EMAIL_UNUSABLE = refused('EmailUnusable', 'This is not an email address.')

/** How long an invitation waits. */
export const INVITATION_MS = 7 * 86_400_000

export interface NewInvitation {
  readonly organizationId: string
  readonly role: string
  readonly name: string
  readonly email: string
  readonly idempotencyKey: string
}

/** Asks a person in: the mail leaves after the transaction, through the job ledger. */
export async function inviteMember(ctx: Ctx, input: NewInvitation): Promise<InvitationRow | Refusal> {
  const name = shortText(input.name, 'The name')
  if (isRefusal(name)) return name
  const email = keptEmail(input.email)
  if (!isEmailAddress(email)) return EMAIL_UNUSABLE
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const place = await openWorkplace(here, input.organizationId)
    if (!place) return refused('OrganizationMissing', 'There is no such organization.')
    const asked = { organizationId: place.id, role: input.role, name, email }
    const wish = { operation: 'invite-member', idempotencyKey: input.idempotencyKey, input: asked }
    const id = await oncePerKey<'Invitation'>(tx, ctx, wish, async (fresh) => {
      const role = place.grantable.find((one) => one === input.role)
      if (!role) return refused('RoleNotGrantable', `You cannot give this role at ${place.name}.`)
      const known = await liveStaffAt(here, place.id, email)
      if (known?.userId === ctx.viewer.userId || (await ownEmail(tx, ctx)) === email)
        return refused('OwnInvitation', 'Nobody gives a role to themselves; ask another administrator.')
      if (known?.role === role) return refused('RoleHeldAlready', `${known.name} holds this role already.`)
      const now = ctx.clock.now()
      const [added] = await tx.db
        .insertInto('invitation')
        .values({
          id: fresh,
          organization_id: place.id,
          role,
          name,
          email,
          invited_by: ctx.viewer.membershipId,
          created_at: now.toISOString(),
          expires_at: new Date(now.getTime() + INVITATION_MS).toISOString(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute()
      if (!added) return refused('InvitedAlready', 'This address has an invitation to this role; send it again or withdraw it.')
      if (place.kind === 'payer') await agreeToPayer(tx, place.id)
      await askForMail(tx, ctx, fresh)
      await keepEvent(tx, ctx, {
        action: 'create',
        subject: 'Membership',
        subjectIds: [fresh],
        ...(place.kind === 'practice' ? { practiceId: place.id } : {}),
      })
      return null
    })
    return isRefusal(id) ? id : (await readInvitation(here, id))!
  })
}

export async function ownEmail({ db }: Tx, ctx: Ctx): Promise<string | undefined> {
  return (await db.selectFrom('app_user').select('email').where('id', '=', ctx.viewer.userId).executeTakeFirst())?.email
}

export const askForMail = ({ db }: Tx, ctx: Ctx, invitationId: string): Promise<void> =>
  askForJob(db, { name: 'mail.invitation', subjectId: invitationId, at: ctx.clock.now().toISOString() })
