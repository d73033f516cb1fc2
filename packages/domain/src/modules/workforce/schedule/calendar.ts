import { addDays, atWall, type Day, onWall } from '@carecommons/kernel'
import { sql } from 'kysely'
import { badInput } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Duty } from '../duty.ts'
import { type Assignment, assignmentsOn } from '../assignments.ts'
import { isOn } from './concerns.ts'

/** Somebody at a practice on a day, as agreed. */
export interface Stint {
  readonly assignmentId: string
  /** Null when the name is not the reader's to see. */
  readonly careManager: string | null
  readonly practice: Assignment['practice']
  readonly kind: Assignment['kind']
  readonly duty: Duty
  /** Minutes after midnight on the region's clocks; null: hours are not agreed on. */
  readonly from: number | null
  readonly until: number | null
  readonly coversFor: string | null
  /** The person is away for all or part of it. */
  readonly isAway: boolean
}

export interface CalendarDay {
  readonly day: Day
  readonly stints: readonly Stint[]
}

const MOST_WEEKS = 8

export interface CalendarWanted {
  readonly practiceId: string | null
  readonly membershipId: string | null
  /** The first day. */
  readonly from: Day
  readonly weeks: number
}

/** Who is where day by day, of one practice, one person, or wherever the reader may know: assignments by their hours, covers, and who is away. */
export async function workCalendar(ctx: Ctx, { practiceId, membershipId, from, weeks }: CalendarWanted): Promise<CalendarDay[]> {
  if (weeks < 1 || weeks > MOST_WEEKS) throw badInput(`A calendar shows 1 to ${MOST_WEEKS} weeks.`)
  const last = addDays(from, weeks * 7 - 1)
  const assignments = await assignmentsOn(ctx, { practiceId, membershipId }, from, last)
  const away = await absences(ctx, assignments)
  const days = Array.from({ length: weeks * 7 }, (_, i) => addDays(from, i))
  return days.map((day) => ({ day, stints: assignments.flatMap((one) => stintsOn(ctx, one, day, away.get(one.membershipId) ?? [])) }))
}

interface Absence {
  readonly from: string
  readonly until: string
}

function stintsOn({ region: { timeZone } }: Ctx, one: Assignment, day: Day, away: readonly Absence[]): Stint[] {
  if (!isOn(one, day)) return []
  const { id: assignmentId, careManager, practice, kind, duty, coversFor } = one
  const about = { assignmentId, careManager, practice, kind, duty, coversFor }
  const isAwayIn = (from: number, until: number): boolean => {
    const [begin, end] = [momentAt(timeZone, day, from), momentAt(timeZone, day, until)]
    return away.some((leave) => new Date(leave.from) < end && new Date(leave.until) > begin)
  }
  const hours = one.hours.filter(({ weekday }) => weekday === weekdayOf(day))
  if (one.hours.length > 0) return hours.map(({ from, until }) => ({ ...about, from, until, isAway: isAwayIn(from, until) }))
  const [from, until] = one.from === null || one.until === null ? [null, null] : clipped(timeZone, day, one.from, one.until)
  return [{ ...about, from, until, isAway: kind === 'assignment' && isAwayIn(0, 1440) }]
}

/** Of a cover to the minute: where it begins or ends within the day. */
function clipped(zone: string, day: Day, from: string, until: string): [number | null, number | null] {
  const [first, last] = [onWall(zone, new Date(from)), onWall(zone, new Date(until))]
  const begins = first.day === day ? first.minutes : 0
  const ends = last.day === day ? last.minutes : 1440
  return begins === 0 && ends === 1440 ? [null, null] : [begins, ends]
}

/** Where clocks go forward over it, the hour after. */
const momentAt = (zone: string, day: Day, minutes: number): Date => (atWall(zone, day, minutes) ?? atWall(zone, day, minutes + 60))!

/** 1 Monday to 7 Sunday. */
const weekdayOf = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1

/** When the people of these assignments are away, as far as the reader may know: a practice of whoever works for it, and never why. */
async function absences(ctx: Ctx, assignments: readonly Assignment[]): Promise<Map<string, Absence[]>> {
  const isOfPractice = ctx.viewer.role === 'practice-administrator'
  if (!isOfPractice && !ctx.ability.can('read', 'Leave')) return new Map()
  const ids = [...new Set(assignments.map(({ membershipId }) => membershipId))]
  const source = isOfPractice
    ? sql`commons_absences()`
    : sql`(select l.membership_id, l.from_at, l.until_at from staff_leave l
            where l.ended_at is null and ${room(ctx, 'read', 'Leave', { membershipId: 'l.membership_id' })})`
  const { rows } = await sql<Absence & { membershipId: string }>`
    select l.membership_id as "membershipId", l.from_at as "from", l.until_at as until from ${source} l
     where l.membership_id = any (${ids}::uuid[]) order by l.from_at`.execute((await ctx.tx()).db)
  return Map.groupBy(rows, ({ membershipId }) => membershipId)
}
