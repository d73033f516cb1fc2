import type { Chart, MembershipResult } from '@carecommons/cql'
import { addDays, type Day, daysBetween, isUuid, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'
import { COUNTED, IS_OPEN, MEMBERSHIPS, NEWEST_RUN } from './memberships.ts'
import { MEASURE_COLUMNS, type MeasureColumns, measureOf, PERIOD_COLUMNS, type PeriodColumns } from './measures.ts'
import { type RecordRow, recordsOf, type Standing } from './records-of.ts'
import type { MeasureType } from './quality.graphql.ts'

/** A gap that is closed today and opens when what closed it has become too old. */
export interface ComingGap {
  readonly measure: MeasureType
  /** The first day on which it would be open. */
  readonly dueOn: Day
}

/**
 * When closed gaps of a chart open again. The rule is the same for every measure, and nobody writes it down for one: the measure is evaluated
 * over the records of today and a period of the same length that ends on a later day. The first such day, within a year after today and
 * the published period, on which the person counts and the gap is open is the day on which it is due. Who no longer counts by then, because
 * of age or because the last visit is too long ago, has nothing due; nor has a measure of which the records that the viewer may read do not
 * lead to the published place.
 */
export async function comingGaps(asking: Ctx, patientId: string): Promise<ComingGap[]> {
  const ctx = asking.guests.get(patientId) ?? asking
  // Never part of what is shared.
  if (ctx.guest || !isUuid(patientId)) return []
  const places = await closedPlaces(ctx, patientId)
  const read = new Map<string, readonly RecordRow[]>()
  const coming: ComingGap[] = []
  for (const place of places) {
    const dueOn = await dueDay(ctx, place, read)
    if (dueOn !== null) coming.push({ measure: measureOf(place), dueOn })
  }
  noteSensitive(ctx, [...read.values()].flat())
  return coming.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
}

interface Place extends Standing, MeasureColumns, PeriodColumns {
  readonly group_index: number
}

async function closedPlaces(ctx: Ctx, patientId: string): Promise<Place[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Place>`
    select m.practice_id, m.patient_id, m.evidence, m.group_index, r.watermark::text as watermark, r.live_of is not null as is_live,
           ${MEASURE_COLUMNS}, ${PERIOD_COLUMNS}
      from ${MEMBERSHIPS}
     where m.run_id = ${NEWEST_RUN} and m.patient_id = ${patientId} and ${COUNTED} and not ${IS_OPEN} and m.group_index = 0
       and ${recordRoom(ctx, 'm', null)}
     order by array_position(r.package_hashes, k.hash)`.execute(db)
  return rows
}

const HORIZON_DAYS = 365
const STEP_DAYS = 30

/** Looked for from month to month, then day by day between two of them. */
async function dueDay(ctx: Ctx, place: Place, read: Map<string, readonly RecordRow[]>): Promise<Day | null> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const from = place.period_end > today ? place.period_end : today
  const isOpenAfter = async (days: readonly number[]): Promise<(boolean | null)[]> => {
    const results = await evaluate(
      ctx,
      place,
      days.map((count) => addDays(from, count)),
      read,
    )
    return results.map((result) => isOpen(result, place))
  }
  const [now] = await evaluate(ctx, place, [place.period_end], read)
  if (!now || isOpen(now, place) !== false) return null
  const steps = Array.from({ length: Math.floor(HORIZON_DAYS / STEP_DAYS) }, (_, index) => (index + 1) * STEP_DAYS)
  const found = (await isOpenAfter(steps)).indexOf(true)
  if (found < 0) return null
  let [closed, open] = [steps[found]! - STEP_DAYS, steps[found]!]
  while (open - closed > 1) {
    const middle = Math.floor((open + closed) / 2)
    const [isIt] = await isOpenAfter([middle])
    if (isIt === true) open = middle
    else closed = middle
  }
  return addDays(from, open)
}

/** Null: the person does not count, or could not be evaluated. */
function isOpen({ problem, groups }: MembershipResult, { group_index, improvement }: Place): boolean | null {
  const populations = groups[group_index]?.populations
  if (problem !== null || !populations) return null
  const counted = populations.denominator - populations['denominator-exclusion'] - populations['denominator-exception']
  if (counted <= 0) return null
  return (populations.numerator === 0) === (improvement === 'increase')
}

/** Where the chart stands in periods of the published one's length that end on these days. */
async function evaluate(
  ctx: Ctx,
  place: Place,
  ends: readonly Day[],
  read: Map<string, readonly RecordRow[]>,
): Promise<MembershipResult[]> {
  const length = daysBetween(place.period_start, place.period_end)
  const results = await ctx.desk.evaluate({
    hash: place.hash,
    async bundle() {
      const { db } = await ctx.tx()
      return (await db.selectFrom('measure_package').select('bundle').where('hash', '=', place.hash).executeTakeFirstOrThrow()).bundle
    },
    async chart(types): Promise<Chart> {
      const missing = types.filter((type) => !read.has(type))
      if (missing.length > 0) {
        const byType = Map.groupBy(await recordsOf(ctx, place, missing), ({ reference }) => reference.slice(0, reference.indexOf('/')))
        for (const type of missing) read.set(type, byType.get(type) ?? [])
      }
      return { id: place.patient_id, resources: types.flatMap((type) => read.get(type)!.map(({ content }) => content)) }
    },
    periods: ends.map((end) => {
      const start = addDays(end, -length)
      return { start, end, offsetMinutes: offsetMinutesIn(ctx.region.timeZone, start) }
    }),
  })
  return results ?? []
}
