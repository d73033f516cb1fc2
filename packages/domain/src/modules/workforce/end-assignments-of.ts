import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'

/** Ends whatever a membership works on: who leaves, or takes another role, does not find the old practices again later. */
export async function endAssignmentsOf(tx: Tx, ctx: Ctx, membershipId: string): Promise<void> {
  // Only the region holds assignments; a practice's people have none, and its role may not write the table.
  if (ctx.viewer.role !== 'region-administrator') return
  const { rows } = await sql<{ id: string; practice_id: string }>`
    update care_assignment set ended_at = ${ctx.clock.now().toISOString()} where membership_id = ${membershipId} and ended_at is null
    returning id, practice_id`.execute(tx.db)
  for (const { id, practice_id } of rows)
    await keepEvent(tx, ctx, { action: 'end', subject: 'Assignment', subjectIds: [id], practiceId: practice_id })
}
