import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import type { Sessions, Tx } from '#shared/sessions'

/** What is in force, in the order of the page: the latest term of each registry, where it names a version. */
export const REGISTRIES_IN_FORCE = sql`
  (select registry, package_hash, position, agreed_at from (
     select distinct on (registry) registry, package_hash, position, agreed_at from registry_term order by registry, agreed_at desc, id desc) latest
    where package_hash is not null)`

/**
 * Has every chart counted by what is in force: a job for each practice, in the transaction that wants it. Asked again with the same key it
 * does nothing; jobs of passes before have nothing to do any more.
 */
export async function askForRegistryPass(db: Tx['db'], idempotencyKey: string, userId: string | null = null): Promise<void> {
  const id = newId<'RegistryPass'>()
  const asked = await sql`
    insert into registry_pass (id, as_of, package_hashes, idempotency_key, asked_at)
    select ${id}, greatest((now() at time zone g.time_zone)::date, (select max(as_of) from registry_pass)), array(select package_hash from ${REGISTRIES_IN_FORCE} f order by position, registry),
           ${idempotencyKey}, now()
      from region g
    on conflict (idempotency_key) do nothing returning 1`.execute(db)
  if (asked.rows.length === 0) return
  await sql`update job set state = 'done', finished_at = now() where name = 'registries.count' and state = 'queued'`.execute(db)
  const { rows } = await sql<{ id: string }>`select id from organization where kind = 'practice' order by id`.execute(db)
  await sql`
    insert into job (id, name, subject_id, practice_id, state, created_at)
    select id, 'registries.count', ${id}, practice_id, 'queued', now()
      from unnest(${rows.map(() => newId<'Job'>())}::uuid[], ${rows.map((row) => row.id)}::uuid[]) j (id, practice_id)`.execute(db)
  await keepJobEvent(db, { action: 'read', subject: 'ClinicalRecord', subjectIds: [id], userId, correlationId: id })
}

/** A pass where something else is in force than what the newest one counts by. Any number of workers may ask at once. */
export async function askForRegistriesInForce(sessions: Sessions): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<{ newest: string }>`
      select t.id as newest from (select id from registry_term order by id desc limit 1) t
       where (select package_hashes from registry_pass order by id desc limit 1)
             is distinct from array(select package_hash from ${REGISTRIES_IN_FORCE} f order by position, registry)`.execute(db)
    if (rows[0]) await askForRegistryPass(db, `in force ${rows[0].newest}`)
  })
}

export interface RegistryPassRow {
  readonly id: string
  readonly asOf: string
  readonly packageHashes: string[]
  /** Today in the region, or the pass's own day if the clock went back. */
  readonly on: string
  readonly timeZone: string
}

/** The newest pass: what all charts are counted by; null where nothing ever was in force. */
export async function newestPass(db: Tx['db']): Promise<RegistryPassRow | null> {
  const { rows } = await sql<RegistryPassRow>`
    select r.id, r.as_of::text as "asOf", r.package_hashes as "packageHashes", g.time_zone as "timeZone",
           greatest((now() at time zone g.time_zone)::date, r.as_of)::text as "on"
      from registry_pass r cross join region g order by r.id desc limit 1`.execute(db)
  return rows[0] ?? null
}
