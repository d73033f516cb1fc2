import type { EnginePool } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { type ClosedGap, comingDays, improvementsOf, keepComingGaps, lastPeriod } from './keep-coming-gaps.ts'
import { currentRun, LIVE_LOCK } from './live-run.ts'
import type { LoadedMeasures } from './loaded-measures.ts'
import { COUNTED, IS_OPEN, MEMBERSHIPS, PUBLISHED_RUN } from './memberships.ts'
import { readCharts } from './read-charts.ts'

/**
 * Works out when the closed gaps of one chunk of a published run open again. Done once, however often delivered; nothing once another run
 * is published. Charts that changed since the run had read them are left to what follows them, which sees what is newer. A day depends on the
 * period, the measure and the records, and not on today: of charts that have not changed since a run before it stays, if the package has.
 */
export async function workOutComingGaps(
  sessions: Sessions,
  pool: EnginePool,
  measures: LoadedMeasures,
  chunkId: string,
  practiceId: string,
): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [practiceId] } as const
  const chunk = await sessions.within(scope, ({ db }) => readChunk(db, chunkId, practiceId))
  if (!chunk) return
  const { packages, need } = await measures.of(chunk.packageHashes)
  const period = { start: chunk.periodStart, end: chunk.periodEnd, offsetMinutes: offsetMinutesIn(chunk.timeZone, chunk.periodStart) }
  const begun = performance.now()
  const { gaps, read, improvements, carried } = await sessions.within(
    scope,
    async ({ db }) => {
      const carried = await carriedOver(db, chunk)
      const closed = await closedGaps(db, chunk, carried)
      const patientIds = [...new Set(closed.map(({ patientId }) => patientId))]
      const { practiceId, watermark } = chunk
      return {
        ...{ carried, gaps: closed, improvements: await improvementsOf(db, chunk.packageHashes) },
        read: await readCharts(db, { practiceId, watermark, patientIds }, need, period, [], lastPeriod(chunk)),
      }
    },
    { readOnly: true },
  )
  const days = await comingDays(pool, { ...chunk, packages, improvements }, read, gaps)
  await sessions.within(scope, async ({ db }) => {
    // What follows records writes the same rows, and publishing decides whose they are.
    await sql`select pg_advisory_xact_lock(hashtext(${LIVE_LOCK}))`.execute(db)
    if (!(await readChunk(db, chunkId, practiceId))) return
    const patientIds = await unchangedCharts(db, chunk)
    await keepComingGaps(db, { practiceId, runId: chunk.runId, patientIds, packages, carried }, read, days)
    await sql`
      update metric_chunk set coming_at = now(), coming_ms = ${Math.round(performance.now() - begun)} where id = ${chunk.id}`.execute(db)
    await noteReady(db, chunk)
  })
}

/** A practice of which a chunk could not be worked out is told so until the next run. */
export async function failComingGaps(sessions: Sessions, chunkId: string, practiceId: string): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: [practiceId] }, async ({ db }) => {
    await sql`
      update coming_gap_state s set state = 'given-up' from metric_chunk c
       where c.id = ${chunkId} and s.practice_id = ${practiceId} and s.run_id = c.run_id`.execute(db)
    await tellMovement(db, { what: 'figures', practiceId, patientIds: null })
  })
}

interface Chunk {
  readonly id: string
  readonly practiceId: string
  readonly runId: string
  readonly firstPatientId: string
  readonly lastPatientId: string
  readonly watermark: string
  readonly packageHashes: string[]
  /** An earlier run that may tell some of it. */
  readonly carries: string | null
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly timeZone: string
}

/** Undefined when there is nothing left to do: it is done, or its run is not the published one of the newest period any more. */
async function readChunk(db: Tx['db'], chunkId: string, practiceId: string): Promise<Chunk | undefined> {
  const { rows } = await sql<Chunk>`
    select c.id, c.practice_id as "practiceId", c.run_id as "runId", c.first_patient_id as "firstPatientId",
           c.last_patient_id as "lastPatientId", r.watermark, r.package_hashes as "packageHashes", s.carries,
           r.period_start::text as "periodStart", r.period_end::text as "periodEnd", g.time_zone as "timeZone"
      from metric_chunk c join metric_run r on r.id = c.run_id join region g on g.id = r.region_id
      left join coming_gap_state s on s.practice_id = c.practice_id
     where c.id = ${chunkId} and c.practice_id = ${practiceId} and c.coming_at is null and c.run_id = ${PUBLISHED_RUN}`.execute(db)
  return rows[0]
}

interface Carried {
  readonly patientIds: readonly string[]
  readonly measureIds: readonly string[]
}

/** Charts nothing of which has landed since the run that is carried over, and measures that had the same package then. */
async function carriedOver(db: Tx['db'], { carries, practiceId, firstPatientId, lastPatientId, packageHashes }: Chunk): Promise<Carried> {
  if (carries === null) return { patientIds: [], measureIds: [] }
  const { rows } = await sql<{ id: string }>`
    select p.id from patient p join metric_run k on k.id = ${carries}
     where p.practice_id = ${practiceId} and p.id between ${firstPatientId} and ${lastPatientId}
       and not exists (select from resource_version v where v.practice_id = p.practice_id and v.patient_id = p.id and v.watermark > k.watermark)`.execute(
    db,
  )
  const same = await sql<{ id: string }>`
    select p.measure_id as id from measure_package p join metric_run k on k.id = ${carries} and p.hash = any (k.package_hashes)
     where p.hash = any (${packageHashes}::text[])`.execute(db)
  return { patientIds: rows.map(({ id }) => id), measureIds: same.rows.map(({ id }) => id) }
}

async function closedGaps(
  db: Tx['db'],
  { practiceId, runId, firstPatientId, lastPatientId }: Chunk,
  carried: Carried,
): Promise<ClosedGap[]> {
  const { rows } = await sql<ClosedGap>`
    select m.patient_id as "patientId", m.measure_id as "measureId" from ${MEMBERSHIPS}
     where m.practice_id = ${practiceId} and m.run_id = ${runId} and m.patient_id between ${firstPatientId} and ${lastPatientId}
       and not (m.patient_id = any (${[...carried.patientIds]}::uuid[]) and m.measure_id = any (${[...carried.measureIds]}::text[]))
       and m.group_index = 0 and ${COUNTED} and not ${IS_OPEN}`.execute(db)
  return rows
}

/** Those whose figures are still the run's. A period that is over does not follow its records. */
async function unchangedCharts(db: Tx['db'], { runId, practiceId, firstPatientId, lastPatientId, watermark }: Chunk): Promise<string[]> {
  const current = await currentRun(db)
  const isFollowed = current !== null && (current.id === runId || current.liveOf === runId)
  const { rows } = await sql<{ id: string }>`
    select p.id from patient p where p.practice_id = ${practiceId} and p.id between ${firstPatientId} and ${lastPatientId}
       and not (${isFollowed} and exists (select from changed_chart c
                                           where c.practice_id = p.practice_id and c.patient_id = p.id and c.watermark > ${watermark}))`.execute(
    db,
  )
  return rows.map(({ id }) => id)
}

async function noteReady(db: Tx['db'], { runId, practiceId }: Chunk): Promise<void> {
  const { rows } = await sql`
    update coming_gap_state set state = 'ready' where practice_id = ${practiceId} and run_id = ${runId} and state = 'under-way'
       and not exists (select from metric_chunk c where c.run_id = ${runId} and c.practice_id = ${practiceId} and c.coming_at is null)
    returning 1`.execute(db)
  if (rows.length > 0) await tellMovement(db, { what: 'figures', practiceId, patientIds: null })
}
