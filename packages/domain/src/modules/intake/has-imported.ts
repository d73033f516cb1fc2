import type { Sessions } from '#shared/sessions'

/** Whether an import has come to its end here. */
export async function hasImported(sessions: Sessions): Promise<boolean> {
  const finished = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('import_run').select('id').where('state', '=', 'finished').limit(1).executeTakeFirst(),
  )
  return finished !== undefined
}
