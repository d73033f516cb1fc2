import { type Id, newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'

export interface RegionIdentity {
  readonly id: Id<'Region'>
  readonly name: string
  readonly timeZone: string
  readonly isDemo: boolean
}

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const

/** The region of this database; null while there is none. */
export const findRegion = (sessions: Sessions): Promise<RegionIdentity | null> => sessions.within(SCOPE, readRegion)

/** Makes the database's one region, with its coordinating body; gives the one there is when somebody else was faster. */
export function createRegion(sessions: Sessions, wanted: Omit<RegionIdentity, 'id'>): Promise<RegionIdentity> {
  return sessions.within(SCOPE, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('commons region'))`.execute(tx.db)
    return (await readRegion(tx)) ?? (await makeRegion(tx, wanted))
  })
}

async function readRegion({ db }: Tx): Promise<RegionIdentity | null> {
  const row = await db.selectFrom('region').selectAll().orderBy('id').executeTakeFirst()
  return row ? { id: row.id, name: row.name, timeZone: row.time_zone, isDemo: row.is_demo } : null
}

async function makeRegion({ db }: Tx, { name, timeZone, isDemo }: Omit<RegionIdentity, 'id'>): Promise<RegionIdentity> {
  const id = newId<'Region'>()
  const created_at = new Date().toISOString()
  await db.insertInto('region').values({ id, name, time_zone: timeZone, is_demo: isDemo, created_at }).execute()
  const body = {
    id: newId<'Organization'>(),
    region_id: id,
    kind: 'coordinating-body',
    name,
    slug: 'coordinating-body',
    created_at,
    active_since: created_at.slice(0, 10),
  } as const
  await db.insertInto('organization').values(body).execute()
  return { id, name, timeZone, isDemo }
}
