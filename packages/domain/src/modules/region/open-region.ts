import { type Id, newId } from '@carecommons/kernel'
import type { Sessions } from '#shared/sessions'

export interface RegionIdentity {
  readonly id: Id<'Region'>
  readonly name: string
  readonly timeZone: string
  readonly isDemo: boolean
}

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const

/** The region of this database; null while there is none. */
export async function findRegion(sessions: Sessions): Promise<RegionIdentity | null> {
  const row = await sessions.within(SCOPE, ({ db }) => db.selectFrom('region').selectAll().orderBy('id').executeTakeFirst())
  return row ? { id: row.id, name: row.name, timeZone: row.time_zone, isDemo: row.is_demo } : null
}

/** Makes the database's one region, with its coordinating body. */
export async function createRegion(sessions: Sessions, wanted: Omit<RegionIdentity, 'id'>): Promise<RegionIdentity> {
  const id = newId<'Region'>()
  const created_at = new Date().toISOString()
  await sessions.within(SCOPE, async ({ db }) => {
    await db
      .insertInto('region')
      .values({ id, name: wanted.name, time_zone: wanted.timeZone, is_demo: wanted.isDemo, created_at })
      .execute()
    await db
      .insertInto('organization')
      .values({
        id: newId<'Organization'>(),
        region_id: id,
        kind: 'coordinating-body',
        name: wanted.name,
        slug: 'coordinating-body',
        created_at,
      })
      .execute()
  })
  return { id, ...wanted }
}
