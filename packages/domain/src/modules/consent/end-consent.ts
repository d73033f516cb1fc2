import { type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { consentRoom } from './consent-room.ts'
import { type ConsentRow, consentById } from './read-consents.ts'
import { uuidOrNobody } from './reached-chart.ts'

/** Revokes a consent: what it opened is closed from the next statement on, the row stays. Revoking it again changes nothing. */
export const endConsent = (ctx: Ctx, id: string): Promise<ConsentRow | Refusal> =>
  ctx.write(async (tx) => {
    const mine = sql`c.id = ${uuidOrNobody(id)} and ${consentRoom(ctx, 'end')}`
    await sql`update consent c set ended_at = now(), ended_by_name = ${ctx.userName} where ${mine} and c.ended_at is null`.execute(tx.db)
    const { rows } = await sql<{ practice_id: string; patient_id: string; id: string }>`
      select c.practice_id, c.patient_id, c.id from consent c where ${mine}`.execute(tx.db)
    const [ended] = rows
    if (!ended) return refused('ConsentNotFound', 'There is no such consent among those that you can end.')
    await keepEvent(tx, ctx, { action: 'end', subject: 'Consent', subjectIds: [ended.patient_id, ended.id], practiceId: ended.practice_id })
    return await consentById(tx, ctx, ended.id)
  })
