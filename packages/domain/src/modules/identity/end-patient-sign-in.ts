import { type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { type PatientSignIn, signInById } from './read-patient-sign-in.ts'

const MISSING = refused('SignInMissing', 'There is no such sign-in.')

/** Ends a patient's way to the own chart: an invitation opens nothing any more, a sign-in finds nobody at its next request. */
export async function endPatientSignIn(ctx: Ctx, id: string): Promise<PatientSignIn | Refusal> {
  return ctx.write(async (tx) => {
    const seen = await signInById(tx, ctx, id)
    if (!seen) return MISSING
    // Whoever accepts at this moment comes before or after, not in between.
    await tx.db.selectFrom(seen.kind).select('id').where('id', '=', seen.id).forUpdate().execute()
    const now = await signInById(tx, ctx, id)
    if (!now) return refused('InvitationAccepted', 'The invitation was accepted meanwhile; what there is to end is the sign-in.')
    if (now.state === 'ended' || now.state === 'refused') return refused('SignInEnded', 'It has ended already.')
    const at = ctx.clock.now().toISOString()
    if (now.kind === 'invitation') await tx.db.updateTable('invitation').set({ revoked_at: at }).where('id', '=', now.id).execute()
    else await tx.db.updateTable('membership').set({ ended_at: at }).where('id', '=', now.id).execute()
    await keepEvent(tx, ctx, {
      action: 'end',
      subject: 'PatientSignIn',
      subjectIds: [now.patientId, now.id],
      practiceId: now.practiceId,
    })
    return (await signInById(tx, ctx, id))!
  })
}
