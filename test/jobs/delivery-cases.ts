import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '@carecommons/kernel'
import { measures, nothing, type Rig } from './rig.ts'
import { until } from './worker.ts'

/** What arrives, how often and in which order. */
export function deliveryCases(rig: Rig): void {
  const { holds, open, projecting } = rig

  holds('delivers a row once, however often it is enqueued: before, while and after it runs', async () => {
    const jobs = await open()
    const [id] = (await rig.ledger.want(1)) as [string]
    const gate = Promise.withResolvers<void>()
    await jobs.enqueue(projecting([id, id]))
    await jobs.work(
      {
        'record.project': async ({ jobId, name, attempt, attempts }) => {
          expect({ jobId, name, attempt, attempts }).toEqual({ jobId: id, name: 'record.project', attempt: 1, attempts: 8 })
          await rig.ledger.began(jobId)
          await gate.promise
          await rig.ledger.effect(jobId)
        },
      },
      { concurrency: 4 },
    )
    await until(async () => (await rig.ledger.read(id)).deliveries === 1)
    await jobs.enqueue(projecting([id]))
    await jobs.requeueMissing(projecting([id]))
    gate.resolve()
    await until(async () => (await jobs.health()).queues.record?.done === 1)
    await jobs.enqueue(projecting([id]))
    await pause(500)
    expect(await rig.ledger.read(id)).toEqual({ deliveries: 1, effects: 1 })
  })

  holds('refuses to enqueue what is no ledger id', async () => {
    const jobs = await open()
    for (const jobId of ['', '1', '../x', `${newId()} `])
      await expect(jobs.enqueue({ jobId, name: 'record.project' })).rejects.toThrow('No ledger job')
    await expect(jobs.enqueue({ jobId: newId(), name: 'schedule.tick' as 'record.project' })).rejects.toThrow('No ledger job')
  })

  holds('runs a flow in its order, also when it is submitted again at any time', async () => {
    const jobs = await open()
    const [run, score, publish, ...chunks] = (await rig.ledger.want(8)) as [string, string, string, ...string[]]
    const tree = {
      jobId: publish,
      name: 'measures.publish' as const,
      children: [
        {
          jobId: score,
          name: 'measures.score' as const,
          children: chunks.map((jobId) => ({ jobId, name: 'measures.evaluate-chunk' as const })),
        },
      ],
    }
    const order: string[] = []
    const note = async ({ jobId }: { jobId: string }) => {
      await pause(30)
      order.push(jobId)
    }
    const plan = async ({ jobId }: { jobId: string }) => {
      order.push(jobId)
      await jobs.enqueueFlow(tree)
      await jobs.enqueueFlow(tree)
    }
    const again = async ({ jobId }: { jobId: string }) => {
      await jobs.enqueueFlow(tree)
      await note({ jobId })
    }
    await jobs.work(
      measures({ 'measures.run': plan, 'measures.evaluate-chunk': again, 'measures.score': again, 'measures.publish': note }),
      { concurrency: 3 },
    )
    await jobs.enqueue({ jobId: run, name: 'measures.run' })
    await until(() => order.includes(publish))
    await jobs.enqueueFlow(tree)
    await pause(1_000)
    expect(order[0]).toBe(run)
    expect(order.slice(1, 6).sort()).toEqual([...chunks].sort())
    expect(order.slice(6)).toEqual([score, publish])
  })

  holds(
    'starts a small practice soon behind 20,000 jobs of a large one, and a person at once',
    async () => {
      const jobs = await open()
      const large = Array.from({ length: 20_000 }, () => newId())
      const [small, urgent] = [newId(), newId()]
      const started = new Map<string, number>()
      await jobs.enqueue(projecting(large, { group: 'large' }))
      const run = async ({ jobId }: { jobId: string }) => {
        started.set(jobId, performance.now())
        await pause(5)
      }
      await jobs.work({ 'record.project': run }, { concurrency: 4 })
      await until(() => started.size > 200)
      const from = performance.now()
      await jobs.enqueue(projecting([small], { group: 'small' }))
      await jobs.enqueue(projecting([urgent], { group: 'large', priority: 'urgent' }))
      await until(() => started.has(small) && started.has(urgent), 5_000)
      expect(started.get(small)! - from).toBeLessThan(2_000)
      expect(started.get(urgent)! - from).toBeLessThan(2_000)
      expect(started.size).toBeLessThan(20_000)
    },
    60_000,
  )

  holds('fires a schedule once for each due moment, also after a restart, until it is ended', async () => {
    const due: number[] = []
    const tick = {
      'schedule.tick': async ({ schedule, dueAt }: { schedule: string; dueAt: Date }) =>
        void due.push(schedule === 'nightly.sweep' ? dueAt.getTime() : 0),
    }
    const before = await open()
    await before.schedule({ key: 'nightly.sweep', cron: '* * * * * *', zone: 'America/Denver' })
    await before.schedule({ key: 'nightly.sweep', cron: '* * * * * *', zone: 'America/Denver' })
    await before.work(tick, { concurrency: 1 })
    await until(() => due.length >= 2)
    await before.close()
    const restartedAt = due.length
    const after = await open()
    await after.work(tick, { concurrency: 1 })
    await until(() => due.length >= restartedAt + 2)
    expect(new Set(due).size).toBe(due.length)
    expect(due.every((at) => at > 0 && at % 1_000 === 0)).toBe(true)
    expect(await after.unschedule('nightly.sweep')).toBe(true)
    expect(await after.unschedule('nightly.sweep')).toBe(false)
    await pause(1_200)
    const ended = due.length
    await pause(1_500)
    expect(due).toHaveLength(ended)
    await expect(after.schedule({ key: 'No Key', cron: '* * * * *', zone: 'UTC' })).rejects.toThrow('key')
  })

  holds('counts what it holds, within its budget of connections', async () => {
    const jobs = await open()
    const ids = await rig.ledger.want(7)
    await jobs.enqueue(projecting(ids.slice(0, 3)))
    await jobs.enqueue(projecting(ids.slice(3, 4), { priority: 'urgent' }))
    await jobs.enqueue(projecting(ids.slice(4, 5), { delayMs: 60_000 }))
    await jobs.enqueueFlow({ jobId: ids[5]!, name: 'measures.score', children: [{ jobId: ids[6]!, name: 'measures.evaluate-chunk' }] })
    const none = { waiting: 0, active: 0, delayed: 0, blocked: 0, dead: 0, done: 0 }
    const health = await jobs.health()
    expect(health).toMatchObject({ backend: rig.kind, reachable: true })
    expect(health.queues).toEqual({
      record: { ...none, waiting: 4, delayed: 1 },
      measures: { ...none, waiting: 1, blocked: 1 },
      coming: none,
      exports: none,
      plans: none,
      intake: none,
      packages: none,
      label: none,
      registries: none,
      schedule: none,
      mail: none,
    })
    await jobs.work({ 'record.project': nothing, 'intake.import': nothing, 'schedule.tick': nothing, ...measures({}) }, { concurrency: 10 })
    await until(async () => (await jobs.health()).queues.measures?.done === 2)
    expect(await rig.storage.connections()).toBeLessThanOrEqual(Object.keys(health.queues).length + 3)
  })
}
