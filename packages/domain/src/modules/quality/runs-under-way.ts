import type { Sessions } from '#shared/sessions'

/** Runs that were planned and are not over. */
export async function runsUnderWay(sessions: Sessions): Promise<string[]> {
  const rows = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('metric_run').select('id').where('state', 'in', ['evaluating', 'scoring']).orderBy('id').execute(),
  )
  return rows.map(({ id }) => id)
}
