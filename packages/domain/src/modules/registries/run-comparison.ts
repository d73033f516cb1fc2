import type { EnginePool } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { isPart2Now, readCharts } from '#modules/quality'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import type { ComparisonState } from './comparisons.entity.ts'
import { conclude } from './conclude-comparison.ts'
import type { RegistryMachinery } from './count-practice.ts'
import { goThrough } from './go-through.ts'
import type { RegistrySet } from './loaded-registries.ts'
import { type ChartMove, movesOf } from './movers.ts'

const CHARTS_PER_CHUNK = 500

interface Comparison {
  readonly before: string | null
  readonly after: string
  readonly state: ComparisonState
  readonly asOf: Day
  readonly watermark: string
  readonly requestedBy: string
  readonly timeZone: string
}

interface Chunk {
  readonly practiceId: string
  readonly ordinal: number
  readonly firstPatientId: string
  readonly lastPatientId: string
  readonly charts: number
}

/**
 * Goes through every chart by the version in force and by another one, as of the day on which this began and over the records that there
 * were, chunk by chunk: killed at any moment it goes on with the chunks that are left, and the result is the same. Nobody comes in or leaves
 * by it. What the region sees is kept when all are done, already suppressed.
 */
export async function runRegistryComparison({ sessions, pool, registries }: RegistryMachinery, id: string): Promise<void> {
  const scope = { kind: 'worker', practiceIds: await allPractices(sessions) } as const
  const comparison = await sessions.within(scope, ({ db }) => plan(db, id))
  if (!comparison) return
  const { before, after } = comparison
  const set = await registries.of(before === null ? [after] : [before, after])
  for (const chunk of await sessions.within(scope, ({ db }) => chunksLeft(db, id))) {
    const failure = await told(() =>
      sessions.within({ kind: 'worker', practiceIds: [chunk.practiceId] }, ({ db }) =>
        compareChunk(db, pool, set, { id, comparison, chunk }),
      ),
    )
    if (failure !== null) return failRegistryComparison(sessions, id, failure)
  }
  await sessions.within(scope, ({ db }) => conclude(db, id))
}

/** Ends a comparison that cannot go on. */
export async function failRegistryComparison(sessions: Sessions, id: string, reason: string): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`
      update registry_comparison set state = 'failed', finished_at = now(), failure = ${reason}
       where id = ${id} and state not in ('done', 'failed')`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}

/** What a definition did to its thread is told; everything else is a bug and tried again. */
async function told(work: () => Promise<void>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof Error && /^(The measures could not|An engine thread)/.test(error.message)) return error.message
    throw error
  }
}

/** Fixes what it reads and cuts the charts into chunks, once. Null when it is over. */
async function plan(db: Tx['db'], id: string): Promise<Comparison | null> {
  await sql`select from registry_comparison where id = ${id} for update`.execute(db)
  const { rows } = await sql<Comparison>`
    select c.before_hash as before, c.after_hash as after, c.state, coalesce(c.as_of, greatest((now() at time zone g.time_zone)::date, (select max(as_of) from registry_pass)))::text as "asOf",
           coalesce(c.watermark, w.value, 0)::text as watermark, c.requested_by as "requestedBy", g.time_zone as "timeZone"
      from registry_comparison c cross join region g left join data_watermark w on w.region_id = g.id where c.id = ${id}`.execute(db)
  const [found] = rows
  if (!found || found.state === 'done' || found.state === 'failed') return null
  if (found.state === 'running') return found
  await sql`
    insert into registry_comparison_chunk (comparison_id, practice_id, ordinal, first_patient_id, last_patient_id, charts)
    select ${id}::uuid, practice_id, ordinal::int, min(id::text)::uuid, max(id::text)::uuid, count(*)::int
      from (select practice_id, id, (row_number() over (partition by practice_id order by id) - 1) / ${CHARTS_PER_CHUNK} as ordinal from patient) p
     group by practice_id, ordinal`.execute(db)
  await sql`
    update registry_comparison set state = 'running', as_of = ${found.asOf}::date, watermark = ${found.watermark}::bigint,
           charts_total = (select coalesce(sum(charts), 0) from registry_comparison_chunk k where k.comparison_id = ${id}) where id = ${id}`.execute(
    db,
  )
  const event = { action: 'read', subject: 'ClinicalRecord', subjectIds: [id], userId: found.requestedBy, correlationId: id } as const
  await keepJobEvent(db, event)
  await tellMovement(db, { what: 'runs' })
  return found
}

async function chunksLeft(db: Tx['db'], id: string): Promise<Chunk[]> {
  const { rows } = await sql<Chunk>`
    select practice_id as "practiceId", ordinal, first_patient_id as "firstPatientId", last_patient_id as "lastPatientId", charts
      from registry_comparison_chunk where comparison_id = ${id} and finished_at is null order by ordinal, practice_id`.execute(db)
  return rows
}

interface Part {
  readonly id: string
  readonly comparison: Comparison
  readonly chunk: Chunk
}

/** A chunk is whole or not there. */
async function compareChunk(db: Tx['db'], pool: EnginePool, set: RegistrySet, { id, comparison, chunk }: Part): Promise<void> {
  const { practiceId, ordinal } = chunk
  const taken = await sql`
    update registry_comparison_chunk set finished_at = now()
     where comparison_id = ${id} and practice_id = ${practiceId} and ordinal = ${ordinal} and finished_at is null returning 1`.execute(db)
  if (taken.rows.length === 0) return
  const isPart2 = await isPart2Now(db, practiceId)
  const { asOf, watermark, timeZone } = comparison
  const period = { start: asOf, end: asOf, offsetMinutes: offsetMinutesIn(timeZone, asOf) }
  const read = { ...(await readCharts(db, { ...chunk, watermark }, set.need, period)), isPart2 }
  // One by one: both versions are called by the same name.
  const by = await Promise.all(set.registries.map((registry) => goThrough(pool, { registries: [registry] }, read, period)))
  const moves = read.charts.flatMap(({ id: patientId }) => {
    const readings = by.map((gone) => gone.readings.get(patientId)![0]!)
    return movesOf(readings.length === 2 ? readings[0]! : [], readings.at(-1)!).map((move) => ({ ...move, patientId }))
  })
  await write(db, { id, practiceId }, moves)
  await sql`update registry_comparison set charts_done = charts_done + ${chunk.charts} where id = ${id}`.execute(db)
  await tellMovement(db, { what: 'runs' })
}

async function write(
  db: Tx['db'],
  of: { id: string; practiceId: string },
  moves: readonly (ChartMove & { patientId: string })[],
): Promise<void> {
  if (moves.length === 0) return
  await sql`
    insert into registry_mover (practice_id, comparison_id, patient_id, change, reasons, sensitivity)
    select ${of.practiceId}::uuid, ${of.id}::uuid, m.patient_id, m.change, m.reasons::jsonb, m.label
      from unnest(${moves.map(({ patientId }) => patientId)}::uuid[], ${moves.map(({ change }) => change)}::text[],
                  ${moves.map(({ reasons }) => JSON.stringify(reasons))}::text[], ${moves.map(({ label }) => label)}::text[])
           m (patient_id, change, reasons, label)`.execute(db)
}
