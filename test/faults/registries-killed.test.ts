// A worker that gets every job twice is killed while it counts registries, at a write and at moments drawn at random; whoever takes over ends
// with the stays of a count that nobody disturbed. Then records come, and who carries them in is killed as well.
import { setTimeout as pause } from 'node:timers/promises'
import { askForRegistryPass, loadRegistries } from '@carecommons/domain'
import { redisMissing } from '../support/redis.ts'
import { heldAt, openRig, type Rig, until } from './metric/rig.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const KILLS = Number(process.env['COMMONS_KILLS'] ?? 2)

test.each(['postgres', 'redis'] as const)(
  `killed while it counts registries and while it follows records, queue on %s (seed ${SEED})`,
  async (kind) => {
    const rig = await openRig(kind)
    if (!rig) return redisMissing('registries whose worker is killed, queue on Redis')
    let random = SEED
    /** Park and Miller's minimal standard. */
    const below = (most: number): number => (random = (random * 48_271) % 2_147_483_647) % most
    try {
      await loadRegistries(rig.sessions)
      const first = await rig.startWorker('twice')
      await counted(rig)
      expect(await first.end()).toBe(0)
      const undisturbed = await stays(rig)
      expect(undisturbed.length).toBeGreaterThan(100)

      const anew = async (passKey: string): Promise<void> => {
        await rig.sql('delete from registry_membership')
        await rig.sql('delete from registry_chart')
        await rig.sql('delete from registry_beginning')
        await rig.sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => askForRegistryPass(db, passKey))
      }
      await anew('held')
      for (const table of ['registry_membership', 'registry_chart']) {
        const { worker, letGo } = await heldAt(rig, table, 'twice')
        await worker.kill()
        await letGo()
      }
      for (let kill = 0; kill < KILLS; kill++) {
        const worker = await rig.startWorker('twice')
        await pause(below(400))
        await worker.kill()
        if (kill === 0) await rig.emptyQueue()
      }
      const last = await rig.startWorker('twice')
      await counted(rig)
      expect(await stays(rig)).toEqual(undisturbed)

      // Everybody's diabetes is over, and a worker dies while it writes that.
      expect(await last.end()).toBe(0)
      await rig.sql(`update resource_version set content = replace(content, '"active"', '"resolved"') where type = 'Condition'`)
      await rig.sql('update registry_chart set evaluated = false')
      const { worker, letGo } = await heldAt(rig, 'registry_membership')
      await worker.kill()
      await letGo()
      expect(await stays(rig)).toEqual(undisturbed)
      const after = await rig.startWorker()
      await counted(rig)
      const left = await stays(rig)
      expect(left).toHaveLength(undisturbed.length)
      expect(left.filter((stay) => stay['left_by'] === 'ended').length).toBeGreaterThan(20)
      expect(await after.end()).toBe(0)
    } finally {
      await rig.close()
    }
  },
  300_000,
)

/** Every chart is counted, and the ledger has no count that is still to be done. */
const counted = (rig: Rig) =>
  until(
    'everybody is counted',
    async () =>
      (
        await rig.sql(`
          select from patient p left join registry_chart c on c.practice_id = p.practice_id and c.patient_id = p.id
           where c.evaluated is distinct from true
          union all select from job where name = 'registries.count' and state <> 'done'`)
      ).length === 0,
    90_000,
  )

/** Without ids, and without what the data stood at. */
const stays = ({ sql }: Rig) =>
  sql(`
    select practice_id, patient_id, registry, entered_on::text, entered_by, entered_reasons, entered_hash, left_on::text, left_by, left_reasons, sensitivity
      from registry_membership order by patient_id, registry, id`)
