// A worker is killed at every stage of a metric run; whoever takes over ends with the figures of a run that nobody disturbed.
import { redisMissing } from '../support/redis.ts'
import { checksums, heldAt, openRig, outcome, type Rig, standing, until } from './metric/rig.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261121)

/** The table that each stage writes. */
const STAGES = { evaluating: 'measure_membership', scoring: 'score', publishing: 'publication' }

test.concurrent.each(['postgres', 'redis'] as const)(
  `killed while evaluating, scoring, publishing and in between, queue on %s (seed ${SEED})`,
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('metric runs whose worker is killed, queue on Redis')
    try {
      const undisturbed = await standing(rig)
      const runId = await rig.request()
      await killedHalfWay(rig, STAGES.evaluating)
      await killedAfter(rig, runId, 2 + (SEED % 8))
      await killedHalfWay(rig, STAGES.scoring)
      await killedHalfWay(rig, STAGES.publishing)
      expect(await standing(rig)).toBe(undisturbed)

      const worker = await rig.startWorker()
      expect(await outcome(rig, runId, 60_000)).toEqual({ state: 'published', failure: null })
      expect(await standing(rig)).toBe(runId)
      expect(await checksums(rig, runId)).toEqual(await checksums(rig, undisturbed))
      await until('the ledger is settled', async () => (await rig.sql(`select from job where state <> 'done'`)).length === 0, 5_000)
      expect(await worker.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  240_000,
)

/** A worker dies in a transaction that has not come to its end. */
async function killedHalfWay(rig: Rig, table: string): Promise<void> {
  const { worker, letGo } = await heldAt(rig, table)
  await worker.kill()
  await letGo()
}

/** A worker dies at no particular moment, some chunks on. */
async function killedAfter(rig: Rig, runId: string, chunks: number): Promise<void> {
  const worker = await rig.startWorker()
  const finished = async () => (await rig.sql('select from metric_chunk where run_id = $1 and finished_at is not null', [runId])).length
  await until(`${chunks} chunks are evaluated`, async () => (await finished()) >= chunks, 60_000)
  await worker.kill()
}
