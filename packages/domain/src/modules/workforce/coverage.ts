import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { minutesOf, type WeeklyHours } from './hours.ts'

export interface PracticeCoverage {
  readonly practice: OrganizationRow
  /** Monday to Sunday. */
  readonly days: readonly CoveredDay[]
  readonly weeklyMinutes: number
  /** Who works there without hours that were agreed on. */
  readonly withoutHours: readonly string[]
}

interface CoveredDay {
  readonly weekday: number
  readonly minutes: number
  /** By name. */
  readonly people: readonly string[]
}

interface Row extends OrganizationRow {
  readonly there: readonly { readonly name: string | null; readonly hours: readonly WeeklyHours[] }[]
}

/** Who is where on which weekday, as agreed for a day; every active practice of the region, also those where nobody is. */
export async function coverageOn(ctx: Ctx, day: Day): Promise<PracticeCoverage[]> {
  const { rows } = await sql<Row>`
    select o.id, o.name, o.slug, o.kind, o.city,
           coalesce((select json_agg(json_build_object('name', u.name, 'hours', a.hours) order by u.name, a.id)
              from care_assignment a join membership m on m.id = a.membership_id left join app_user u on u.id = m.user_id
             where a.practice_id = o.id and a.ended_at is null and a.starts_on <= ${day}::date and (a.ends_on is null or a.ends_on >= ${day}::date)
               and m.ended_at is null and ${room(ctx, 'create', 'Assignment', {})}), '[]') as there
      from organization o where o.kind = 'practice' and o.active_since is not null order by o.name, o.id`.execute((await ctx.tx()).db)
  return rows.map(({ there, ...practice }) => ({
    practice,
    days: [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
      const here = there.flatMap(({ name, hours }) => hours.filter((one) => one.weekday === weekday).map((one) => ({ name, one })))
      return {
        weekday,
        minutes: minutesOf(here.map(({ one }) => one)),
        people: [...new Set(here.map(({ name }) => name ?? 'somebody'))],
      }
    }),
    weeklyMinutes: minutesOf(there.flatMap(({ hours }) => hours)),
    withoutHours: there.filter(({ hours }) => hours.length === 0).map(({ name }) => name ?? 'somebody'),
  }))
}
