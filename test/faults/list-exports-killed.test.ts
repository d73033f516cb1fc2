// A worker is killed with a file made and not kept; whoever takes over keeps the same file, on either queue, however often it is delivered.
import { newId } from '@carecommons/kernel'
import { redisMissing } from '../support/redis.ts'
import { openRig, type Rig, until } from './metric/rig.ts'

test.each(['postgres', 'redis'] as const)(
  'killed before the file of a list is kept, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('files of lists whose worker is killed, queue on Redis')
    try {
      const { sql } = rig
      const id = await ask(rig)
      const first = await rig.startWorker()
      const undisturbed = await made(rig, id)
      expect(undisturbed.length).toBeGreaterThan(20)
      expect(await first.end()).toBe(0)

      const again = await ask(rig)
      const holder = await rig.connect()
      await holder.query('select pg_advisory_lock(47)')
      await sql(
        `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(47); return new; end $$`,
      )
      await sql(`create trigger hold before update on list_export for each row when (new.state = 'done') execute function hold()`)
      const worker = await rig.startWorker('twice')
      const held = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
      await until('the file is made and not kept', async () => (await sql(held)).length > 0, 60_000)
      // Whoever waits has seen how far it is.
      expect(await sql('select state, written > 20 as "isSeen", content from list_export where id = $1', [again])).toEqual([
        { state: 'queued', isSeen: true, content: null },
      ])
      await worker.kill()
      await holder.end()
      const next = await rig.startWorker('twice')
      expect(await made(rig, again)).toEqual(undisturbed)
      expect(await next.end()).toBe(0)
      expect(await sql(`select state from job where subject_id = any ($1::uuid[])`, [[id, again]])).toEqual([
        { state: 'done' },
        { state: 'done' },
      ])
    } finally {
      await rig.close()
    }
  },
  180_000,
)

/** A clinician of the largest practice asks for everybody there: risk, which is still being worked out, aside. */
async function ask({ sql }: Rig): Promise<string> {
  const [{ practice }] = (await sql('select practice_id as practice from patient group by 1 order by count(*) desc, 1 limit 1')) as [
    { practice: string },
  ]
  await sql(`update organization set active_since = '2020-01-01' where id = $1`, [practice])
  await sql(
    `insert into app_user (id, name, email, created_at) select uuidv7(), 'Ada Quill', 'ada@example.com', now() where not exists (select from app_user)`,
  )
  await sql(
    `insert into membership (id, user_id, organization_id, role, starts_on)
     select uuidv7(), id, $1, 'clinician', '2020-01-01' from app_user where not exists (select from membership)`,
    [practice],
  )
  const id = newId()
  await sql(
    `insert into list_export (id, membership_id, format, filter, sort, reversed, columns, state, requested_at)
     select $1, id, 'csv', '{}', 'NAME', false, '{age,conditions,gaps}', 'queued', now() from membership`,
    [id],
  )
  await sql(`insert into job (id, name, subject_id, state, created_at) values (uuidv7(), 'lists.export', $1, 'queued', now())`, [id])
  return id
}

async function made({ sql }: Rig, id: string): Promise<string[]> {
  await until(
    'the file is there',
    async () => (await sql(`select from list_export where id = $1 and state = 'queued'`, [id])).length === 0,
    60_000,
  )
  const [row] = await sql<{ state: string; content: string }>('select state, content from list_export where id = $1', [id])
  expect(row!.state).toBe('done')
  return row!.content.trim().split('\r\n')
}
