import { isRefusal, isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { shortText } from '#shared/short-text'
import type { Tx } from '#shared/sessions'
import type { Discipline } from '../duty.ts'
import { openStaff, type StaffRow } from './list-staff.ts'

export interface StaffFacts {
  /** Of the membership. */
  readonly id: string
  readonly discipline: Discipline
  readonly employer: string
  readonly ftePercent: number
  readonly weeklyMinutes: number
  readonly homeBase: string
  readonly languages: readonly string[]
  readonly supervisorId: string | null
  /** The version that the person saw; 0 when nothing was recorded. */
  readonly version: number
}

export const staffNotFound = () => refused('StaffNotFound', 'There is no such person among the shared staff.')

/** Records who somebody of the shared staff is at work. Of two at once one wins, and the other is told. */
export async function recordStaff(ctx: Ctx, input: StaffFacts): Promise<StaffRow | Refusal> {
  const employer = shortText(input.employer, 'The employer')
  if (isRefusal(employer)) return employer
  const homeBase = shortText(input.homeBase, 'The home base')
  if (isRefusal(homeBase)) return homeBase
  const { discipline, ftePercent, weeklyMinutes, supervisorId } = input
  if (ftePercent < 1 || ftePercent > 100) return refused('FteUnusable', 'Of full time it is between 1 and 100 percent.')
  if (weeklyMinutes < 0 || weeklyMinutes > 3600) return refused('HoursUnusable', 'A week has 0 to 60 paid hours.')
  const languages = [...new Set(input.languages)]
  if (languages.length > 12 || languages.some((one) => !/^[a-z]{2,3}(-[A-Z]{2})?$/.test(one)))
    return refused('LanguageUnusable', 'Languages are up to 12 codes like en, es or pt-BR (BCP 47).')
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const seen = await openStaff(here, input.id)
    if (!seen) return staffNotFound()
    const changed = refused('ChangedMeanwhile', `Somebody else recorded ${seen.name} meanwhile. Look again, then change it.`)
    if (seen.version !== input.version) return changed
    const wrongSupervisor = await unfitSupervisor(tx, here, seen, supervisorId)
    if (wrongSupervisor) return wrongSupervisor
    const { rows } = await sql`
      insert into staff_member as s (membership_id, discipline, employer, fte_percent, weekly_minutes, home_base, languages, supervisor_id, version,
                                     recorded_by, recorded_at)
      values (${seen.id}, ${discipline}, ${employer}, ${ftePercent}, ${weeklyMinutes}, ${homeBase}, ${languages}::text[], ${supervisorId}, 1,
              ${ctx.viewer.userId}, ${ctx.clock.now().toISOString()})
      on conflict (membership_id) do update set discipline = excluded.discipline, employer = excluded.employer, fte_percent = excluded.fte_percent,
             weekly_minutes = excluded.weekly_minutes, home_base = excluded.home_base, languages = excluded.languages,
             supervisor_id = excluded.supervisor_id, version = s.version + 1, recorded_by = excluded.recorded_by, recorded_at = excluded.recorded_at
       where s.version = ${input.version}
      returning version`.execute(tx.db)
    // Two who saw the same version: the second finds the first one's.
    if (rows.length === 0) return changed
    await keepEvent(tx, ctx, { action: 'update', subject: 'Staff', subjectIds: [seen.id] })
    return (await openStaff(here, seen.id))!
  })
}

/** Lines of supervision lead upward and never back. */
async function unfitSupervisor({ db }: Tx, here: Ctx, { id, name }: StaffRow, supervisorId: string | null): Promise<Refusal | null> {
  if (supervisorId === null) return null
  const supervisor = isUuid(supervisorId) ? await openStaff(here, supervisorId) : null
  if (!supervisor) return refused('SupervisorNotFound', 'There is no such supervisor among the shared staff.')
  // Two who record each other follow one another.
  await sql`select pg_advisory_xact_lock(hashtext('staff_member.supervisor'))`.execute(db)
  const { rows } = await sql`
    with recursive above as (
      select ${supervisorId}::uuid as id union select s.supervisor_id from staff_member s join above a on a.id = s.membership_id
       where s.supervisor_id is not null)
    select 1 from above where id = ${id}`.execute(db)
  return rows.length > 0 ? refused('SupervisionCircular', `${supervisor.name} is supervised by ${name}, at the end of the line.`) : null
}
