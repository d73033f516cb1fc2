// A worker is killed while it writes what charts score, and at moments drawn at random; whoever takes over ends with the same scores. No queue is
// in it: what waits stands in the tables.
import { setTimeout as pause } from 'node:timers/promises'
import { heldAt, openRig, type Rig, until } from './metric/rig.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const KILLS = Number(process.env['COMMONS_KILLS'] ?? 1)

test(`killed while it works out risk (seed ${SEED})`, async () => {
  const rig = (await openRig('postgres'))!
  let random = SEED
  /** Park and Miller's minimal standard. */
  const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most
  try {
    const first = await rig.startWorker()
    await ranked(rig)
    expect(await first.end()).toBe(0)
    const undisturbed = await scores(rig)
    expect(undisturbed[0]!.length).toBeGreaterThan(100)

    await rig.sql('delete from risk_score; delete from risk_outcome; update patient_summary set risk_rank = 0')
    await rig.sql(`update patient_risk set segment = null, tier = 0, opportunity = 0, worked_out_on = '-infinity', outcome_on = null`)
    for (const table of ['risk_score', 'risk_outcome', 'patient_summary']) {
      const { worker, letGo } = await heldAt(rig, table)
      await worker.kill()
      await letGo()
    }
    for (let kill = 0; kill < KILLS; kill++) {
      const worker = await rig.startWorker()
      await pause(below(400))
      await worker.kill()
    }
    const last = await rig.startWorker()
    await ranked(rig)
    expect(await scores(rig)).toEqual(undisturbed)
    expect(await last.end()).toBe(0)
  } finally {
    await rig.close()
  }
}, 300_000)

const ranked = (rig: Rig) =>
  until(
    'every chart is worked out',
    async () => (await rig.sql('select from patient_risk where worked_out_on < current_date - 1 or outcome_on is null')).length === 0,
    90_000,
  )

/** Without what the data stood at. */
const scores = async ({ sql }: Rig) => [
  await sql('select practice_id, patient_id, model, version, score, band, inputs from risk_score order by 1, 2, 3'),
  await sql('select practice_id, patient_id, tier, segment, opportunity, reasons from patient_risk order by 1, 2'),
  await sql('select * from risk_outcome order by 1, 2, 3'),
  await sql('select patient_id, risk_rank from patient_summary order by 1'),
]
