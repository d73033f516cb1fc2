import { newId } from '@carecommons/kernel'
import type { Tx } from '#shared/sessions'

export interface JobAsked {
  readonly name: string
  readonly subjectId: string
  /** The one practice that it may touch. */
  readonly practiceId?: string
  readonly at: string
}

/** The ledger row of a job, in the transaction that wants the work: no work without it, and none for what did not stand. */
export async function askForJob(db: Tx['db'], { name, subjectId, practiceId, at }: JobAsked): Promise<void> {
  await db
    .insertInto('job')
    .values({ id: newId<'Job'>(), name, subject_id: subjectId, practice_id: practiceId ?? null, state: 'queued', created_at: at })
    .execute()
}
