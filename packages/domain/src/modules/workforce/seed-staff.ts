import { type Day, newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import type { Discipline, Duty } from './duty.ts'
import type { WeeklyHours } from './hours.ts'

export interface SeededStaff {
  /** What the person signs in with. */
  readonly email: string
  readonly discipline: Discipline
  readonly weeklyMinutes: number
  readonly homeBase: string
  readonly languages: readonly string[]
  readonly license: { readonly title: string; readonly state: string; readonly number: string; readonly expiresOn: Day }
  readonly training: readonly { readonly title: string; readonly day: Day; readonly minutes: number }[]
  readonly assignments: readonly { readonly practiceId: string; readonly duty: Duty; readonly hours: readonly WeeklyHours[] }[]
}

export interface SeededTravel {
  /** In code-unit order. */
  readonly towns: readonly [string, string]
  readonly minutes: number
}

/** Shared staff of a made-up region, who sign in already: facts, license, training, work from a day on, and the ways between towns. */
export async function seedStaff(
  sessions: Sessions,
  {
    people,
    travel,
    employer,
  }: { readonly people: readonly SeededStaff[]; readonly travel: readonly SeededTravel[]; readonly employer: string },
  from: Day,
): Promise<void> {
  const now = new Date().toISOString()
  await sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    for (const { towns, minutes } of travel)
      await db
        .insertInto('travel_time')
        .values({ id: newId(), one_town: towns[0], other_town: towns[1], minutes, since: from, recorded_at: now })
        .execute()
    for (const { email, discipline, weeklyMinutes, homeBase, languages, license, training, assignments } of people) {
      const { membership_id, user_id } = await db
        .selectFrom('membership as m')
        .innerJoin('app_user as u', 'u.id', 'm.user_id')
        .select(['m.id as membership_id', 'm.user_id'])
        .where('u.email', '=', email)
        .executeTakeFirstOrThrow()
      const by = { membership_id, recorded_by: user_id, recorded_at: now }
      await sql`
        insert into staff_member (membership_id, discipline, employer, fte_percent, weekly_minutes, home_base, languages, version, recorded_by, recorded_at)
        values (${membership_id}, ${discipline}, ${employer}, ${Math.round(weeklyMinutes / 24)}, ${weeklyMinutes}, ${homeBase}, ${[...languages]}::text[], 1,
                ${user_id}, ${now})`.execute(db)
      await db
        .insertInto('staff_credential')
        .values({
          ...{ ...by, id: newId(), kind: 'license', title: license.title, state: license.state, number: license.number },
          expires_on: license.expiresOn,
        })
        .execute()
      for (const { title, day, minutes } of training)
        await db
          .insertInto('staff_training')
          .values({ ...by, id: newId(), kind: 'education', title, day, done: true, minutes })
          .execute()
      for (const { practiceId, duty, hours } of assignments)
        await sql`
          insert into care_assignment (id, membership_id, practice_id, kind, duty, hours, starts_on, created_at)
          values (${newId()}, ${membership_id}, ${practiceId}, 'assignment', ${duty}, ${JSON.stringify(hours)}::jsonb, ${from}, ${now})`.execute(
          db,
        )
    }
  })
}
