import type { EnginePool } from '@carecommons/cql'
import { type Id, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { lockCharts } from '#modules/patient'
import { allPractices } from '#modules/practice'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { decideByLabel } from './decide-by-label.ts'
import { closedAmong, comingDays, improvementsOf, keepComingGaps, lastPeriod } from './keep-coming-gaps.ts'
import { keepMemberships } from './keep-memberships.ts'
import { currentRun, type CurrentRun, LIVE_LOCK, openLiveRun } from './live-run.ts'
import type { LoadedMeasures } from './loaded-measures.ts'
import { NEWEST_RUN, PUBLISHED_RUN } from './memberships.ts'
import { moveScores, peopleOf, standingOf } from './move-scores.ts'
import { addStrata, renewMembers } from './move-strata.ts'
import { countOpenGaps } from './open-gaps.ts'
import { readCharts } from './read-charts.ts'

type PracticeId = Id<'Organization'>

/** So many charts at a time: a fraction of a second, after which another practice has its turn. */
const CHARTS_AT_ONCE = 200

/** Carries what changes in records into the figures of the period that is not over. */
export interface Follower {
  /** Evaluates some changed charts of the practice that was served longest ago. Answers how many; 0 when there is nothing to do. */
  follow(): Promise<number>
}

/**
 * Places, gaps and scores of a chart move in one transaction. Repeatable at any moment, by any number of workers: what changed again
 * meanwhile, or what another took, is left for the next call.
 */
export function openFollower(sessions: Sessions, pool: EnginePool, measures: LoadedMeasures): Follower {
  const served = new Map<PracticeId, number>()
  let turn = 0
  return {
    async follow() {
      const practiceIds = await allPractices(sessions)
      const found = await sessions.within({ kind: 'worker', practiceIds }, ({ db }) => waiting(db, practiceIds))
      if (!found) return 0
      const [practiceId] = found.practiceIds.toSorted((a, b) => (served.get(a) ?? 0) - (served.get(b) ?? 0))
      if (practiceId === undefined) return 0
      served.set(practiceId, ++turn)
      return followPractice({ sessions, pool, measures }, found.run, practiceId, practiceIds)
    },
  }
}

/** Practices with changed charts, where there is a published period that they count in. */
async function waiting(db: Tx['db'], practiceIds: readonly PracticeId[]): Promise<{ run: CurrentRun; practiceIds: PracticeId[] } | null> {
  const run = await currentRun(db)
  if (!run) return null
  const { rows } = await sql<{ id: PracticeId }>`
    select p.id from unnest(${[...practiceIds]}::uuid[]) p (id)
     where exists (select from changed_chart c where c.practice_id = p.id and not c.evaluated)`.execute(db)
  return { run, practiceIds: rows.map(({ id }) => id) }
}

interface Machinery {
  readonly sessions: Sessions
  readonly pool: EnginePool
  readonly measures: LoadedMeasures
}

async function followPractice(
  { sessions, pool, measures }: Machinery,
  run: CurrentRun,
  practiceId: PracticeId,
  practiceIds: readonly PracticeId[],
): Promise<number> {
  const { packages, need, kinds } = await measures.of(run.packageHashes)
  const period = { start: run.periodStart, end: run.periodEnd, offsetMinutes: offsetMinutesIn(run.timeZone, run.periodStart) }
  const changed = await sessions.within(
    { kind: 'worker', practiceIds: [practiceId] },
    async ({ db }) => {
      const taken = await changedCharts(db, practiceId)
      const [step] = (await sql<{ value: string }>`select max(value) as value from data_watermark`.execute(db)).rows
      const patientIds = taken.map(({ patientId }) => patientId)
      const at = { practiceId, patientIds, watermark: step!.value }
      return {
        taken,
        improvements: await improvementsOf(db, run.packageHashes),
        read: await readCharts(db, at, need, period, kinds, lastPeriod(run)),
      }
    },
    // What changed and the records are seen at one moment.
    { snapshot: true },
  )
  const decided = await decideByLabel(pool, packages, changed.read, period)
  const asked = { ...run, packages, improvements: changed.improvements }
  const days = await comingDays(pool, asked, changed.read, closedAmong(decided, changed.read, asked))
  const measureIds = packages.map(({ id }) => id)
  return sessions.within({ kind: 'worker', practiceIds: [...practiceIds] }, async ({ db }) => {
    // One after the other: what a person adds to the region's scores depends on all of the person's charts.
    await sql`select pg_advisory_xact_lock(hashtext(${LIVE_LOCK}))`.execute(db)
    const now = await currentRun(db)
    // Another run was published meanwhile: these charts are looked at again, with its packages.
    if (now?.periodStart !== run.periodStart || now.packageHashes.join() !== run.packageHashes.join()) return changed.taken.length
    const runId = now.liveOf !== null ? now.id : await openLiveRun(db, now.id)
    // Whoever lands records takes their charts before the list of what changed; so is it here, and nobody waits in a circle.
    await lockCharts(
      db,
      practiceId,
      changed.taken.map(({ patientId }) => patientId),
    )
    const patientIds = await settle(db, practiceId, changed.taken)
    await keepJobEvent(db, { action: 'read', subject: 'ClinicalRecord', subjectIds: patientIds, practiceId, correlationId: runId })
    const people = await peopleOf(db, runId, patientIds)
    const before = await standingOf(db, runId, people)
    const moving = { runId, practiceId, patientIds }
    await addStrata(db, moving, -1)
    for (const table of ['measure_membership', 'open_membership'])
      await sql`
        delete from ${sql.table(table)}
         where practice_id = ${practiceId} and run_id = ${runId} and patient_id = any (${patientIds}::uuid[])`.execute(db)
    const settled = new Set(patientIds)
    const isSettled = ({ chart }: { readonly chart: number }): boolean => settled.has(changed.read.charts[chart]!.id)
    const kept = { rows: decided.rows.filter(isSettled), standIns: decided.standIns.filter(isSettled) }
    await keepMemberships(db, { practiceId, runId, measureIds }, changed.read, kept)
    await renewMembers(db, moving, run)
    await addStrata(db, moving, 1)
    await moveScores(db, { runId, practiceId }, before, await standingOf(db, runId, people))
    if (await isNewest(db, { runId, practiceId })) await keepComingGaps(db, { practiceId, runId, patientIds, packages }, changed.read, days)
    await countOpenGaps(db, { practiceId, patientIds })
    const open = await plainlyMoved(db, { practiceId, runId, patientIds }, changed.taken)
    await noteWatermark(db, runId)
    await tellMovement(db, {
      what: 'figures',
      practiceId,
      patientIds: patientIds.filter((id) => open.has(id)),
      labelledIds: patientIds.filter((id) => !open.has(id)),
    })
    return changed.taken.length
  })
}

interface ChangedChart {
  readonly patientId: string
  readonly watermark: string
  readonly told: string | null
}

async function changedCharts(db: Tx['db'], practiceId: string): Promise<ChangedChart[]> {
  const { rows } = await sql<ChangedChart>`
    select patient_id as "patientId", watermark, told from changed_chart
     where practice_id = ${practiceId} and not evaluated order by watermark, patient_id limit ${CHARTS_AT_ONCE}`.execute(db)
  return rows
}

/** Takes what was evaluated off the list, and answers those charts that have not changed again since. */
async function settle(db: Tx['db'], practiceId: string, taken: readonly ChangedChart[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update changed_chart c set evaluated = true, told = c.watermark
      from unnest(${taken.map(({ patientId }) => patientId)}::uuid[], ${taken.map(({ watermark }) => watermark)}::bigint[]) t (patient_id, watermark)
     where c.practice_id = ${practiceId} and c.patient_id = t.patient_id and c.watermark = t.watermark and not c.evaluated
    returning c.patient_id as id`.execute(db)
  return rows.map(({ id }) => id)
}

interface Settled {
  readonly practiceId: string
  readonly runId: string
  readonly patientIds: readonly string[]
}

/** Charts to which something without a label came, since people were last told of the chart or the figures last held everything. */
async function plainlyMoved(
  db: Tx['db'],
  { practiceId, runId, patientIds }: Settled,
  taken: readonly ChangedChart[],
): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.id from unnest(${taken.map(({ patientId }) => patientId)}::uuid[], ${taken.map(({ told }) => told)}::bigint[]) c (id, told)
      join metric_run r on r.id = ${runId}
     where c.id = any (${[...patientIds]}::uuid[])
       and exists (select from resource_version v where v.practice_id = ${practiceId} and v.patient_id = c.id and v.sensitivity is null
                      and v.watermark > greatest(c.told, r.watermark))`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Whether coming gaps are looked for beside this run. Of a practice that is new since it was published they are known from now on. */
async function isNewest(db: Tx['db'], { runId, practiceId }: Pick<Settled, 'runId' | 'practiceId'>): Promise<boolean> {
  const { rows } = await sql`select where ${NEWEST_RUN} = ${runId}::uuid`.execute(db)
  if (rows.length === 0) return false
  await sql`
    insert into coming_gap_state (practice_id, run_id, state) values (${practiceId}, ${PUBLISHED_RUN}, 'ready')
    on conflict (practice_id) do nothing`.execute(db)
  return true
}

/** With nothing left to look at, the figures are those of everything that has landed. */
async function noteWatermark(db: Tx['db'], runId: string): Promise<void> {
  await sql`
    update metric_run r set finished_at = now(), watermark = w.value from data_watermark w
     where r.id = ${runId} and w.region_id = r.region_id and not exists (select from dirty_chart)
       and not exists (select from changed_chart where not evaluated)`.execute(db)
}
