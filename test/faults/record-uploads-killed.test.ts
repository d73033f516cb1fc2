// A worker is killed between the batches of a file that a practice sent; whoever takes over goes on behind what landed, on either queue: the
// report is that of a file that was read without a break.
import { newId } from '@carecommons/kernel'
import { redisMissing } from '../support/redis.ts'
import { openRig, type Rig, until } from './metric/rig.ts'

const PATIENTS = 9000

test.each(['postgres', 'redis'] as const)(
  'killed while a file of records lands, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('files of records whose worker is killed, queue on Redis')
    try {
      const { sql } = rig
      const holder = await rig.connect()
      await holder.query('select pg_advisory_lock(48)')
      await sql(
        `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(48); return new; end $$`,
      )
      await sql(`create trigger hold before update on import_file for each row when (old.lines_read > 0) execute function hold()`)
      const id = await send(rig)
      const worker = await rig.startWorker('twice')
      const held = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory' and query like 'update import_file%'`
      await until('the first batch has landed and the second has not', async () => (await sql(held)).length > 0, 60_000)
      await worker.kill()
      await holder.end()
      const [before] = await sql<{ read: number }>(
        'select max(lines_read)::int as read from import_file f join import_run r on r.id = f.import_run_id where r.fingerprint like $1',
        ['upload %'],
      )
      expect(before!.read).toBeGreaterThan(0)
      expect(before!.read).toBeLessThan(PATIENTS)
      const next = await rig.startWorker('twice')
      await until(
        'the file has landed',
        async () => (await sql(`select from record_upload where id = $1 and state = 'queued'`, [id])).length === 0,
        90_000,
      )
      expect(await next.end()).toBe(0)
      expect(await sql('select state, lines, rejected, counts, content, failure from record_upload where id = $1', [id])).toEqual([
        {
          ...{ state: 'done', lines: PATIENTS + 1, rejected: 1, content: null, failure: null },
          counts: {
            Patient: { created: PATIENTS, updated: 0, unchanged: 0, rejected: 0 },
            unreadable: { created: 0, updated: 0, unchanged: 0, rejected: 1 },
          },
        },
      ])
      expect(await sql(`select count(*)::int as n from patient where family_name = 'Sent'`)).toEqual([{ n: PATIENTS }])
    } finally {
      await rig.close()
    }
  },
  180_000,
)

async function send({ sql }: Rig): Promise<string> {
  const lines = Array.from({ length: PATIENTS }, (_, at) =>
    JSON.stringify({
      resourceType: 'Patient',
      id: `sent-${at}`,
      name: [{ family: 'Sent', given: [`N${at}`] }],
      birthDate: '1950-01-01',
      gender: 'male',
    }),
  )
  const content = Buffer.from(['no JSON', ...lines].join('\n'))
  const [row] = (await sql('select practice_id as practice from patient group by 1 order by count(*) desc, 1 limit 1')) as [
    { practice: string },
  ]
  const id = newId()
  await sql(
    `insert into record_upload (id, practice_id, name, bytes, state, requested_by, requested_by_name, requested_at, content)
     values ($1, $2, 'records.ndjson', $3, 'queued', $1, 'Ada Quill', now(), $4)`,
    [id, row.practice, content.length, content],
  )
  await sql(
    `insert into job (id, name, subject_id, practice_id, state, created_at) values (uuidv7(), 'intake.import', $1, $2, 'queued', now())`,
    [id, row.practice],
  )
  return id
}
