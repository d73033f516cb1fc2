import { type Action, scopeFor, type SubjectName } from '@carecommons/access'
import { newId } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'

interface Act {
  readonly action: Action
  readonly subject: SubjectName
  /** Ids of what was looked at or changed; never a value of it. */
  readonly subjectIds: readonly string[]
  readonly outcome?: 'allowed' | 'denied'
  /** Whose records; the acting practice unless told. */
  readonly practiceId?: string
}

/** Writes who did what to which records, in the transaction that does it: if this cannot be written, the act fails. */
export async function keepEvent(tx: Tx, ctx: Ctx, { action, subject, subjectIds, outcome = 'allowed', practiceId }: Act): Promise<void> {
  const scope = scopeFor(ctx.viewer)
  await tx.db
    .insertInto('audit_event')
    .values({
      id: newId(),
      at: ctx.clock.now().toISOString(),
      user_id: ctx.viewer.userId,
      membership_id: ctx.viewer.membershipId,
      practice_id: practiceId ?? ('practiceId' in scope ? scope.practiceId : null),
      action,
      subject,
      subject_ids: [...subjectIds],
      outcome,
      correlation_id: ctx.requestId,
    })
    .execute()
}
