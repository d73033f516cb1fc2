import type { EnginePool, MeasurePackage } from '@carecommons/cql'
import { addDays, addMonths, type Clock, type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { NO_RUN_WAITS } from '#modules/work'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { improvementsOf } from './keep-coming-gaps.ts'
import type { LoadedMeasures } from './loaded-measures.ts'
import { NEWEST_RUN } from './memberships.ts'
import { readCharts } from './read-charts.ts'

/** Two years to look at, and the month before them. */
const MONTHS = 25
/** A fraction of a second, after which whoever waits for figures has a turn. */
const CHARTS_AT_ONCE = 64
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

interface MonthsFollower {
  /** Goes on with a practice whose months are not known, some charts at a time; answers how many, 0 when there is nothing to do. */
  follow(): Promise<number>
}

interface Machinery {
  readonly sessions: Sessions
  readonly pool: EnginePool
  readonly measures: LoadedMeasures
  readonly clock: Clock
  readonly timeZone: string
}

/**
 * Each month of the last two years as the twelve months that ended with it: worked out when a month ends, when another set of measures is in force, and
 * when a twentieth of the people came or went. A practice's months are written in one transaction; whoever is stopped before begins it anew.
 */
export function openMonthsFollower(machinery: Machinery): MonthsFollower {
  const { sessions } = machinery
  let practice: Practice | null = null
  return {
    async follow() {
      const practiceIds = await allPractices(sessions)
      const next = await sessions.within({ kind: 'worker', practiceIds }, ({ db }) => nextPractice(db, practiceIds, lastMonth(machinery)))
      // What is in force may have changed, or somebody waits for figures.
      if (!next) return 0
      if (practice === null || !isSameWork(practice, next)) practice = await begin(sessions, next)
      const read = await workOutSome(machinery, practice)
      if (read < CHARTS_AT_ONCE) {
        await sessions.within({ kind: 'worker', practiceIds: [practice.practiceId] }, ({ db }) => keepMonths(db, practice!))
        practice = null
      }
      return Math.max(1, read)
    },
  }
}

interface Work {
  readonly practiceId: string
  readonly endsOn: Day
  readonly packageHashes: string[]
  readonly engine: string
  readonly watermark: string
  readonly living: number
}

interface Practice extends Work {
  /** The first day of which there is more than a stray record. */
  readonly recordsFrom: Day | null
  after: string
  readonly sums: Map<string, MonthSum>
}

interface MonthSum {
  readonly measure: number
  readonly month: number
  counted: number
  numerator: number
  openBefore: number
  closed: number
}

const isSameWork = (one: Work, other: Work): boolean =>
  one.practiceId === other.practiceId && one.endsOn === other.endsOn && one.packageHashes.join() === other.packageHashes.join()

const lastMonth = ({ clock, timeZone }: Machinery): Day => addDays(`${clock.today(timeZone).slice(0, 7)}-01` as Day, -1)

/** The practice with the smallest id: its turn ends with its months. */
async function nextPractice(db: Tx['db'], practiceIds: readonly string[], endsOn: Day): Promise<Work | null> {
  const { rows } = await sql<Work>`
    select c.practice_id as "practiceId", ${endsOn} as "endsOn", r.package_hashes as "packageHashes", r.engine,
           (select max(value) from data_watermark) as watermark, c.living
      from (select c.practice_id, c.living from registry_count c join metric_run r on r.id = ${NEWEST_RUN}
              left join month_state t on t.practice_id = c.practice_id
             where c.practice_id = any (${[...practiceIds]}::uuid[]) and c.living > 0 and r.engine is not null and ${NO_RUN_WAITS}
               and (t.practice_id is null or t.ends_on <> ${endsOn}::date or t.package_hashes <> r.package_hashes
                    or abs(c.living - t.living) * 20 > t.living)
             order by c.practice_id limit 1) c
      join metric_run r on r.id = ${NEWEST_RUN}`.execute(db)
  return rows[0] ?? null
}

async function begin(sessions: Sessions, work: Work): Promise<Practice> {
  const { practiceId } = work
  const recordsFrom = await sessions.within({ kind: 'worker', practiceIds: [practiceId] }, async ({ db }) => {
    const { rows } = await sql<{ day: Day | null }>`
      select percentile_disc(0.02) within group (order by starts_on) as day from clinical_fact
       where practice_id = ${practiceId} and type <> 'Condition' and starts_on is not null`.execute(db)
    return rows[0]!.day
  })
  return { ...work, recordsFrom, after: BEFORE_ALL, sums: new Map() }
}

/** Open: counted, and on the wrong side of the numerator. */
const [UNCOUNTED, MET, OPEN] = [0, 1, 2]

async function workOutSome(machinery: Machinery, practice: Practice): Promise<number> {
  const { sessions, pool, measures, timeZone } = machinery
  const { practiceId, packageHashes, watermark } = practice
  const months = monthsOf(practice)
  const { packages, need } = await measures.of(packageHashes)
  const periods = months.map(({ start, end }) => ({ start, end, offsetMinutes: offsetMinutesIn(timeZone, start) }))
  const { ids, improvements, read } = await sessions.within(
    { kind: 'worker', practiceIds: [practiceId] },
    async ({ db }) => {
      const { rows } = await sql<{ id: string }>`
        select id from patient where practice_id = ${practiceId} and id > ${practice.after} order by id limit ${CHARTS_AT_ONCE}`.execute(db)
      const patientIds = rows.map(({ id }) => id)
      const isNothing = patientIds.length === 0 || periods.length === 0
      return {
        ids: patientIds,
        improvements: await improvementsOf(db, packageHashes),
        read: isNothing ? null : await readCharts(db, { practiceId, watermark, patientIds }, need, periods[0]!, [], periods.at(-1)!),
      }
    },
    { readOnly: true },
  )
  if (read) {
    let before: Uint8Array | null = null
    for (const [month, period] of periods.entries()) {
      const { rows } = await pool.memberships(packages, read.charts, period)
      const now = new Uint8Array(read.charts.length * packages.length)
      for (const { chart, measure, group, counts } of rows) {
        const [, denominator, exclusion, exception, numerator] = counts
        const counted = denominator - exclusion - exception
        if (group !== 0 || counted <= 0) continue
        const isOpen = (numerator === 0) === (improvements.get(packages[measure]!.id) === 'increase')
        const sum = sumOf(practice, measure, month)
        sum.counted += counted
        sum.numerator += numerator
        now[chart * packages.length + measure] = isOpen ? OPEN! : MET!
      }
      if (before) addClosed(practice, packages, month, before, now)
      before = now
    }
  }
  practice.after = ids.at(-1) ?? practice.after
  return ids.length
}

function addClosed(practice: Practice, packages: readonly MeasurePackage[], month: number, before: Uint8Array, now: Uint8Array): void {
  for (const [at, state] of now.entries()) {
    if (before[at] !== OPEN || state === UNCOUNTED) continue
    const sum = sumOf(practice, at % packages.length, month)
    sum.openBefore++
    if (state === MET) sum.closed++
  }
}

function sumOf({ sums }: Practice, measure: number, month: number): MonthSum {
  const key = `${measure} ${month}`
  const known = sums.get(key) ?? { measure, month, counted: 0, numerator: 0, openBefore: 0, closed: 0 }
  sums.set(key, known)
  return known
}

/** Years that end with each month; none that begins before there are records. */
function monthsOf({ endsOn, recordsFrom }: Practice): { start: Day; end: Day }[] {
  const firstDay = addDays(endsOn, 1)
  return Array.from({ length: MONTHS }, (_, index) => {
    const after = addMonths(firstDay, index + 1 - MONTHS)
    return { start: addMonths(after, -12), end: addDays(after, -1) }
  }).filter(({ start }) => recordsFrom !== null && start >= recordsFrom)
}

async function keepMonths(db: Tx['db'], practice: Practice): Promise<void> {
  const { practiceId, packageHashes, engine, endsOn, watermark, living, sums } = practice
  const months = monthsOf(practice)
  const { rows: packages } = await sql<{ id: string; hash: string }>`
    select measure_id as id, hash from measure_package where hash = any (${packageHashes}::text[]) order by array_position(${packageHashes}::text[], hash)`.execute(
    db,
  )
  await sql`
    insert into month_state (practice_id, ends_on, package_hashes, engine, watermark, living, worked_out_at)
    values (${practiceId}, ${endsOn}, ${packageHashes}::text[], ${engine}, ${watermark}, ${living}, now())
    on conflict (practice_id) do update set ends_on = excluded.ends_on, package_hashes = excluded.package_hashes, engine = excluded.engine,
      watermark = excluded.watermark, living = excluded.living, worked_out_at = excluded.worked_out_at`.execute(db)
  await sql`delete from month_score where practice_id = ${practiceId}`.execute(db)
  const scored = [...sums.values()].map(({ measure, month, openBefore, closed, ...counts }) => ({
    ...{ practice_id: practiceId, measure_id: packages[measure]!.id, ends_on: months[month]!.end, package_hash: packages[measure]!.hash },
    ...{ ...counts, open_before: month === 0 ? null : openBefore, closed: month === 0 ? null : closed },
  }))
  if (scored.length > 0) await db.insertInto('month_score').values(scored).execute()
  await keepJobEvent(db, { action: 'read', subject: 'ClinicalRecord', subjectIds: [], practiceId })
  await tellMovement(db, { what: 'figures', practiceId, patientIds: null })
}
