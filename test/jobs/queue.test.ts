import { setTimeout as pause } from 'node:timers/promises'
import { type Backend, type Enqueue, JobFailure, type JobHandlers, type JobLogLine, type Jobs, openJobs, PermanentFailure } from '@carecommons/jobs'
import { newId } from '@carecommons/kernel'
import { type Ledger, openLedger } from './ledger.ts'
import { openStorage, queueDatabase, type Storage } from './queue-backends.ts'
import { redisMissing } from '../support/redis.ts'
import { startWorker, until } from './worker.ts'

const CANARY = 'Quinn Canary, MRN 0815'
const nothing = async () => undefined
const measures = (handlers: JobHandlers): JobHandlers => ({
  'measures.run': nothing,
  'measures.evaluate-chunk': nothing,
  'measures.score': nothing,
  'measures.publish': nothing,
  ...handlers,
})

describe.each<Backend['kind']>(['postgres', 'redis'])('the queue on %s', (kind) => {
  let database: Awaited<ReturnType<typeof queueDatabase>>
  let storage: Storage | null
  let ledger: Ledger
  const log: JobLogLine[] = []
  const opened: Jobs[] = []

  const open = async (): Promise<Jobs> => {
    const jobs = await openJobs({ backend: storage!.backend, log: (line) => void log.push(line) })
    opened.push(jobs)
    return jobs
  }
  const projecting = (ids: readonly string[], more: Partial<Enqueue> = {}): Enqueue[] =>
    ids.map((jobId) => ({ jobId, name: 'record.project', ...more }))
  const logged = (event: string) => log.filter((line) => line.event === event)

  beforeAll(async () => {
    database = await queueDatabase()
    ledger = await openLedger(database.url)
    storage = await openStorage(kind, database.url)
    if (storage === null) return redisMissing('the queue on redis')
    await (await open()).close()
  }, 60_000)

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((jobs) => jobs.close({ timeoutMs: 500 })))
    log.length = 0
    await storage?.empty()
  })

  afterAll(async () => {
    await storage?.close()
    await ledger.close()
    await database.close()
  })

  /** Every case of the contract, on storage that is there. */
  const holds = (fact: string, proof: () => Promise<void>, timeoutMs = 30_000) =>
    test(fact, async () => (storage === null ? undefined : proof()), timeoutMs)

  holds('delivers a row once, however often it is enqueued: before, while and after it runs', async () => {
    const jobs = await open()
    const [id] = (await ledger.want(1)) as [string]
    const gate = Promise.withResolvers<void>()
    await jobs.enqueue(projecting([id, id]))
    await jobs.work(
      {
        'record.project': async ({ jobId, name, attempt, attempts }) => {
          expect({ jobId, name, attempt, attempts }).toEqual({ jobId: id, name: 'record.project', attempt: 1, attempts: 8 })
          await ledger.began(jobId)
          await gate.promise
          await ledger.effect(jobId)
        },
      },
      { concurrency: 4 },
    )
    await until(async () => (await ledger.read(id)).deliveries === 1)
    await jobs.enqueue(projecting([id]))
    await jobs.requeueMissing(projecting([id]))
    gate.resolve()
    await until(async () => (await jobs.health()).queues.record?.done === 1)
    await jobs.enqueue(projecting([id]))
    await pause(500)
    expect(await ledger.read(id)).toEqual({ deliveries: 1, effects: 1 })
  })

  holds('refuses to enqueue what is no ledger id', async () => {
    const jobs = await open()
    for (const jobId of ['', '1', '../x', `${newId()} `]) await expect(jobs.enqueue({ jobId, name: 'record.project' })).rejects.toThrow('No ledger job')
    await expect(jobs.enqueue({ jobId: newId(), name: 'schedule.tick' as 'record.project' })).rejects.toThrow('No ledger job')
  })

  holds('runs a flow in its order, also when it is submitted again at any time', async () => {
    const jobs = await open()
    const [run, score, publish, ...chunks] = (await ledger.want(8)) as [string, string, string, ...string[]]
    const tree = {
      jobId: publish,
      name: 'measures.publish' as const,
      children: [{ jobId: score, name: 'measures.score' as const, children: chunks.map((jobId) => ({ jobId, name: 'measures.evaluate-chunk' as const })) }],
    }
    const order: string[] = []
    const note = async ({ jobId }: { jobId: string }) => {
      await pause(30)
      order.push(jobId)
    }
    const plan = async ({ jobId }: { jobId: string }) => {
      order.push(jobId)
      await Promise.all([jobs.enqueueFlow(tree), jobs.enqueueFlow(tree)])
    }
    const again = async ({ jobId }: { jobId: string }) => {
      await jobs.enqueueFlow(tree)
      await note({ jobId })
    }
    await jobs.work(measures({ 'measures.run': plan, 'measures.evaluate-chunk': again, 'measures.score': again, 'measures.publish': note }), { concurrency: 3 })
    await jobs.enqueue({ jobId: run, name: 'measures.run' })
    await until(() => order.includes(publish))
    await jobs.enqueueFlow(tree)
    await pause(1_000)
    expect(order[0]).toBe(run)
    expect(order.slice(1, 6).sort()).toEqual([...chunks].sort())
    expect(order.slice(6)).toEqual([score, publish])
  })

  holds('tries again after growing pauses, then keeps a dead letter, without a word of a record', async () => {
    const jobs = await open()
    const [id] = (await ledger.want(1)) as [string]
    const at: number[] = []
    const fail = async ({ attempt, progress }: { attempt: number; progress(done: number): Promise<void> }) => {
      at.push(Date.now())
      await progress(attempt * 10)
      if (attempt === 1) throw new JobFailure('FeedAway', 'The feed did not answer.')
      throw Object.assign(new RangeError(`Key (name)=(${CANARY}) already exists.`), { code: '23505', detail: CANARY })
    }
    await jobs.work({ 'intake.import': fail }, { concurrency: 1 })
    await jobs.enqueue({ jobId: id, name: 'intake.import' })
    await until(async () => (await jobs.failed('intake.import')).length === 1)
    const [first, second, third] = at as [number, number, number]
    expect(at).toHaveLength(3)
    expect(second - first).toBeGreaterThanOrEqual(990)
    expect(third - second).toBeGreaterThanOrEqual(1_990)
    const [letter] = await jobs.failed('intake.import')
    expect(letter).toMatchObject({ jobId: id, name: 'intake.import', code: 'Unexpected', message: 'RangeError (23505)', attempts: 3 })
    expect(await jobs.failed('record.project')).toEqual([])
    expect(logged('JobFailed').map((line) => line['code'])).toEqual(['FeedAway', 'Unexpected', 'Unexpected'])
    expect(logged('DeadLetter')).toHaveLength(1)
    expect(await storage!.dump()).not.toContain('Canary')
    expect(JSON.stringify(log)).not.toContain('Canary')
  })

  holds('gives up at once on a permanent failure, in the words its handler chose, and so do the jobs that waited for it', async () => {
    const jobs = await open()
    const [id, parent] = (await ledger.want(2)) as [string, string]
    let tries = 0
    const refuse = async () => {
      tries++
      throw new SyntaxError(CANARY)
    }
    await jobs.work(measures({ 'measures.evaluate-chunk': refuse }), {
      concurrency: 1,
      explain: (thrown) => (thrown instanceof SyntaxError ? new PermanentFailure('PackageUnreadable', 'The measure package cannot be read.') : null),
    })
    await jobs.enqueueFlow({ jobId: parent, name: 'measures.score', children: [{ jobId: id, name: 'measures.evaluate-chunk' }] })
    await until(async () => (await jobs.failed()).length === 2)
    expect(tries).toBe(1)
    expect(await jobs.failed('measures.evaluate-chunk')).toMatchObject([{ jobId: id, code: 'PackageUnreadable', message: 'The measure package cannot be read.' }])
    expect(await jobs.failed('measures.score')).toMatchObject([{ jobId: parent, code: 'ChildFailed' }])
    expect(await storage!.dump()).not.toContain('Canary')
  })

  holds('gives the jobs of a killed worker to another within 20 s, and their effect happens once', async () => {
    const jobs = await open()
    const ids = await ledger.want(4)
    const killed = startWorker(storage!.backend, ledger.url, 3_000)
    await jobs.enqueue(projecting(ids.slice(0, 2)))
    await killed.said((lines) => lines.filter((line) => line.startsWith('after')).length === 2) // two with their effect written,
    await jobs.enqueue(projecting(ids.slice(2)))
    await killed.said((lines) => lines.filter((line) => line.startsWith('before')).length === 4) // two without
    await killed.kill()
    const killedAt = Date.now()
    const next = startWorker(storage!.backend, ledger.url, 0)
    try {
      await until(async () => (await jobs.health()).queues.record?.done === 4, 25_000)
      expect(Date.now() - killedAt).toBeLessThan(20_000)
      for (const id of ids) expect(await ledger.read(id)).toEqual({ deliveries: 2, effects: 1 })
    } finally {
      await next.kill()
    }
  }, 60_000)

  holds('survives one job running twice at once', async () => {
    const [slow, other] = [await open(), await open()]
    const [id] = (await ledger.want(1)) as [string]
    const gate = Promise.withResolvers<void>()
    const told: string[] = []
    const run = async ({ jobId, signal }: { jobId: string; signal: AbortSignal }) => {
      signal.addEventListener('abort', () => told.push(jobId))
      await ledger.began(jobId)
      await gate.promise
      await ledger.effect(jobId)
    }
    await slow.enqueue(projecting([id]))
    await slow.work({ 'record.project': run }, { concurrency: 1 })
    await until(async () => (await ledger.read(id)).deliveries === 1)
    await other.work({ 'record.project': run }, { concurrency: 1 })
    await storage!.dropLock('record', id)
    await until(async () => (await ledger.read(id)).deliveries === 2, 20_000)
    expect(told).toEqual([id])
    gate.resolve()
    await until(async () => (await other.health()).queues.record?.done === 1)
    expect(await ledger.read(id)).toEqual({ deliveries: 2, effects: 1 })
    expect(await other.failed()).toEqual([])
  }, 60_000)

  holds('never runs an entry that was edited in storage, and says so', async () => {
    const jobs = await open()
    const ids = await ledger.want(8)
    const [foreign, empty, more, proto, scalar, list, nested, named] = ids as [string, string, string, string, string, string, string, string]
    await jobs.enqueue(projecting(ids))
    await storage!.setData('record', foreign, JSON.stringify({ jobId: named }))
    await storage!.setData('record', empty, '{}')
    await storage!.setData('record', more, JSON.stringify({ jobId: more, practiceId: newId() }))
    await storage!.setData('record', proto, `{"jobId":"${proto}","__proto__":{"jobId":"${named}"}}`)
    await storage!.setData('record', scalar, kind === 'redis' ? 'no json {' : '7')
    await storage!.setData('record', list, JSON.stringify(['jobId', list]))
    await storage!.setData('record', nested, JSON.stringify({ jobId: [nested] }))
    await storage!.setName('record', named, 'record.erase')
    const ran: string[] = []
    await jobs.work({ 'record.project': async ({ jobId }) => void ran.push(jobId) }, { concurrency: 2 })
    await until(async () => (await jobs.failed()).length === ids.length)
    expect(ran).toEqual([])
    const letters = await jobs.failed()
    expect(new Set(letters.map((letter) => letter.code))).toEqual(new Set(['PayloadRefused']))
    expect(letters.map((letter) => letter.jobId).sort()).toEqual([...ids].sort())
    expect(
      logged('PayloadRefused')
        .map((line) => line['entry'])
        .sort(),
    ).toEqual([...ids].sort())
  })

  holds('fires a schedule once for each due moment, also after a restart, until it is ended', async () => {
    const due: number[] = []
    const tick = { 'schedule.tick': async ({ schedule, dueAt }: { schedule: string; dueAt: Date }) => void due.push(schedule === 'nightly.sweep' ? dueAt.getTime() : 0) }
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

  holds('closes gracefully: finishes what can finish, tells the rest, hands it back, once', async () => {
    const jobs = await open()
    const [quick, polite, deaf] = (await ledger.want(3)) as [string, string, string]
    const handled = Promise.withResolvers<void>()
    let running = 0
    const run = async ({ jobId, signal }: { jobId: string; signal: AbortSignal }) => {
      if (++running === 3) handled.resolve()
      if (jobId === quick) await pause(600)
      if (jobId === polite) await pause(60_000, undefined, { signal })
      if (jobId === deaf) await pause(8_000)
      await ledger.effect(jobId)
    }
    await jobs.enqueue(projecting([quick, polite, deaf]))
    await jobs.work({ 'record.project': run }, { concurrency: 3 })
    await handled.promise
    const from = Date.now()
    await Promise.all([jobs.close({ timeoutMs: 1_500 }), jobs.close(), jobs.close()])
    expect(Date.now() - from).toBeLessThan(2_500)
    expect((await ledger.read(quick)).effects).toBe(1)
    expect(logged('HandedBack').map((line) => line['entry']).sort()).toEqual([polite, deaf].sort())

    const next = await open()
    expect((await next.health()).queues.record).toMatchObject({ waiting: 2, active: 0, done: 1, dead: 0 })
    const attempts: number[] = []
    await next.work({ 'record.project': async ({ attempt }) => void attempts.push(attempt) }, { concurrency: 1 })
    await until(() => attempts.length === 2, 2_000)
    expect(attempts).toEqual([1, 1])
  })

  holds('counts what it holds, within its budget of connections', async () => {
    const jobs = await open()
    const ids = await ledger.want(7)
    await jobs.enqueue(projecting(ids.slice(0, 3)))
    await jobs.enqueue(projecting(ids.slice(3, 4), { priority: 'urgent' }))
    await jobs.enqueue(projecting(ids.slice(4, 5), { delayMs: 60_000 }))
    await jobs.enqueueFlow({ jobId: ids[5]!, name: 'measures.score', children: [{ jobId: ids[6]!, name: 'measures.evaluate-chunk' }] })
    const none = { waiting: 0, active: 0, delayed: 0, blocked: 0, dead: 0, done: 0 }
    const health = await jobs.health()
    expect(health).toMatchObject({ backend: kind, reachable: true })
    expect(health.queues).toEqual({ record: { ...none, waiting: 4, delayed: 1 }, measures: { ...none, waiting: 1, blocked: 1 }, intake: none, schedule: none })
    await jobs.work({ 'record.project': nothing, 'intake.import': nothing, 'schedule.tick': nothing, ...measures({}) }, { concurrency: 10 })
    await until(async () => (await jobs.health()).queues.measures?.done === 2)
    expect(await storage!.connections()).toBeLessThanOrEqual(12)
  })

  holds('says that storage is away, throws on enqueue, and works on when it is back, without a restart', async () => {
    const jobs = await open()
    const ids = await ledger.want(40)
    await jobs.enqueue(projecting(ids.slice(0, 20)))
    await jobs.work({ 'record.project': async ({ jobId }) => (await pause(100), ledger.effect(jobId)) }, { concurrency: 2 })
    await until(async () => (await ledger.read(ids[1]!)).effects === 1)
    await storage!.cut()
    const from = Date.now()
    expect(await jobs.health()).toEqual({ backend: kind, reachable: false, queues: {} })
    expect(Date.now() - from).toBeLessThan(2_500)
    await expect(jobs.enqueue(projecting(ids.slice(20)))).rejects.toThrow()
    await storage!.mend()
    await until(async () => (await jobs.health()).reachable, 10_000)
    await jobs.requeueMissing(projecting(ids))
    await until(async () => (await jobs.health()).queues.record?.done === 40, 30_000)
    for (const id of ids) expect((await ledger.read(id)).effects).toBe(1)
  }, 60_000)

  holds('delivers from the ledger what storage has lost, and only that', async () => {
    const jobs = await open()
    const ids = await ledger.want(30)
    const run = { 'record.project': async ({ jobId }: { jobId: string }) => ledger.effect(jobId) }
    await jobs.enqueue(projecting(ids.slice(0, 10)))
    await jobs.work(run, { concurrency: 2 })
    await until(async () => (await jobs.health()).queues.record?.done === 10)
    await jobs.close()
    const next = await open()
    await next.enqueue(projecting(ids.slice(10)))
    await storage!.empty()
    const undone = new Set(await ledger.undone())
    const lost = ids.filter((id) => undone.has(id))
    await next.enqueue(projecting(lost.slice(0, 1)))
    expect(await next.requeueMissing(projecting(lost))).toEqual(lost.slice(1))
    expect(await next.requeueMissing(projecting(lost))).toEqual([])
    await next.work(run, { concurrency: 2 })
    await until(async () => (await next.health()).queues.record?.done === 20)
    for (const id of ids) expect((await ledger.read(id)).effects).toBe(1)
  })

  holds('starts a small practice soon behind 20,000 jobs of a large one, and a person at once', async () => {
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
  }, 60_000)
})
