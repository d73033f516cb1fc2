import { addDays, atWall, type Day, isUuid, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvents } from '#modules/audit'
import type { Act, Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { insertAssignment } from '../../begin-assignment.ts'
import type { Duty } from '../../duty.ts'
import type { WeeklyHours } from '../../hours.ts'
import { openPlan, type PlanRow } from '../read-plans.ts'
import type { AppliedChangeKind } from './application.entity.ts'
import { lockPeople } from './apply-plan.ts'

const HOURS_TO_UNDO = 24

/** The first moment at which a plan cannot be taken back any more: a day after it was put in force, or when its first day begins. */
export function undoUntil(timeZone: string, { appliedAt, startsOn }: { readonly appliedAt: string; readonly startsOn: Day }): Date {
  const aDayLater = new Date(new Date(appliedAt).getTime() + HOURS_TO_UNDO * 3_600_000)
  const begins = (atWall(timeZone, startsOn, 0) ?? atWall(timeZone, startsOn, 60))!
  return begins < aDayLater ? begins : aDayLater
}

/** Takes back a plan that was put in force: everybody works as they would have without it. Nothing is taken back where somebody changed a part of it. */
export const undoPlan = (ctx: Ctx, planId: string): Promise<PlanRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    if (isUuid(planId))
      await sql`select from staff_plan_application p where p.plan_id = ${planId} and p.undone_at is null for update`.execute(tx.db)
    const application = (await openPlan(here, planId))?.application
    if (!application || application.undoneAt !== null) return refused('PlanNotApplied', 'This plan is not in force.')
    if (ctx.clock.now() >= undoUntil(ctx.region.timeZone, application))
      return refused(
        'UndoOver',
        'A plan is taken back within a day, and before its first day begins. Change assignments one by one, or put another plan in force.',
      )
    const { id, startsOn } = application
    await lockPeople(tx, await peopleOf(tx, id))
    const lines = await linesOf(tx, id, startsOn)
    const changed = lines.filter(({ isChanged }) => isChanged).map(({ name, practice }) => `${name} at ${practice}`)
    if (changed.length > 0)
      return refused(
        'ChangedMeanwhile',
        `Somebody changed a part of it since: ${[...new Set(changed)].join('; ')}. Nothing was taken back.`,
      )
    await takeBack(tx, here, { id, planId, lines })
    return (await openPlan(here, planId))!
  })

interface Line {
  readonly assignmentId: string
  readonly kind: AppliedChangeKind
  readonly endsOn: Day | null
  readonly membershipId: string
  readonly practiceId: string
  readonly duty: Duty
  readonly hours: readonly WeeklyHours[]
  readonly startsOn: Day
  readonly name: string
  readonly practice: string
  readonly isChanged: boolean
}

async function peopleOf({ db }: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct a.membership_id as id from staff_plan_change c join care_assignment a on a.id = c.assignment_id where c.application_id = ${id}`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** What was done, and whether an assignment is not any more as it was left, or another is in the way of what would come back. */
async function linesOf({ db }: Tx, id: string, startsOn: Day): Promise<Line[]> {
  const { rows } = await sql<Line>`
    select c.assignment_id as "assignmentId", c.kind, c.ends_on as "endsOn", a.membership_id as "membershipId", a.practice_id as "practiceId",
           a.duty, a.hours, a.starts_on as "startsOn", u.name, o.name as practice,
           case c.kind when 'begun' then a.ended_at is not null or a.ends_on is distinct from c.ends_on
                       when 'shortened' then a.ended_at is not null or a.ends_on is distinct from ${addDays(startsOn, -1)}::date
                       else false end
           or m.ended_at is not null
           or (c.kind <> 'begun' and exists (
             select from care_assignment e
              where e.membership_id = a.membership_id and e.practice_id = a.practice_id and e.id <> a.id and e.ended_at is null
                and (e.ends_on is null or e.ends_on >= ${startsOn}::date) and (c.ends_on is null or e.starts_on <= c.ends_on)
                and not exists (select from staff_plan_change b where b.application_id = c.application_id and b.assignment_id = e.id))) as "isChanged"
      from staff_plan_change c join care_assignment a on a.id = c.assignment_id join membership m on m.id = a.membership_id
      join app_user u on u.id = m.user_id join organization o on o.id = a.practice_id
     where c.application_id = ${id} order by c.kind, o.name, u.name, a.id`.execute(db)
  return rows
}

async function takeBack(
  tx: Tx,
  ctx: Ctx,
  { id, planId, lines }: { readonly id: string; readonly planId: string; readonly lines: readonly Line[] },
): Promise<void> {
  const at = ctx.clock.now().toISOString()
  await sql`
    update staff_plan_application set undone_at = ${at}, undone_by = ${ctx.viewer.userId}, undone_by_name = ${ctx.userName} where id = ${id}`.execute(
    tx.db,
  )
  const acts: Act[] = [{ action: 'end', subject: 'StaffPlan', subjectIds: [planId], practiceId: null }]
  for (const { assignmentId, kind, endsOn, ...line } of lines) {
    const back = kind === 'cancelled' ? newId<'CareAssignment'>() : assignmentId
    if (kind === 'begun') await sql`update care_assignment set ended_at = ${at} where id = ${back}`.execute(tx.db)
    else if (kind === 'shortened') await sql`update care_assignment set ends_on = ${endsOn}::date where id = ${back}`.execute(tx.db)
    else await insertAssignment(tx, ctx, { ...line, id: back, kind: 'assignment', endsOn })
    acts.push({ action: kind === 'begun' ? 'end' : 'create', subject: 'Assignment', subjectIds: [back], practiceId: line.practiceId })
  }
  await keepEvents(tx, ctx, acts)
}
