import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

/** The words that whoever waits reads. */
export const failExport = (sessions: Sessions, id: string, failure: string): Promise<void> =>
  sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`update list_export set state = 'failed', finished_at = now(), failure = ${failure} where id = ${id} and state = 'queued'`.execute(
      db,
    )
  })
