import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

/** Makes the audit's partitions of this month and the next three, and takes rows of other months out of the last one. */
export async function makeAuditMonths(sessions: Sessions): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => sql`select commons_make_audit_months()`.execute(db))
}
