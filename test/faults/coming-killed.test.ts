// A worker that gets every job twice is killed while it works out what comes due; whoever takes over ends with the same days.
import { redisMissing } from '../support/redis.ts'
import { heldAt, openRig, outcome, type Rig, standing, until } from './metric/rig.ts'

test.each(['postgres', 'redis'] as const)(
  'killed half way while it works out coming gaps, a run asked for meanwhile goes first, queue on %s',
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('coming gaps whose worker is killed, queue on Redis')
    try {
      // The run of the beginning was published by a command, which left them to a worker.
      const first = await rig.startWorker('twice')
      await until('they are ready', () => areReady(rig), 60_000)
      expect(await first.end()).toBe(0)
      const undisturbed = await days(rig)
      expect(undisturbed.length).toBeGreaterThan(10)

      await rig.sql(`update job set state = 'queued', enqueued_at = null, finished_at = null where name = 'measures.coming-gaps'`)
      await rig.sql(`update coming_gap_state set state = 'under-way'`)
      await rig.sql('update metric_chunk set coming_at = null')
      await rig.sql('delete from coming_gap')
      await rig.emptyQueue()
      const { worker, letGo } = await heldAt(rig, 'coming_gap', 'twice')
      await worker.kill()
      await letGo()
      expect(await days(rig)).toEqual([])

      // Now a run is asked for: of what is left nothing is handed out until it is over.
      const handedOut = `select id from job where name = 'measures.coming-gaps' and enqueued_at is not null`
      const before = (await rig.sql(handedOut)).length
      expect(before).toBeLessThanOrEqual(4)
      const runId = await rig.request(2019)
      const half = await heldAt(rig, 'measure_membership', 'twice')
      expect(await rig.sql(handedOut)).toHaveLength(before)
      await half.letGo()
      expect(await outcome(rig, runId, 60_000)).toEqual({ state: 'published', failure: null })
      await until('they are ready', () => areReady(rig), 120_000)
      expect(await days(rig)).toEqual(undisturbed)
      expect(await half.worker.end()).toBe(0)

      // Of a run that is published anew, of the same records: the same.
      const again = await rig.request()
      const next = await rig.startWorker()
      expect(await outcome(rig, again, 60_000)).toEqual({ state: 'published', failure: null })
      expect(await standing(rig)).toBe(again)
      await until('they are ready', () => areReady(rig), 60_000)
      expect(await rig.sql('select distinct run_id from coming_gap_state')).toEqual([{ run_id: again }])
      expect(await days(rig)).toEqual(undisturbed)
      await until('the ledger is settled', async () => (await rig.sql(`select from job where state <> 'done'`)).length === 0, 10_000)
      expect(await next.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  300_000,
)

const areReady = async ({ sql }: Rig): Promise<boolean> => (await sql(`select from coming_gap_state where state <> 'ready'`)).length === 0
const days = ({ sql }: Rig) => sql('select practice_id, patient_id, measure_id, due_on::text, sensitivity from coming_gap order by 1, 2, 3')
