// A worker is killed in the middle of a comparison and of a draft's trial; whoever takes over ends where nobody was disturbed.
import { newId } from '@carecommons/kernel'
import { redisMissing } from '../support/redis.ts'
import { backends, openRig, type Rig, until } from './metric/rig.ts'

test.each(backends)(
  'killed between the chunks of a comparison and at the end of a trial, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('comparisons and trials whose worker is killed, queue on Redis')
    try {
      const asked = await ask(rig)
      const first = await rig.startWorker()
      const undisturbed = await ended(rig, asked)
      expect(await first.end()).toBe(0)
      expect(undisturbed.movers).not.toEqual([])

      await again(rig, asked)
      // All practices but the last one have their movers when the worker dies; the trial has its counts and did not keep them.
      const last = undisturbed.movers
        .map((mover) => String(mover['practice_id']))
        .sort()
        .at(-1)
      const holder = await rig.connect()
      await holder.query('select pg_advisory_lock(43)')
      await rig.sql(
        `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(43); return new; end $$`,
      )
      await rig.sql(`create trigger hold before update on draft_trial for each row when (new.state = 'done') execute function hold()`)
      await rig.sql(
        `create trigger hold before insert on comparison_mover for each row when (new.practice_id = '${last}') execute function hold()`,
      )
      const worker = await rig.startWorker('twice')
      const held = `select distinct substring(query from 'draft_trial|comparison_mover') from pg_stat_activity
                   where datname = current_database() and wait_event = 'advisory'`
      await until('both are half way', async () => (await rig.sql(held)).length === 2, 60_000)
      await worker.kill()
      await holder.end()
      const states = 'select state from draft_trial union all select state from package_comparison'
      expect(await rig.sql(states)).toEqual([{ state: 'running' }, { state: 'running' }])

      const next = await rig.startWorker('twice')
      expect(await ended(rig, asked)).toEqual(undisturbed)
      expect(await next.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  180_000,
)

interface Asked {
  readonly comparison: string
  readonly trial: string
}

/** A comparison of two measures of the starter set over 2020, and a trial of one of them. */
async function ask(rig: Rig): Promise<Asked> {
  const { sql } = rig
  const [user, comparison, trial] = [newId(), newId(), newId()]
  await sql(`insert into app_user (id, name, email, created_at) values ($1, 'Ada Quill', 'ada@example.com', now())`, [user])
  await sql(
    `insert into package_comparison (id, before_hash, after_hash, period_start, period_end, state, requested_by, requested_at)
     select $1, b.hash, a.hash, '2020-01-01', '2020-12-31', 'queued', $2, now() from measure_package b, measure_package a
      where b.measure_id = 'blood-pressure-control' and a.measure_id = 'statin-therapy'`,
    [comparison, user],
  )
  await sql(
    `insert into measure_draft (id, title, description, improvement, cql, version, updated_by, updated_at)
     values ($1, 'Seniors', '', 'increase', '', 1, $2, now())`,
    [trial, user],
  )
  await sql(
    `insert into draft_trial (id, draft_id, bundle, period_start, period_end, state, requested_by, requested_at)
     select $1, $1, bundle, '2020-01-01', '2020-12-31', 'queued', $2, now() from measure_package where measure_id = 'blood-pressure-control'`,
    [trial, user],
  )
  await want(rig, { comparison, trial })
  return { comparison, trial }
}

const want = ({ sql }: Rig, { comparison, trial }: Asked): Promise<unknown> =>
  sql(
    `insert into job (id, name, subject_id, state, created_at)
     values ($1, 'packages.compare', $2, 'queued', now()), ($3, 'packages.try-draft', $4, 'queued', now())`,
    [newId(), comparison, newId(), trial],
  )

/** The same once more: whoever draws the sample of a trial draws it by its id. */
async function again(rig: Rig, asked: Asked): Promise<void> {
  const { sql } = rig
  for (const table of ['comparison_chunk', 'comparison_mover', 'comparison_move']) await sql(`delete from ${table}`)
  await sql(`update package_comparison set state = 'queued', finished_at = null where id = $1`, [asked.comparison])
  await sql(
    `update draft_trial set state = 'queued', finished_at = null, sample = null, initial_population = null, denominator = null,
            denominator_exclusion = null, denominator_exception = null, numerator = null,
            bundle = (select bundle from measure_package where measure_id = 'blood-pressure-control') where id = $1`,
    [asked.trial],
  )
  await want(rig, asked)
}

interface Ended {
  readonly movers: readonly Record<string, unknown>[]
  readonly moves: readonly object[]
  readonly trial: readonly object[]
}

async function ended({ sql }: Rig, { comparison, trial }: Asked): Promise<Ended> {
  const open = `select from package_comparison where state not in ('done', 'failed') union all
                select from draft_trial where state not in ('done', 'failed')`
  await until('both are over', async () => (await sql(open)).length === 0, 60_000)
  return {
    movers: await sql('select * from comparison_mover where comparison_id = $1 order by patient_id, practice_id, group_index', [
      comparison,
    ]),
    moves: await sql('select * from comparison_move where comparison_id = $1 order by group_index, before, after', [comparison]),
    trial: await sql(
      `select state, sample, initial_population, denominator, denominator_exclusion, denominator_exception, numerator, bundle, failure
         from draft_trial where id = $1`,
      [trial],
    ),
  }
}
