// A worker is killed with a plan worked out and not kept; whoever takes over keeps one whole plan, on either queue, however often it is delivered.
import { newId } from '@carecommons/kernel'
import type { Problem } from '@carecommons/domain'
import { redisMissing } from '../support/redis.ts'
import { openRig, type Rig, until } from './metric/rig.ts'

const problem: Problem = {
  practices: [{ id: 'alder', state: '', needs: [{ duty: 'care-management', language: null, minutes: 600 }] }],
  staff: [
    {
      ...{ id: 'dana', discipline: 'nurse', states: [''], languages: [], availableMinutes: 480, travelAllowance: 60 },
      travelMinutes: { alder: 30 },
      currentMinutes: { alder: 240 },
    },
  ],
  rules: {
    ...{ stepMinutes: 60, minimumBlockMinutes: 240, maximumPractices: 3, levels: 20, pins: [], forbids: [] },
    scope: { 'care-management': [{ discipline: 'nurse', needsLicense: true }] },
  },
}

test.each(['postgres', 'redis'] as const)(
  'killed before a plan is kept, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('plans whose worker is killed, queue on Redis')
    try {
      const { sql } = rig
      const holder = await rig.connect()
      await holder.query('select pg_advisory_lock(47)')
      await sql(
        `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(47); return new; end $$`,
      )
      await sql(`create trigger hold before update on staff_plan for each row when (new.state = 'done') execute function hold()`)
      const id = await ask(rig)
      const worker = await rig.startWorker('twice')
      const held = `select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`
      await until('the plan is worked out and not kept', async () => (await sql(held)).length > 0, 60_000)
      expect(await sql('select state, plan from staff_plan where id = $1', [id])).toEqual([{ state: 'queued', plan: null }])
      await worker.kill()
      await holder.end()
      const next = await rig.startWorker('twice')
      await until(
        'the plan is there',
        async () => (await sql(`select from staff_plan where id = $1 and state = 'done'`, [id])).length > 0,
        60_000,
      )
      await until(
        'its job is done',
        async () => (await sql(`select from job where subject_id = $1 and state = 'done'`, [id])).length > 0,
        60_000,
      )
      expect(await next.end()).toBe(0)
      const [row] = await sql<{ plan: { hours: { minutes: number }[] } }>('select plan from staff_plan where id = $1', [id])
      expect(row!.plan.hours).toMatchObject([{ staffId: 'dana', practiceId: 'alder', minutes: 480, currentMinutes: 240 }])
    } finally {
      await rig.close()
    }
  },
  180_000,
)

async function ask({ sql }: Rig): Promise<string> {
  const id = newId()
  await sql(
    `insert into staff_plan (id, starts_on, wish, problem, input_hash, state, requested_by, requested_by_name, requested_at)
     values ($1, '2026-03-09', '{}', $2, 'x', 'queued', $1, 'x', now())`,
    [id, JSON.stringify(problem)],
  )
  await sql(`insert into job (id, name, subject_id, state, created_at) values (uuidv7(), 'staff.plan', $1, 'queued', now())`, [id])
  return id
}
