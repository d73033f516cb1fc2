import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { CaseEnd } from './caseload.entity.ts'

export interface CloseCase {
  readonly id: string
  readonly version: number
  readonly as: CaseEnd
}

export interface CaseClosed {
  readonly id: string
  readonly closedAs: CaseEnd
}

/** Ends somebody's time in a program; whoever led them leads them no more. Doing it again changes nothing. */
export const closeCase = (ctx: Ctx, { id, version, as }: CloseCase): Promise<CaseClosed | Refusal> =>
  ctx.write(async (tx) => {
    const { rows } = await sql<{ practice_id: string; patient_id: string; closed_as: CaseEnd | null }>`
      select c.practice_id, c.patient_id, c.closed_as from care_case c
       where c.id = ${isUuid(id) ? id : null}::uuid and ${room(ctx, 'end', 'Caseload', { practiceId: 'c.practice_id' })}`.execute(tx.db)
    const [found] = rows
    if (!found) return refused('CaseNotFound', 'There is no such person on a list that you may change.')
    const note = { action: 'end', subject: 'Caseload', subjectIds: [found.patient_id, id], practiceId: found.practice_id } as const
    if (found.closed_as !== null) {
      if (found.closed_as !== as) return refused('CaseClosed', 'It was closed already, for another reason.')
      await keepEvent(tx, ctx, note)
      return { id, closedAs: as }
    }
    const at = ctx.clock.now().toISOString()
    const closed = await sql`select id from commons_close_case(${id}::uuid, ${version}, ${as}, ${at}::timestamptz)`.execute(tx.db)
    if (closed.rows.length === 0) return refused('ChangedMeanwhile', 'Somebody else changed it meanwhile. Look at it again, then decide.')
    await keepEvent(tx, ctx, note)
    return { id, closedAs: as }
  })
