import type { ClosedGaps, EnginePool, MeasurePackage, OpeningDay, PackedMemberships } from '@carecommons/cql'
import { HORIZON_DAYS } from '@carecommons/cql'
import { addDays, type Day, daysBetween, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { isPart2Now, labelOf } from './keep-memberships.ts'
import type { ReadCharts } from './read-charts.ts'

export interface ClosedGap {
  readonly patientId: string
  readonly measureId: string
}

interface RunPeriod {
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly timeZone: string
}

/** The last period in which gaps of a run are looked for. */
export function lastPeriod({ periodStart, periodEnd, timeZone }: RunPeriod) {
  const end = addDays(periodEnd, HORIZON_DAYS)
  const start = addDays(end, -daysBetween(periodStart, periodEnd))
  return { start, end, offsetMinutes: offsetMinutesIn(timeZone, start) }
}

interface Asked extends RunPeriod {
  readonly packages: readonly MeasurePackage[]
  /** Which way is better, by id of the measure. */
  readonly improvements: ReadonlyMap<string, 'increase' | 'decrease'>
}

/** When closed gaps open again; of charts that the engine cannot evaluate none does. */
export async function comingDays(pool: EnginePool, asked: Asked, read: ReadCharts, gaps: readonly ClosedGap[]): Promise<OpeningDay[]> {
  const { packages, improvements, periodStart, periodEnd, timeZone } = asked
  const places = new Map(packages.map(({ id }, index) => [id, index]))
  const byChart = Map.groupBy(gaps, ({ patientId }) => patientId)
  // A run's packages are those of its memberships.
  const closed = read.charts.map(({ id }) => (byChart.get(id) ?? []).map(({ measureId }) => places.get(measureId)!))
  const over: ClosedGaps = {
    ...{ period: { start: periodStart, end: periodEnd }, timeZone, closed },
    improvements: packages.map(({ id }) => improvements.get(id)!),
  }
  return closed.some(({ length }) => length > 0) ? pool.openingDays(packages, read.charts, over) : []
}

/** Closed gaps among places that were just worked out: of a measure's first group, which is its headline. */
export const closedAmong = (
  { rows }: Pick<PackedMemberships, 'rows'>,
  { charts }: ReadCharts,
  { packages, improvements }: Pick<Asked, 'packages' | 'improvements'>,
): ClosedGap[] =>
  rows.flatMap(({ chart, measure, group, counts: [, denominator, exclusion, exception, numerator] }) => {
    const measureId = packages[measure]!.id
    const isOpen = (numerator === 0) === (improvements.get(measureId) === 'increase')
    if (group !== 0 || isOpen || denominator - exclusion - exception <= 0) return []
    return [{ patientId: charts[chart]!.id, measureId }]
  })

interface Kept {
  readonly practiceId: string
  /** The run in which the gaps are closed. */
  readonly runId: string
  /** Of these charts whatever was known goes. */
  readonly patientIds: readonly string[]
  /** But for what holds of some of them in some measures. */
  readonly carried?: { readonly patientIds: readonly string[]; readonly measureIds: readonly string[] }
  readonly packages: readonly MeasurePackage[]
}

/** Writes when gaps of charts come due. A day is labelled as the place is that it follows on, and as the records that decide it. */
export async function keepComingGaps(
  db: Tx['db'],
  { practiceId, runId, patientIds, packages, carried }: Kept,
  { charts, labels }: ReadCharts,
  days: readonly OpeningDay[],
): Promise<void> {
  const { patientIds: stay = [], measureIds = [] } = carried ?? {}
  await sql`
    delete from coming_gap where practice_id = ${practiceId} and patient_id = any (${[...patientIds]}::uuid[])
       and not (patient_id = any (${[...stay]}::uuid[]) and measure_id = any (${[...measureIds]}::text[]))`.execute(db)
  const theirs = new Set(patientIds)
  const kept = days.filter(({ chart }) => theirs.has(charts[chart]!.id))
  if (kept.length === 0) return
  const isPart2 = await isPart2Now(db, practiceId)
  const chartIds = kept.map(({ chart }) => charts[chart]!.id)
  await sql`
    insert into coming_gap (practice_id, patient_id, measure_id, due_on, sensitivity)
    select ${practiceId}::uuid, d.patient_id, d.measure_id, d.due_on,
           case when 'part2' in (m.sensitivity, d.sensitivity) then 'part2' else coalesce(m.sensitivity, d.sensitivity) end
      from unnest(${chartIds}::uuid[], ${kept.map(({ measure }) => packages[measure]!.id)}::text[], ${kept.map(({ day }) => day)}::date[],
                  ${kept.map(({ evidence }, index) => labelOf(labels, isPart2, chartIds[index]!, evidence))}::text[])
           d (patient_id, measure_id, due_on, sensitivity)
      join measure_membership m on m.practice_id = ${practiceId} and m.run_id = ${runId} and m.patient_id = d.patient_id
       and m.measure_id = d.measure_id and m.group_index = 0`.execute(db)
}

/** Which way is better, of a run's packages. */
export async function improvementsOf(db: Tx['db'], packageHashes: readonly string[]): Promise<Asked['improvements']> {
  const { rows } = await sql<{ id: string; improvement: 'increase' | 'decrease' }>`
    select measure_id as id, improvement from measure_package where hash = any (${[...packageHashes]}::text[])`.execute(db)
  return new Map(rows.map(({ id, improvement }) => [id, improvement]))
}
