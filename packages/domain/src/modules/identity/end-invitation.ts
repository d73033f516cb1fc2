import { type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { askForMail, INVITATION_MS } from './invite-member.ts'
import { type InvitationRow, readInvitation } from './invitations.ts'

const MISSING = refused('InvitationMissing', 'There is no such invitation.')
/** Whoever presses twice does not send two letters. */
const PAUSE_MS = 60_000

/** Sends a new letter with a new link; the week begins anew. */
export async function resendInvitation(ctx: Ctx, id: string): Promise<InvitationRow | Refusal> {
  return onWaiting(ctx, id, 'create', async (tx, invitation) => {
    const now = ctx.clock.now().getTime()
    if (invitation.renews !== null) return refused('RenewAnew', 'Let them choose new ways to sign in once more; that sends another letter.')
    if (await askerHasLeft(tx, id))
      return refused('AskerLeft', 'Whoever asked has left, and the link with them. Withdraw it and invite anew.')
    const last = Date.parse(invitation.sentAt ?? invitation.createdAt)
    if (invitation.mailFailedAt === null && now - last < PAUSE_MS)
      return refused('SentJustNow', 'The letter left less than a minute ago; give it time to arrive.')
    await tx.db
      .updateTable('invitation')
      .set({ expires_at: new Date(now + INVITATION_MS).toISOString(), mail_failed_at: null })
      .where('id', '=', invitation.id)
      .execute()
    await askForMail(tx, ctx, invitation.id)
    return null
  })
}

async function askerHasLeft(tx: Tx, id: string): Promise<boolean> {
  const asker = await tx.db
    .selectFrom('invitation as i')
    .innerJoin('membership as m', 'm.id', 'i.invited_by')
    .select('m.ended_at')
    .where('i.id', '=', id)
    .executeTakeFirst()
  return asker !== undefined && asker.ended_at !== null
}

/** Takes an invitation back: its link opens nothing from now on. */
export async function withdrawInvitation(ctx: Ctx, id: string): Promise<InvitationRow | Refusal> {
  return onWaiting(ctx, id, 'end', async (tx, invitation) => {
    await tx.db.updateTable('invitation').set({ revoked_at: ctx.clock.now().toISOString() }).where('id', '=', invitation.id).execute()
    return null
  })
}

async function onWaiting(
  ctx: Ctx,
  id: string,
  action: 'create' | 'end',
  work: (tx: Tx, invitation: InvitationRow) => Promise<Refusal | null>,
): Promise<InvitationRow | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const seen = await readInvitation(here, id)
    if (!seen) return MISSING
    // Whoever accepts at this moment comes before or after, not in between.
    await tx.db.selectFrom('invitation').select('id').where('id', '=', seen.id).forUpdate().execute()
    const invitation = await readInvitation(here, id)
    if (!invitation) return MISSING
    if (invitation.acceptedAt) return refused('InvitationAccepted', `${invitation.name} has accepted it meanwhile.`)
    if (invitation.revokedAt) return refused('InvitationWithdrawn', 'The invitation was withdrawn already.')
    const refusal = await work(tx, invitation)
    if (refusal) return refusal
    const { id: organizationId, kind } = invitation.organization
    await keepEvent(tx, ctx, {
      action,
      subject: 'Membership',
      subjectIds: [invitation.id],
      ...(kind === 'practice' ? { practiceId: organizationId } : {}),
    })
    return (await readInvitation(here, id))!
  })
}
