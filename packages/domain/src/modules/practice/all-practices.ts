import type { Id } from '@carecommons/kernel'
import type { Sessions } from '#shared/sessions'

/** Every member practice of the region: the scope of jobs that work for the region as a whole. */
export async function allPractices(sessions: Sessions): Promise<Id<'Organization'>[]> {
  const rows = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('organization').select('id').where('kind', '=', 'practice').orderBy('id').execute(),
  )
  return rows.map(({ id }) => id)
}
