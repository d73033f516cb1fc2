import { JobFailure, PermanentFailure } from '@carecommons/jobs'
import { newId } from '@carecommons/kernel'
import { measures, type Rig } from './rig.ts'
import { until } from './worker.ts'

/** Stands for what must never reach queue storage or a log. */
const CANARY = 'Quinn Canary, MRN 0815'

/** What fails, and what is kept of it. */
export function failureCases(rig: Rig): void {
  const { holds, open, projecting, logged } = rig

  holds('tries again after growing pauses, then keeps a dead letter, without a word of a record', async () => {
    const jobs = await open()
    const [id] = (await rig.ledger.want(1)) as [string]
    const at: number[] = []
    const fail = async ({ attempt, progress }: { attempt: number; progress(done: number): Promise<void> }) => {
      at.push(Date.now())
      await progress(attempt * 10)
      if (attempt === 1) throw new JobFailure('FeedAway', 'The feed did not answer.')
      throw Object.assign(new RangeError(`Key (name)=(${CANARY}) already exists.`), { code: '23505', detail: CANARY })
    }
    await jobs.work({ 'intake.import': fail }, { concurrency: 1 })
    await jobs.enqueue({ jobId: id, name: 'intake.import' })
    // A letter can be read a moment before the log has its line.
    await until(async () => (await jobs.failed('intake.import')).length === 1 && logged('DeadLetter').length > 0)
    const [first, second, third] = at as [number, number, number]
    expect(at).toHaveLength(3)
    expect(second - first).toBeGreaterThanOrEqual(990)
    expect(third - second).toBeGreaterThanOrEqual(1_990)
    const [letter] = await jobs.failed('intake.import')
    expect(letter).toMatchObject({ jobId: id, name: 'intake.import', code: 'Unexpected', message: 'RangeError (23505)', attempts: 3 })
    expect(await jobs.failed('record.project')).toEqual([])
    expect(logged('JobFailed').map((line) => line['code'])).toEqual(['FeedAway', 'Unexpected', 'Unexpected'])
    expect(logged('DeadLetter')).toHaveLength(1)
    expect(await rig.storage.dump()).not.toContain('Canary')
    expect(JSON.stringify(rig.log)).not.toContain('Canary')
  })

  holds('gives up at once on a permanent failure, in the words its handler chose, and so do the jobs that waited for it', async () => {
    const jobs = await open()
    const [id, parent] = (await rig.ledger.want(2)) as [string, string]
    let tries = 0
    const refuse = async () => {
      tries++
      throw new SyntaxError(CANARY)
    }
    await jobs.work(measures({ 'measures.evaluate-chunk': refuse }), {
      concurrency: 1,
      explain: (thrown) =>
        thrown instanceof SyntaxError ? new PermanentFailure('PackageUnreadable', 'The measure package cannot be read.') : null,
    })
    await jobs.enqueueFlow({ jobId: parent, name: 'measures.score', children: [{ jobId: id, name: 'measures.evaluate-chunk' }] })
    await until(async () => (await jobs.failed()).length === 2)
    expect(tries).toBe(1)
    expect(await jobs.failed('measures.evaluate-chunk')).toMatchObject([
      { jobId: id, code: 'PackageUnreadable', message: 'The measure package cannot be read.' },
    ])
    expect(await jobs.failed('measures.score')).toMatchObject([{ jobId: parent, code: 'ChildFailed' }])
    expect(await rig.storage.dump()).not.toContain('Canary')
  })

  holds('never runs an entry that was edited in storage, and says so', async () => {
    const jobs = await open()
    const ids = await rig.ledger.want(8)
    const [foreign, empty, more, proto, scalar, list, nested, named] = ids as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    await jobs.enqueue(projecting(ids))
    await rig.storage.setData('record', foreign, JSON.stringify({ jobId: named }))
    await rig.storage.setData('record', empty, '{}')
    await rig.storage.setData('record', more, JSON.stringify({ jobId: more, practiceId: newId() }))
    await rig.storage.setData('record', proto, `{"jobId":"${proto}","__proto__":{"jobId":"${named}"}}`)
    await rig.storage.setData('record', scalar, rig.kind === 'redis' ? 'no json {' : '7')
    await rig.storage.setData('record', list, JSON.stringify(['jobId', list]))
    await rig.storage.setData('record', nested, JSON.stringify({ jobId: [nested] }))
    await rig.storage.setName('record', named, 'record.erase')
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
}
