import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import { isOver } from './read-exports.ts'

/** Removes files that were kept their time; that they were asked for, and what of, stays. */
export const forgetExports = (sessions: Sessions): Promise<void> =>
  sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`
      update list_export e set state = 'gone', content = null, charts = null, labelled_ids = '{}', patient_ids = null
       where e.state = 'done' and ${isOver}`.execute(db)
  })
