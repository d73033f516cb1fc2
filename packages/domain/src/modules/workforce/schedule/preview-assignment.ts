import { isUuid, onWall } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { type NewAssignment, refusedAssignment } from '../begin-assignment.ts'
import { minutesOf } from '../hours.ts'
import { dayBefore } from '../leave/day-before.ts'
import { type Concern, concernsOf, isOn, minutesByDay, type PersonAtWork, type Work } from './concerns.ts'
import { minutesBetween, travelOn } from './travel-times.ts'

export interface AssignmentPreview {
  /** Why it would be refused, in words; null when it would not. */
  readonly refusal: string | null
  readonly concerns: readonly Concern[]
  /** Agreed on for a week of the first day, without it. */
  readonly minutesBefore: number
  /** The most in a week of its time, with it. */
  readonly minutesAfter: number
  /** Paid in an ordinary week; null: not recorded. */
  readonly paidMinutes: number | null
}

/** What an assignment would meet, asked before it is made. Changes nothing. */
export async function previewAssignment(ctx: Ctx, input: Omit<NewAssignment, 'idempotencyKey'>): Promise<AssignmentPreview> {
  const refusal = await refusedAssignment(ctx, await ctx.tx(), input)
  const person = await personAtWork(ctx, input)
  const { town, practice } = await whereabouts(ctx, input.practiceId)
  const wish: Work = { practice, town, startsOn: input.startsOn, endsOn: input.endsOn, hours: input.hours }
  const travel = await travelOn(await ctx.tx(), input.startsOn)
  const weeks = minutesByDay(person.work, wish)
  return {
    refusal: refusal?.message ?? null,
    concerns: concernsOf(person, wish, (from, to) => minutesBetween(travel, from, to)),
    minutesBefore: minutesOf(person.work.filter((one) => isOn(one, input.startsOn)).flatMap(({ hours }) => hours)),
    minutesAfter: Math.max(minutesOf(input.hours), ...weeks.map(({ minutes }) => minutes)),
    paidMinutes: person.weeklyMinutes,
  }
}

async function whereabouts(ctx: Ctx, practiceId: string): Promise<{ practice: string; town: string | null }> {
  if (!isUuid(practiceId)) return { practice: '', town: null }
  const { rows } = await sql<{ practice: string; town: string | null }>`
    select name as practice, city as town from organization where id = ${practiceId}`.execute((await ctx.tx()).db)
  return rows[0] ?? { practice: '', town: null }
}

/** What somebody of the shared staff does on the days of a wish and after them. */
async function personAtWork(ctx: Ctx, { membershipId, startsOn }: Pick<NewAssignment, 'membershipId' | 'startsOn'>): Promise<PersonAtWork> {
  const nobody = { homeBase: null, weeklyMinutes: null, work: [], away: [] }
  if (!isUuid(membershipId)) return nobody
  const { timeZone } = ctx.region
  const { rows } = await sql<Omit<PersonAtWork, 'away'> & { away: { from: string; until: string }[] }>`
    select s.home_base as "homeBase", s.weekly_minutes as "weeklyMinutes",
           coalesce((select json_agg(json_build_object('practice', o.name, 'town', o.city, 'startsOn', a.starts_on, 'endsOn', a.ends_on, 'hours', a.hours)
                                     order by a.starts_on, a.id)
              from care_assignment a join organization o on o.id = a.practice_id
             where a.membership_id = m.id and a.kind = 'assignment' and a.ended_at is null and (a.ends_on is null or a.ends_on >= ${startsOn}::date)), '[]') as work,
           coalesce((select json_agg(json_build_object('from', l.from_at, 'until', l.until_at) order by l.from_at) from staff_leave l
             where l.membership_id = m.id and l.ended_at is null and l.until_at > (${startsOn}::timestamp at time zone ${timeZone})), '[]') as away
      from membership m left join staff_member s on s.membership_id = m.id where m.id = ${membershipId}`.execute((await ctx.tx()).db)
  const [found] = rows
  if (!found) return nobody
  return {
    ...found,
    away: found.away.map(({ from, until }) => ({ from: onWall(timeZone, new Date(from)).day, until: dayBefore(timeZone, until) })),
  }
}
