import { assignableRoles } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import type { Discipline, Duty } from './duty.ts'
import { minutesOf, type WeeklyHours } from './hours.ts'

/** Somebody of the shared staff, as whoever allocates hours needs to know them. */
export interface StaffToAllocate {
  readonly membershipId: string
  readonly discipline: Discipline
  readonly employer: string
  readonly ftePercent: number
  readonly weeklyPaidMinutes: number
  /** A town, spelled like `organization.city`. */
  readonly homeBase: string
  readonly languages: readonly string[]
  /** Licenses that hold today. */
  readonly licenses: readonly { readonly title: string; readonly state: string; readonly expiresOn: Day | null }[]
  /** Current and planned. */
  readonly assignments: readonly StaffHours[]
  /** What goes on or is to come; `until` is the first moment back. */
  readonly leave: readonly { readonly from: string; readonly until: string }[]
}

interface StaffHours {
  readonly id: string
  readonly practiceId: string
  readonly kind: 'assignment' | 'cover'
  readonly duty: Duty
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly hours: readonly WeeklyHours[]
  readonly weeklyMinutes: number
}

/** Everybody of the shared staff whose discipline is on record. Reads whatever the transaction may see. */
export async function readStaff(ctx: Pick<Ctx, 'tx' | 'clock' | 'region'>): Promise<StaffToAllocate[]> {
  const today = ctx.clock.today(ctx.region.timeZone)
  const { rows } = await sql<Omit<StaffToAllocate, 'assignments'> & { assignments: Omit<StaffHours, 'weeklyMinutes'>[] }>`
    select s.membership_id as "membershipId", s.discipline, s.employer, s.fte_percent as "ftePercent", s.weekly_minutes as "weeklyPaidMinutes",
           s.home_base as "homeBase", s.languages,
           coalesce((select json_agg(json_build_object('title', c.title, 'state', c.state, 'expiresOn', c.expires_on) order by c.id)
              from staff_credential c where c.membership_id = s.membership_id and c.kind = 'license' and c.ended_at is null
               and (c.expires_on is null or c.expires_on >= ${today}::date)), '[]') as licenses,
           coalesce((select json_agg(json_build_object('id', a.id, 'practiceId', a.practice_id, 'kind', a.kind, 'duty', a.duty,
                                                       'startsOn', a.starts_on, 'endsOn', a.ends_on, 'hours', a.hours) order by a.id)
              from care_assignment a where a.membership_id = s.membership_id and a.ended_at is null
               and (a.ends_on is null or a.ends_on >= ${today}::date)), '[]') as assignments,
           coalesce((select json_agg(json_build_object('from', l.from_at, 'until', l.until_at) order by l.from_at) from staff_leave l
             where l.membership_id = s.membership_id and l.ended_at is null and l.until_at > ${ctx.clock.now().toISOString()}::timestamptz), '[]') as leave
      from staff_member s join membership m on m.id = s.membership_id
     where m.role = any (${[...assignableRoles]}::text[]) and m.ended_at is null and (m.ends_on is null or m.ends_on >= ${today}::date)
     order by s.membership_id`.execute((await ctx.tx()).db)
  return rows.map((row) => ({
    ...row,
    assignments: row.assignments.map((one) => ({ ...one, weeklyMinutes: minutesOf(one.hours) })),
  }))
}
