import { sql } from 'kysely'
import { type Problem, proposeAllocation } from '#modules/allocation'
import type { Sessions } from '#shared/sessions'

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const
/** What a manager waits, less what starting the thread takes. */
const SECONDS = 9

/** Works a plan out from what was kept when it was asked for. Cut short, it begins anew; a plan is there whole or not at all. */
export async function workOutPlan(sessions: Sessions, id: string, seconds = SECONDS): Promise<void> {
  const { rows } = await sessions.within(SCOPE, ({ db }) =>
    sql<{ problem: Problem }>`select problem from staff_plan where id = ${id} and state = 'queued'`.execute(db),
  )
  const [waiting] = rows
  if (!waiting) return
  const proposal = await proposeAllocation(waiting.problem, { seconds })
  if (!proposal.ok) return failPlan(sessions, id, proposal.faults.join(' '))
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`
      update staff_plan set state = 'done', finished_at = now(), plan = ${JSON.stringify(proposal.plan)} where id = ${id} and state = 'queued'`.execute(
      db,
    )
  })
}

/** The words that whoever waits reads. */
export const failPlan = (sessions: Sessions, id: string, failure: string): Promise<void> =>
  sessions.within(SCOPE, async ({ db }) => {
    await sql`update staff_plan set state = 'failed', finished_at = now(), failure = ${failure} where id = ${id} and state = 'queued'`.execute(
      db,
    )
  })
