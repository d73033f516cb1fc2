import { type Day, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { shortText } from '#shared/short-text'

export interface TravelTimeRow {
  readonly id: string
  readonly oneTown: string
  readonly otherTown: string
  /** Either way. */
  readonly minutes: number
  readonly since: Day
}

/** What holds on a day: of each pair of towns the latest. */
export async function travelOn({ db }: Tx, day: Day): Promise<TravelTimeRow[]> {
  const { rows } = await sql<TravelTimeRow>`
    select distinct on (t.one_town, t.other_town) t.id, t.one_town as "oneTown", t.other_town as "otherTown", t.minutes, t.since
      from travel_time t where t.since <= ${day}::date order by t.one_town, t.other_town, t.since desc, t.recorded_at desc, t.id desc`.execute(
    db,
  )
  return rows
}

/** Minutes between two towns; 0 within one, null where nobody recorded them. */
export function minutesBetween(travel: readonly TravelTimeRow[], a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null
  if (a === b) return 0
  const [one, other] = inOrder(a, b)
  return travel.find(({ oneTown, otherTown }) => oneTown === one && otherTown === other)?.minutes ?? null
}

/** By code unit, as the table's constraint compares them. */
const inOrder = (a: string, b: string): readonly [string, string] => (a < b ? [a, b] : [b, a])

export interface NewTravelTime {
  readonly from: string
  readonly to: string
  readonly minutes: number
  readonly since: Day
}

const MOST = 600

/** Minutes between two towns from a day on. The same again is what is there. */
export async function recordTravelTime(ctx: Ctx, { from, to, minutes, since }: NewTravelTime): Promise<TravelTimeRow | Refusal> {
  const a = shortText(from, 'The one town')
  if (isRefusal(a)) return a
  const b = shortText(to, 'The other town')
  if (isRefusal(b)) return b
  if (a === b) return refused('SameTown', 'Within one town no travel is counted.')
  if (minutes < 0 || minutes > MOST) return refused('TravelUnusable', `Travel takes 0 to ${MOST} minutes.`)
  const [oneTown, otherTown] = inOrder(a, b)
  return ctx.write(async (tx) => {
    const there = (await travelOn(tx, since)).find((row) => row.oneTown === oneTown && row.otherTown === otherTown)
    const same = there?.since === since && there.minutes === minutes
    const row = same ? there : { id: newId<'TravelTime'>(), oneTown, otherTown, minutes, since }
    if (!same)
      await sql`
        insert into travel_time (id, one_town, other_town, minutes, since, recorded_by, recorded_at)
        values (${row.id}, ${oneTown}, ${otherTown}, ${minutes}, ${since}, ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})`.execute(
        tx.db,
      )
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [row.id] })
    return row
  })
}
