// A worker that gets every job twice is killed at every stage of a metric run, and PostgreSQL goes away once; whoever takes over ends with
// the figures of a run that nobody disturbed.
import { setTimeout as pause } from 'node:timers/promises'
import { redisMissing } from '../support/redis.ts'
import { checksums, heldAt, KILLS, openRig, outcome, type Rig, standing, until } from './metric/rig.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261121)

/** The table that each stage writes. */
const STAGES = { evaluating: 'measure_membership', scoring: 'score', publishing: 'publication' }

// Side by side, unless each stops the server.
const each = KILLS > 0 ? test.each : test.concurrent.each
each(['postgres', 'redis'] as const)(
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

      const worker = await rig.startWorker('twice')
      expect(await outcome(rig, runId, 60_000)).toEqual({ state: 'published', failure: null })
      expect(await standing(rig)).toBe(runId)
      expect(await checksums(rig, runId)).toEqual(await checksums(rig, undisturbed))
      // Coming gaps are worked out behind the run.
      await until('the ledger is settled', async () => (await rig.sql(`select from job where state <> 'done'`)).length === 0, 60_000)
      expect(await worker.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  240_000,
)

// Dozens of workers that start take minutes: by hand, `COMMONS_KILLS=20`, with another `COMMONS_SEED` each time.
if (KILLS > 0)
  test.each(['postgres', 'redis'] as const)(
    `killed at ${KILLS} random moments, each job delivered twice, PostgreSQL restarted, queue on %s (seed ${SEED})`,
    async (kind) => {
      const rig = await openRig(kind)
      if (!rig) return redisMissing('metric runs whose worker is killed at random, queue on Redis')
      let random = SEED
      /** Park and Miller's minimal standard. */
      const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most
      try {
        const undisturbed = await checksums(rig, await standing(rig))
        let runId = await rig.request()
        const state = async () => (await rig.sql<{ state: string }>('select state from metric_run where id = $1', [runId]))[0]!.state
        const seen: string[] = []
        const restart = below(KILLS)
        while (seen.length < KILLS) {
          const worker = await rig.startWorker('twice')
          if (seen.length === restart) await rig.restartPostgres()
          await pause(below(below(3) > 0 ? 700 : 8_000))
          await worker.kill()
          seen.push(await state())
          expect(seen).not.toContain('failed')
          if (seen.at(-1) !== 'published') continue
          expect(await checksums(rig, runId)).toEqual(undisturbed)
          runId = await rig.request()
        }
        const worker = await rig.startWorker('twice')
        expect(await outcome(rig, runId, 60_000)).toEqual({ state: 'published', failure: null })
        expect(await checksums(rig, runId)).toEqual(undisturbed)
        expect(await worker.end()).toBe(0)
        process.stderr.write(`Killed on ${kind}: ${seen.join(', ')}; restarted before kill ${restart + 1}.\n`)
      } finally {
        await rig.close()
      }
    },
    540_000,
  )

/** A worker dies in a transaction that has not come to its end. */
async function killedHalfWay(rig: Rig, table: string): Promise<void> {
  const { worker, letGo } = await heldAt(rig, table, 'twice')
  await worker.kill()
  await letGo()
}

/** A worker dies at no particular moment, some chunks on, after PostgreSQL went away under it. */
async function killedAfter(rig: Rig, runId: string, chunks: number): Promise<void> {
  const worker = await rig.startWorker('twice')
  const finished = async () => (await rig.sql('select from metric_chunk where run_id = $1 and finished_at is not null', [runId])).length
  await until('a chunk is evaluated', async () => (await finished()) > 0, 60_000)
  await rig.restartPostgres()
  await until(`${chunks} chunks are evaluated`, async () => (await finished()) >= chunks, 60_000)
  await worker.kill()
}
