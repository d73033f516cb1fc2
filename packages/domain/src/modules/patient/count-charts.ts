import { sql } from 'kysely'
import { allPractices } from '#modules/practice'
import type { Sessions } from '#shared/sessions'

/** How many charts the region keeps. */
export async function countCharts(sessions: Sessions): Promise<number> {
  const practiceIds = await allPractices(sessions)
  const { rows } = await sessions.within({ kind: 'worker', practiceIds }, ({ db }) =>
    sql<{ charts: number }>`select count(*)::int as charts from patient`.execute(db),
  )
  return rows[0]!.charts
}
