import { setTimeout as pause } from 'node:timers/promises'
import type { Rig } from './rig.ts'
import { startWorker, until } from './worker.ts'

/** What survives when workers, storage or wires do not. */
export function faultCases(rig: Rig): void {
  const { holds, open, projecting, logged } = rig

  holds(
    'gives the jobs of a killed worker to another within 20 s, and their effect happens once',
    async () => {
      const jobs = await open()
      const ids = await rig.ledger.want(4)
      const killed = startWorker(rig.storage.backend, rig.ledger.url, 3_000)
      await jobs.enqueue(projecting(ids.slice(0, 2)))
      await killed.said((lines) => lines.filter((line) => line.startsWith('after')).length === 2) // two with their effect written,
      await jobs.enqueue(projecting(ids.slice(2)))
      await killed.said((lines) => lines.filter((line) => line.startsWith('before')).length === 4) // two without
      await killed.kill()
      const killedAt = Date.now()
      const next = startWorker(rig.storage.backend, rig.ledger.url, 0)
      try {
        await until(async () => (await jobs.health()).queues.record?.done === 4, 25_000)
        expect(Date.now() - killedAt).toBeLessThan(20_000)
        for (const id of ids) expect(await rig.ledger.read(id)).toEqual({ deliveries: 2, effects: 1 })
      } finally {
        await next.kill()
      }
    },
    60_000,
  )

  holds(
    'survives one job running twice at once',
    async () => {
      const [slow, other] = [await open(), await open()]
      const [id] = (await rig.ledger.want(1)) as [string]
      const gate = Promise.withResolvers<void>()
      const told: string[] = []
      const run = async ({ jobId, signal }: { jobId: string; signal: AbortSignal }) => {
        signal.addEventListener('abort', () => told.push(jobId))
        await rig.ledger.began(jobId)
        await gate.promise
        await rig.ledger.effect(jobId)
      }
      await slow.enqueue(projecting([id]))
      await slow.work({ 'record.project': run }, { concurrency: 1 })
      await until(async () => (await rig.ledger.read(id)).deliveries === 1)
      await other.work({ 'record.project': run }, { concurrency: 1 })
      await rig.storage.dropLock('record', id)
      await until(async () => (await rig.ledger.read(id)).deliveries === 2, 20_000)
      expect(told).toEqual([id])
      gate.resolve()
      await until(async () => (await other.health()).queues.record?.done === 1)
      expect(await rig.ledger.read(id)).toEqual({ deliveries: 2, effects: 1 })
      expect(await other.failed()).toEqual([])
    },
    60_000,
  )

  holds('closes gracefully: finishes what can finish, tells the rest, hands it back, once', async () => {
    const jobs = await open()
    const [quick, polite, deaf] = (await rig.ledger.want(3)) as [string, string, string]
    const handled = Promise.withResolvers<void>()
    let running = 0
    const run = async ({ jobId, signal }: { jobId: string; signal: AbortSignal }) => {
      if (++running === 3) handled.resolve()
      if (jobId === quick) await pause(600)
      if (jobId === polite) await pause(60_000, undefined, { signal })
      if (jobId === deaf) await pause(8_000)
      await rig.ledger.effect(jobId)
    }
    await jobs.enqueue(projecting([quick, polite, deaf]))
    await jobs.work({ 'record.project': run }, { concurrency: 3 })
    await handled.promise
    const from = Date.now()
    await Promise.all([jobs.close({ timeoutMs: 1_500 }), jobs.close(), jobs.close()])
    expect(Date.now() - from).toBeLessThan(2_500)
    expect((await rig.ledger.read(quick)).effects).toBe(1)
    expect(
      logged('HandedBack')
        .map((line) => line['entry'])
        .sort(),
    ).toEqual([polite, deaf].sort())

    const next = await open()
    expect((await next.health()).queues.record).toMatchObject({ waiting: 2, active: 0, done: 1, dead: 0 })
    const attempts: number[] = []
    await next.work({ 'record.project': async ({ attempt }) => void attempts.push(attempt) }, { concurrency: 1 })
    await until(() => attempts.length === 2, 2_000)
    expect(attempts).toEqual([1, 1])
  })

  holds(
    'says that storage is away, throws on enqueue, and works on when it is back, without a restart',
    async () => {
      const jobs = await open()
      const ids = await rig.ledger.want(40)
      await jobs.enqueue(projecting(ids.slice(0, 20)))
      await jobs.work({ 'record.project': async ({ jobId }) => (await pause(100), rig.ledger.effect(jobId)) }, { concurrency: 2 })
      await until(async () => (await rig.ledger.read(ids[1]!)).effects === 1)
      await rig.storage.cut()
      const from = Date.now()
      expect(await jobs.health()).toEqual({ backend: rig.kind, reachable: false, queues: {} })
      expect(Date.now() - from).toBeLessThan(2_500)
      await expect(jobs.enqueue(projecting(ids.slice(20)))).rejects.toThrow()
      const undone = (await rig.ledger.undone()).length
      await rig.storage.mend()
      await until(async () => (await rig.ledger.undone()).length < undone, 10_000)
      expect((await jobs.health()).reachable).toBe(true)
      await jobs.requeueMissing(projecting(ids))
      await until(async () => (await jobs.health()).queues.record?.done === 40, 30_000)
      for (const id of ids) expect((await rig.ledger.read(id)).effects).toBe(1)
    },
    60_000,
  )

  holds('lets a process end within its time while storage is away', async () => {
    const jobs = await open()
    const ids = await rig.ledger.want(3)
    await jobs.enqueue(projecting(ids))
    await jobs.close()
    const worker = startWorker(rig.storage.backend, rig.ledger.url, 1_000)
    try {
      await worker.said((lines) => lines.filter((line) => line.startsWith('before')).length === 3)
      await rig.storage.cut()
      const from = Date.now()
      expect(await worker.end()).toBe(0)
      expect(Date.now() - from).toBeLessThan(10_000)
    } finally {
      await worker.kill()
      await rig.storage.mend()
    }
  })

  holds('delivers from the ledger what storage has lost, and only that', async () => {
    const jobs = await open()
    const ids = await rig.ledger.want(30)
    const run = { 'record.project': async ({ jobId }: { jobId: string }) => rig.ledger.effect(jobId) }
    await jobs.enqueue(projecting(ids.slice(0, 10)))
    await jobs.work(run, { concurrency: 2 })
    await until(async () => (await jobs.health()).queues.record?.done === 10)
    await jobs.close()
    const next = await open()
    await next.enqueue(projecting(ids.slice(10)))
    await rig.storage.empty()
    const undone = new Set(await rig.ledger.undone())
    const lost = ids.filter((id) => undone.has(id))
    await next.enqueue(projecting(lost.slice(0, 1)))
    expect(await next.requeueMissing(projecting(lost))).toEqual(lost.slice(1))
    expect(await next.requeueMissing(projecting(lost))).toEqual([])
    await next.work(run, { concurrency: 2 })
    await until(async () => (await next.health()).queues.record?.done === 20)
    for (const id of ids) expect((await rig.ledger.read(id)).effects).toBe(1)
  })
}
