// What a metric run comes to when its queue is emptied, edited, repeated or reordered, and when its work cannot be done at all.
import type { Client } from 'pg'
import { redisMissing } from '../support/redis.ts'
import { checksums, heldAt, openRig, outcome, type Rig, standing, until } from './metric/rig.ts'

const both = ['postgres', 'redis'] as const

/** A case on a region of its own. */
const holds = (fact: string, kind: (typeof both)[number], proof: (rig: Rig) => Promise<void>) =>
  test.concurrent(
    `${fact}, queue on ${kind}`,
    async () => {
      const rig = await openRig(kind)
      if (!rig) return redisMissing(`${fact}, queue on Redis`)
      await proof(rig).finally(rig.close)
    },
    180_000,
  )

for (const kind of both) {
  holds('a queue emptied half way is filled again from the ledger', kind, async (rig) => {
    const undisturbed = await standing(rig)
    const runId = await rig.request()
    const { worker, letGo } = await heldAt(rig, 'measure_membership')
    await rig.emptyQueue()
    await letGo()
    // Within half a minute the worker notices by itself.
    expect(await outcome(rig, runId, 90_000)).toEqual({ state: 'published', failure: null })
    expect(await checksums(rig, runId)).toEqual(await checksums(rig, undisturbed))
    expect(await worker.end()).toBe(0)
  })

  holds('an edited entry is refused and ends its run in words; the figures that stood keep standing', kind, async (rig) => {
    const undisturbed = await standing(rig)
    const runId = await rig.request()
    const { worker, letGo } = await heldAt(rig, 'measure_membership')
    const chunks = await rig.sql<{ id: string }>(
      `select id from job where name = 'measures.evaluate-chunk' and state = 'queued' order by id`,
    )
    const [first, last] = [chunks[0]!.id, chunks.at(-1)!.id]
    await rig.editEntry(last, JSON.stringify({ jobId: first }))
    await letGo()
    await until('the entry is refused', () => worker.log().includes('"PayloadRefused"'), 30_000)
    expect(await worker.end()).toBe(0)

    const next = await rig.startWorker()
    const { state, failure } = await outcome(rig, runId, 60_000)
    expect(state).toBe('failed')
    expect(failure).toBe(`The queue entry was edited: its ledger id is not its own. Quote ${last}.`)
    expect(await standing(rig)).toBe(undisturbed)
    expect(
      await rig.sql('select from measure_membership where run_id = $1 and practice_id = (select practice_id from job where id = $2)', [
        runId,
        last,
      ]),
    ).toEqual([])
    const ofRuns = `select from job where state = 'queued' and name <> 'measures.coming-gaps'`
    await until('nothing of it waits any more', async () => (await rig.sql(ofRuns)).length === 0, 120_000)

    const again = await rig.request()
    expect((await outcome(rig, again, 60_000)).state).toBe('published')
    expect(await checksums(rig, again)).toEqual(await checksums(rig, undisturbed))
    expect(await next.end()).toBe(0)
  })

  holds('jobs delivered again and in any order change nothing', kind, async (rig) => {
    const undisturbed = await standing(rig)
    const holder = await oneChunkHeld(rig)
    const runId = await rig.request()
    const worker = await rig.startWorker()
    await until(
      'all chunks but one are evaluated',
      async () => (await rig.sql('select from metric_chunk where run_id = $1 and finished_at is null', [runId])).length === 1,
      60_000,
    )
    // The queue forgets that score and publish come last, and the ledger hands them out as jobs of their own.
    await rig.emptyQueue()
    await rig.sql(`update job set enqueued_at = null where name in ('measures.score', 'measures.publish') and state = 'queued'`)
    await until(
      'they are told off',
      () => /"JobFailed".*"measures.score"/.test(worker.log()) && /"JobFailed".*"measures.publish"/.test(worker.log()),
      30_000,
    )
    expect(await standing(rig)).toBe(undisturbed)
    await worker.kill()
    await holder.end()
    // However long a busy machine takes for the chunk: score and publish, still out of order, have all their tries after it.
    await rig.emptyQueue()
    await rig.sql(`update job set enqueued_at = null where name = 'measures.evaluate-chunk' and state = 'queued'`)
    const next = await rig.startWorker()
    const waits = 'select from metric_chunk where run_id = $1 and finished_at is null'
    await until('the last chunk is evaluated', async () => (await rig.sql(waits, [runId])).length === 0, 90_000)
    await rig.sql(`update job set enqueued_at = null where state = 'queued'`)
    expect(await outcome(rig, runId, 90_000)).toEqual({ state: 'published', failure: null })
    const figures = await checksums(rig, runId)
    expect(figures).toEqual(await checksums(rig, undisturbed))

    // Everything once more, all at a time.
    await rig.emptyQueue()
    await rig.sql(`update job set state = 'queued', enqueued_at = null, finished_at = null`)
    await until('all was delivered again', async () => (await rig.sql(`select from job where state <> 'done'`)).length === 0, 60_000)
    expect(await checksums(rig, runId)).toEqual(figures)
    expect(await standing(rig)).toBe(runId)
    expect(await rig.sql(`select from metric_run where state <> 'published'`)).toEqual([])
    expect(await next.end()).toBe(0)
  })
}

/** Whoever keeps memberships of one practice waits until the connection that is answered ends. */
async function oneChunkHeld(rig: Rig): Promise<Client> {
  const holder = await rig.connect()
  await holder.query('select pg_advisory_lock(42)')
  const [held] = await rig.sql<{ practice_id: string }>('select practice_id from measure_membership limit 1')
  await rig.sql(
    `create function hold() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(42); return new; end $$`,
  )
  await rig.sql(
    `create trigger hold before insert on measure_membership for each row when (new.practice_id = '${held!.practice_id}') execute function hold()`,
  )
  return holder
}

holds('a damaged measure package ends the run at once and says so', 'postgres', async (rig) => {
  const undisturbed = await standing(rig)
  const [damaged] = await rig.sql<{ hash: string }>(
    `update measure_package set bundle = jsonb_set(bundle::jsonb, '{entry,0,resource,status}', '"retired"')::text
      where measure_id = 'glycemic-control-poor' returning hash`,
  )
  const worker = await rig.startWorker()
  const { state, failure } = await outcome(rig, await rig.request(), 60_000)
  expect(state).toBe('failed')
  expect(failure).toMatch(new RegExp(`^Measure package ${damaged!.hash.slice(0, 12)} is damaged\\. .+ Quote [0-9a-f-]{36}\\.$`))
  const [quoted] = await rig.sql('select name, state from job where id = $1', [/Quote ([0-9a-f-]+)/.exec(failure!)![1]])
  expect(quoted).toEqual({ name: 'measures.evaluate-chunk', state: 'failed' })
  expect(await standing(rig)).toBe(undisturbed)
  expect(await worker.end()).toBe(0)
})

holds('a chunk that always fails is tried five times, then the run fails with an id to quote', 'postgres', async (rig) => {
  const undisturbed = await standing(rig)
  await rig.sql(`create function refuse() returns trigger language plpgsql as $$ begin raise 'Ada Quill is not welcome'; end $$`)
  await rig.sql(`create trigger refuse before insert on measure_membership for each row
    when (new.practice_id = '${(await rig.sql('select practice_id from measure_membership limit 1'))[0]!.practice_id}') execute function refuse()`)
  const runId = await rig.request()
  const worker = await rig.startWorker()
  const { state, failure } = await outcome(rig, runId, 90_000)
  expect(state).toBe('failed')
  const quoted = /^A job failed for the last time\. Quote ([0-9a-f-]{36})\.$/.exec(failure!)![1]!
  await until('the log buries it', () => worker.log().includes('"DeadLetter"'), 15_000)
  const tries = worker
    .log()
    .split('\n')
    .filter((line) => line.includes('"JobFailed"') && line.includes(quoted))
  expect(tries).toHaveLength(5)
  expect(worker.log()).not.toContain('Ada Quill')
  expect(await standing(rig)).toBe(undisturbed)
  expect(await worker.end()).toBe(0)
})
