// A worker that gets every job twice is killed in the middle of comparing a registry's version with the one in force; whoever takes over ends where
// nobody was disturbed.
import { loadRegistries } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { redisMissing } from '../support/redis.ts'
import { openRig, type Rig, until } from './metric/rig.ts'

test.each(['postgres', 'redis'] as const)(
  'killed between the chunks of a comparison, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('comparisons of registries whose worker is killed, queue on Redis')
    try {
      await loadRegistries(rig.sessions)
      const id = await ask(rig)
      const first = await rig.startWorker()
      const undisturbed = await ended(rig, id)
      expect(undisturbed.movers.length).toBeGreaterThan(20)
      expect(undisturbed.comparison).toEqual([
        expect.objectContaining({ state: 'done', charts_done: 300, charts_total: 300, counts: expect.stringMatching(/"enters":\d/) }),
      ])
      expect(await first.end()).toBe(0)

      await rig.sql('delete from registry_comparison_chunk')
      await rig.sql('delete from registry_mover')
      await rig.sql(
        `update registry_comparison set state = 'queued', counts = null, charts_done = 0, charts_total = 0, finished_at = null, failure = null`,
      )
      await want(rig, id)
      // All practices but the last have their movers when the worker dies.
      const last = undisturbed.movers.map((mover) => String(mover['practice_id'])).at(-1)
      const holder = await rig.connect()
      await holder.query('select pg_advisory_lock(44)')
      await rig.sql(
        `create function hold_mover() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(44); return new; end $$`,
      )
      await rig.sql(
        `create trigger hold before insert on registry_mover for each row when (new.practice_id = '${last}') execute function hold_mover()`,
      )
      const worker = await rig.startWorker('twice')
      const held = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and query like '%registry_mover%'`
      await until('it is half way', async () => (await rig.sql(held)).length > 0, 60_000)
      await worker.kill()
      await holder.end()
      expect(await rig.sql('select state from registry_comparison')).toEqual([{ state: 'running' }])
      expect(await rig.sql('select from registry_comparison_chunk where finished_at is null')).not.toEqual([])

      const next = await rig.startWorker('twice')
      expect(await ended(rig, id)).toEqual(undisturbed)
      expect(await next.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  180_000,
)

/** A registry that nobody counts yet: hypertension, after it was retired. */
async function ask(rig: Rig): Promise<string> {
  const [user, id] = [newId(), newId()]
  await rig.sql(`insert into app_user (id, name, email, created_at) values ($1, 'Ada Quill', 'ada@example.com', now())`, [user])
  await rig.sql(
    `insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at) values ($1, 'hypertension', null, 1, 'Test', now())`,
    [newId()],
  )
  await rig.sql(
    `insert into registry_comparison (id, registry, before_hash, after_hash, state, requested_by, requested_at)
     select $1, registry, null, hash, 'queued', $2, now() from registry_package where registry = 'hypertension'`,
    [id, user],
  )
  await want(rig, id)
  return id
}

const want = ({ sql }: Rig, id: string): Promise<unknown> =>
  sql(`insert into job (id, name, subject_id, state, created_at) values ($1, 'registries.compare', $2, 'queued', now())`, [newId(), id])

async function ended({ sql }: Rig, id: string) {
  const open = `select from registry_comparison where state not in ('done', 'failed')`
  await until('it is over', async () => (await sql(open)).length === 0, 60_000)
  return {
    movers: await sql('select * from registry_mover where comparison_id = $1 order by practice_id, patient_id', [id]),
    comparison: await sql('select state, counts, charts_done, charts_total, as_of::text, failure from registry_comparison'),
  }
}
