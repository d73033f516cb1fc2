import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

/** How many people can sign in. */
export async function countUsers(sessions: Sessions): Promise<number> {
  const { rows } = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    sql<{ users: number }>`select count(*)::int as users from app_user`.execute(db),
  )
  return rows[0]!.users
}
