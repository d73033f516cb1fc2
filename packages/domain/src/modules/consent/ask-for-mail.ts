import { newId } from '@carecommons/kernel'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'

/** The ledger row of the letter to the practice, in the transaction that breaks the glass: no emergency without it. */
export async function askForMail({ db }: Tx, ctx: Ctx, emergency: { id: string; practice_id: string }): Promise<void> {
  await db
    .insertInto('job')
    .values({
      id: newId<'Job'>(),
      name: 'mail.emergency',
      subject_id: emergency.id,
      practice_id: emergency.practice_id,
      state: 'queued',
      created_at: ctx.clock.now().toISOString(),
    })
    .execute()
}
