import { type EnginePool, places, type PlaceName } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { labelOf, type LoadedMeasures, readCharts } from '#modules/quality'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import type { MoveReason } from './read-comparisons.ts'
import { shownAmong, suppressMoves } from './suppress-moves.ts'

const CHARTS_PER_CHUNK = 500

interface Comparison {
  readonly before: string
  readonly after: string
  readonly state: string
  readonly start: Day
  readonly end: Day
  readonly watermark: string | null
  readonly requestedBy: string
  readonly timeZone: string
}

interface Chunk {
  readonly practiceId: string
  readonly ordinal: number
  readonly firstPatientId: string
  readonly lastPatientId: string
}

/**
 * Evaluates two packages side by side over every chart as it stood when this began, chunk by chunk: killed at any moment it goes on with the
 * chunks that are left, and the result is the same. What the coordinating body sees of it is kept when all are done, already suppressed.
 */
export async function runComparison(sessions: Sessions, pool: EnginePool, measures: LoadedMeasures, id: string): Promise<void> {
  const practiceIds = await allPractices(sessions)
  const scope = { kind: 'worker', practiceIds } as const
  const comparison = await sessions.within(scope, ({ db }) => plan(db, id))
  if (!comparison) return
  const { packages, need } = await measures.of([comparison.before, comparison.after])
  const period = { start: comparison.start, end: comparison.end, offsetMinutes: offsetMinutesIn(comparison.timeZone, comparison.start) }
  for (const chunk of await sessions.within(scope, ({ db }) => chunksLeft(db, id))) {
    const own = { kind: 'worker', practiceIds: [chunk.practiceId] } as const
    const at = { ...chunk, watermark: comparison.watermark ?? '0' }
    const read = await sessions.within(own, ({ db }) => readCharts(db, at, need, period), { readOnly: true })
    const moves = await compared(() => pool.compare(packages[0]!, packages[1]!, read.charts, period))
    if (typeof moves === 'string') return failComparison(sessions, id, moves)
    await sessions.within(own, async ({ db }) => {
      const { rows } = await sql`
        update comparison_chunk set finished_at = now()
         where comparison_id = ${id} and practice_id = ${chunk.practiceId} and ordinal = ${chunk.ordinal} and finished_at is null returning 1`.execute(
        db,
      )
      if (rows.length === 0) return
      await tellMovement(db, { what: 'runs' })
      if (moves.length === 0) return
      // Declared a program under 42 CFR Part 2 since the records were read: their labels are known from it, and the declaration waits for us.
      const practice = await sql<{ part2: boolean }>`
        select part2_program as part2 from organization where id = ${chunk.practiceId} for share`.execute(db)
      const isPart2 = practice.rows[0]?.part2 === true
      for (let from = 0; from < moves.length; from += 1000)
        await db
          .insertInto('comparison_mover')
          .values(
            moves.slice(from, from + 1000).map(({ chart, group, before, after, lost, gained, evidence }) => ({
              ...{ practice_id: chunk.practiceId, comparison_id: id, patient_id: read.charts[chart]!.id, group_index: group },
              ...{ before, after, lost: [...lost], gained: [...gained] },
              sensitivity: labelOf(read.labels, isPart2, read.charts[chart]!.id, evidence.join(' ')),
            })),
          )
          .execute()
    })
  }
  await sessions.within(scope, ({ db }) => conclude(db, id))
}

/** Ends a comparison that cannot go on. */
export async function failComparison(sessions: Sessions, id: string, reason: string): Promise<void> {
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    await sql`
      update package_comparison set state = 'failed', finished_at = now(), failure = ${reason}
       where id = ${id} and state not in ('done', 'failed')`.execute(db)
    await tellMovement(db, { what: 'runs' })
  })
}

/** What a measure did to its thread is told; everything else is a bug and tried again. */
async function compared<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && /^(The measures could not|An engine thread)/.test(error.message)) return error.message
    throw error
  }
}

/** Fixes what it reads and cuts the charts into chunks, once. Null when it is over. */
async function plan(db: Tx['db'], id: string): Promise<Comparison | null> {
  await sql`select from package_comparison where id = ${id} for update`.execute(db)
  const { rows } = await sql<Comparison>`
    select c.before_hash as before, c.after_hash as after, c.state, c.period_start::text as start, c.period_end::text as end,
           coalesce(c.watermark, w.value, 0) as watermark, c.requested_by as "requestedBy", g.time_zone as "timeZone"
      from package_comparison c cross join region g left join data_watermark w on w.region_id = g.id where c.id = ${id}`.execute(db)
  const [found] = rows
  if (!found || found.state === 'done' || found.state === 'failed') return null
  if (found.state === 'running') return found
  await sql`update package_comparison set state = 'running', watermark = ${found.watermark} where id = ${id}`.execute(db)
  await sql`
    insert into comparison_chunk (comparison_id, practice_id, ordinal, first_patient_id, last_patient_id, charts)
    select ${id}::uuid, practice_id, ordinal::int, min(id::text)::uuid, max(id::text)::uuid, count(*)::int
      from (select practice_id, id, (row_number() over (partition by practice_id order by id) - 1) / ${CHARTS_PER_CHUNK} as ordinal from patient) p
     group by practice_id, ordinal`.execute(db)
  const event = { action: 'read', subject: 'ClinicalRecord', subjectIds: [id], userId: found.requestedBy, correlationId: id } as const
  await keepJobEvent(db, event)
  await tellMovement(db, { what: 'runs' })
  return found
}

async function chunksLeft(db: Tx['db'], id: string): Promise<Chunk[]> {
  const { rows } = await sql<Chunk>`
    select practice_id as "practiceId", ordinal, first_patient_id as "firstPatientId", last_patient_id as "lastPatientId"
      from comparison_chunk where comparison_id = ${id} and finished_at is null order by ordinal, practice_id`.execute(db)
  return rows
}

interface Cell {
  readonly group: number
  readonly before: PlaceName
  readonly after: PlaceName
  readonly charts: number
}

/** The movers of all practices, counted and suppressed. */
async function conclude(db: Tx['db'], id: string): Promise<void> {
  const done = await sql`
    update package_comparison set state = 'done', finished_at = now() where id = ${id} and state = 'running'
       and not exists (select from comparison_chunk where comparison_id = ${id} and finished_at is null) returning 1`.execute(db)
  if (done.rows.length === 0) return
  await tellMovement(db, { what: 'runs' })
  const cells = await sql<Cell>`
    select group_index as "group", before, after, count(*)::int as charts from comparison_mover where comparison_id = ${id}
     group by group_index, before, after`.execute(db)
  const reasons = await sql<Cell & Omit<MoveReason, 'charts'>>`
    select m.group_index as "group", m.before, m.after, r.definition, r.change, count(*)::int as charts
      from comparison_mover m, lateral (select unnest(m.lost) as definition, 'lost' as change union all select unnest(m.gained), 'gained') r
     where m.comparison_id = ${id} group by m.group_index, m.before, m.after, r.definition, r.change
     order by count(*) desc, r.definition`.execute(db)
  for (const [group, of] of Map.groupBy(cells.rows, (cell) => cell.group))
    for (const { before, after, shown } of suppressMoves(of, places)) {
      const why = reasons.rows
        .filter((one) => one.group === group && one.before === before && one.after === after)
        .slice(0, 12)
        .map(({ definition, change, charts }): MoveReason => ({ definition, change, charts: shownAmong(charts, shown) }))
      await sql`
        insert into comparison_move (comparison_id, group_index, before, after, charts, reasons)
        values (${id}, ${group}, ${before}, ${after}, ${shown}, ${JSON.stringify(shown === null ? [] : why)})`.execute(db)
    }
}
