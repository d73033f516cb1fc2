import type { Day } from '@carecommons/kernel'
import type { Sessions } from '#shared/sessions'

/** The newest period with published figures. */
export async function newestPublication(sessions: Sessions): Promise<{ readonly start: Day; readonly end: Day } | null> {
  const row = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db
      .selectFrom('publication')
      .select(['period_start', 'period_end'])
      .orderBy('period_end', 'desc')
      .orderBy('period_start', 'desc')
      .executeTakeFirst(),
  )
  return row ? { start: row.period_start, end: row.period_end } : null
}
