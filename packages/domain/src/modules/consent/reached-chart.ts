import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { chartRoom } from '#shared/room'
import type { Tx } from '#shared/sessions'

/** The practice of a chart in the viewer's own reach. What is missing, foreign or no id at all gets one answer. */
export async function reachedChart(tx: Tx, ctx: Ctx, patientId: string): Promise<{ readonly practiceId: string } | null> {
  const { rows } = await sql<{ practice_id: string }>`
    select p.practice_id from patient p where p.id = ${uuidOrNobody(patientId)} and ${chartRoom(ctx, 'p', 'id')}`.execute(tx.db)
  return rows[0] ? { practiceId: rows[0].practice_id } : null
}

export const chartNotFound = (): Refusal => refused('ChartNotFound', 'There is no such chart among those that you can open.')

/** Nothing has the nil UUID: a malformed id goes the same way as a missing one, and takes the same time. */
export const uuidOrNobody = (id: string): string => (isUuid(id) ? id : '00000000-0000-0000-0000-000000000000')
