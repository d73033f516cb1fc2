import { sql } from 'kysely'
import { tellMovement } from '#shared/movements'
import type { Sessions } from '#shared/sessions'

/** Ends a run that cannot go on. The published figures stay as they were. */
export async function failRun(sessions: Sessions, runId: string, reason: string): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`
      update metric_run set state = 'failed', finished_at = now(), failure = ${reason} where id = ${runId} and state not in ('published', 'failed')`.execute(
      db,
    )
    await tellMovement(db, { what: 'runs' })
  })
}
