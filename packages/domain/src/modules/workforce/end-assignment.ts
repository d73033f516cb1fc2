import { type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { type Assignment, readAssignment } from './assignments.ts'

/** Ends an assignment at once: the care manager's next request sees nothing of that practice. */
export async function endAssignment(ctx: Ctx, id: string): Promise<Assignment | Refusal> {
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const seen = await readAssignment(here, id)
    if (!seen) return refused('AssignmentMissing', 'There is no such assignment.')
    const [ended] = await tx.db
      .updateTable('care_assignment')
      .set({ ended_at: ctx.clock.now().toISOString() })
      .where('id', '=', seen.id)
      .where('ended_at', 'is', null)
      .returning('id')
      .execute()
    if (!ended || seen.state === 'ended') return refused('AssignmentEnded', 'The assignment has ended already.')
    await keepEvent(tx, ctx, { action: 'end', subject: 'Assignment', subjectIds: [seen.id], practiceId: seen.practice.id })
    return (await readAssignment(here, id))!
  })
}
