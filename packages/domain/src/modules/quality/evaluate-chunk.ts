import type { EnginePool } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { decideByLabel } from './decide-by-label.ts'
import { keepMemberships } from './keep-memberships.ts'
import type { LoadedMeasures } from './loaded-measures.ts'
import { readCharts } from './read-charts.ts'

/** Evaluates all measures of the run over one chunk's charts and keeps every chart's memberships. Done once, however often delivered. */
export async function evaluateChunk(
  sessions: Sessions,
  pool: EnginePool,
  measures: LoadedMeasures,
  chunkId: string,
  practiceId: string,
): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [practiceId] } as const
  const chunk = await sessions.within(scope, ({ db }) => readChunk(db, chunkId, practiceId))
  if (!chunk || chunk.finishedAt) return
  const { packages, need, kinds } = await measures.of(chunk.packageHashes)
  const begun = performance.now()
  const period = { start: chunk.periodStart, end: chunk.periodEnd, offsetMinutes: offsetMinutesIn(chunk.timeZone, chunk.periodStart) }
  const read = await sessions.within(scope, ({ db }) => readCharts(db, chunk, need, period, kinds), { readOnly: true })
  const fetched = performance.now()
  const decided = await decideByLabel(pool, packages, read, period)
  const evaluated = performance.now()
  await sessions.within(scope, async ({ db }) => {
    const { rows } = await sql`select 1 from metric_chunk where id = ${chunk.id} and finished_at is null for update`.execute(db)
    if (rows.length === 0) return
    await keepMemberships(db, { practiceId, runId: chunk.runId, measureIds: packages.map(({ id }) => id) }, read, decided)
    await sql`
      update metric_chunk set finished_at = now(), unevaluated = ${decided.unevaluated.length}, fetch_ms = ${Math.round(fetched - begun)},
             evaluate_ms = ${Math.round(evaluated - fetched)}, write_ms = ${Math.round(performance.now() - evaluated)}
       where id = ${chunk.id}`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}

interface Chunk {
  readonly id: string
  readonly practiceId: string
  readonly runId: string
  readonly firstPatientId: string
  readonly lastPatientId: string
  readonly finishedAt: string | null
  readonly watermark: string
  readonly packageHashes: string[]
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly timeZone: string
}

async function readChunk(db: Tx['db'], chunkId: string, practiceId: string): Promise<Chunk | undefined> {
  const { rows } = await sql<Chunk>`
    select c.id, c.practice_id as "practiceId", c.run_id as "runId", c.first_patient_id as "firstPatientId",
           c.last_patient_id as "lastPatientId", c.finished_at as "finishedAt", r.watermark, r.package_hashes as "packageHashes",
           r.period_start::text as "periodStart", r.period_end::text as "periodEnd", g.time_zone as "timeZone"
      from metric_chunk c join metric_run r on r.id = c.run_id join region g on g.id = r.region_id
     where c.id = ${chunkId} and c.practice_id = ${practiceId}`.execute(db)
  return rows[0]
}
