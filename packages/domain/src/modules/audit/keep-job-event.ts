import type { Action, SubjectName } from '@carecommons/access'
import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'

interface JobAct {
  readonly action: Action
  readonly subject: SubjectName
  readonly subjectIds: readonly string[]
  /** Whose records, where they are one practice's. */
  readonly practiceId?: string | null
  /** Who asked for the work, where somebody did. */
  readonly userId?: string | null
  /** What the rows of one piece of work have in common. */
  readonly correlationId?: string
}

/** Writes what a job or a command does to records, in the transaction in which it begins or does it. */
export async function keepJobEvent(
  db: Tx['db'],
  { action, subject, subjectIds, practiceId = null, userId = null, correlationId = newId() }: JobAct,
): Promise<void> {
  await db
    .insertInto('audit_event')
    .values({
      id: newId(),
      at: sql`clock_timestamp()`,
      user_id: userId,
      role: 'worker',
      purpose: 'operations',
      action,
      subject,
      subject_ids: [...subjectIds],
      practice_id: practiceId,
      outcome: 'allowed',
      correlation_id: correlationId,
    })
    .execute()
}
