import type { EnginePool } from '@carecommons/cql'
import { sql } from 'kysely'
import type { Id } from '@carecommons/kernel'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { NO_RUN_WAITS } from '#modules/work'
import type { Sessions, Tx } from '#shared/sessions'
import { newestPass, type RegistryPassRow } from './ask-for-pass.ts'
import { type ChartToCount, countCharts } from './count-charts.ts'
import type { LoadedRegistries, RegistrySet } from './loaded-registries.ts'

/** So many charts a transaction: a fraction of a second, after which another worker has its turn. */
const CHARTS_AT_ONCE = 200
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

export interface RegistryMachinery {
  readonly sessions: Sessions
  readonly pool: EnginePool
  readonly registries: LoadedRegistries
}

/**
 * Counts the charts of one practice in a pass, a chunk at a time. Each chunk is whole or not there; cut short, or delivered twice, it goes on
 * with the charts that are left. Nothing once another pass is asked for.
 */
export async function countPractice(machinery: RegistryMachinery, passId: string, practiceId: string): Promise<void> {
  for (let after: string | null = BEFORE_ALL; after !== null;) {
    const last: string = after
    after = await inPractice(machinery, practiceId, async (turn) => (turn.pass.id === passId ? countNext(turn, last) : null))
  }
}

/** The next charts in order of their ids; answers the last of them, null when none are left. */
async function countNext({ pool, set, tx, pass, practiceId }: Turn, after: string): Promise<string | null> {
  const { rows } = await sql<ChartToCount>`
    select p.id as "patientId", coalesce(c.watermark, 0)::text as watermark, c.counted_with as "countedWith"
      from patient p left join registry_chart c on c.practice_id = p.practice_id and c.patient_id = p.id
     where p.practice_id = ${practiceId} and p.id > ${after}
       and not (coalesce(c.evaluated, false) and coalesce(c.counted_on >= ${pass.asOf}::date, false) and c.counted_with = ${pass.packageHashes}::text[])
     order by p.id limit ${CHARTS_AT_ONCE}`.execute(tx.db)
  if (rows.length > 0) await countCharts(tx, pool, set, { practiceId, charts: rows, ...pass })
  return rows.at(-1)?.patientId ?? null
}

/** Carries what changes in records into the registries. */
export interface RegistryFollower {
  /** Counts some changed charts of the practice that was served longest ago. Answers how many; 0 when there is nothing to do. */
  follow(): Promise<number>
}

export function openRegistryFollower(machinery: RegistryMachinery): RegistryFollower {
  const { sessions } = machinery
  const served = new Map<string, number>()
  let turn = 0
  return {
    async follow() {
      const practiceIds = await allPractices(sessions)
      const waiting = await sessions.within({ kind: 'worker', practiceIds }, ({ db }) => practicesWaiting(db, practiceIds))
      const [practiceId] = waiting.toSorted((a, b) => (served.get(a) ?? 0) - (served.get(b) ?? 0))
      if (practiceId === undefined) return 0
      served.set(practiceId, ++turn)
      return inPractice(machinery, practiceId, async ({ tx, pool, pass, set }) => {
        const { rows: charts } = await sql<ChartToCount>`
          select patient_id as "patientId", watermark::text, counted_with as "countedWith" from registry_chart
           where practice_id = ${practiceId} and not evaluated order by watermark, patient_id limit ${CHARTS_AT_ONCE}`.execute(tx.db)
        if (charts.length === 0) return 0
        await countCharts(tx, pool, set, { practiceId, charts, ...pass })
        const subjectIds = charts.map(({ patientId }) => patientId)
        await keepJobEvent(tx.db, { action: 'read', subject: 'ClinicalRecord', subjectIds, practiceId })
        return charts.length
      }).then((counted) => counted ?? 0)
    },
  }
}

async function practicesWaiting(db: Tx['db'], practiceIds: readonly Id<'Organization'>[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from unnest(${[...practiceIds]}::uuid[]) p (id)
     where ${NO_RUN_WAITS} and exists (select from registry_chart c where c.practice_id = p.id and not c.evaluated)
       and exists (select from registry_pass)`.execute(db)
  return rows.map(({ id }) => id)
}

/** What a transaction counts by, while it is a practice's turn. */
interface Turn {
  readonly tx: Tx
  readonly pool: EnginePool
  readonly pass: RegistryPassRow
  readonly set: RegistrySet
  readonly practiceId: string
}

/**
 * One transaction at a time reads and writes a practice's registries: what it writes is of the newest records that there were when it took
 * its turn, so that no older reading comes after a newer one. Null where there is nothing to count by.
 */
async function inPractice<T>(
  { sessions, pool, registries }: RegistryMachinery,
  practiceId: string,
  work: (turn: Turn) => Promise<T>,
): Promise<T | null> {
  // Definitions are read before the transaction begins: it would hold a connection while it waits for another.
  const before = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => newestPass(db))
  const set = before && (await registries.of(before.packageHashes))
  return sessions.within({ kind: 'worker', practiceIds: [practiceId as Id<'Organization'>] }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('commons registries'), hashtext(${practiceId}))`.execute(tx.db)
    const pass = await newestPass(tx.db)
    // Another pass was asked for in this moment: it has its own jobs, and what changed is looked at again.
    if (!pass || !set || pass.id !== before.id) return null
    return work({ tx, pool, pass, set, practiceId })
  })
}
