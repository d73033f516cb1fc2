import { addDays, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvents } from '#modules/audit'
import { oncePerKey } from '#modules/work'
import type { Act, Ctx } from '#shared/context'
import type { Tx } from '#shared/sessions'
import { insertAssignment } from '../../begin-assignment.ts'
import { openPlan, type PlanRow } from '../read-plans.ts'
import type { AppliedChangeKind } from './application.entity.ts'
import { differenceOf } from './preview-hash.ts'
import { type PlanPreview, previewPlan } from './preview-plan.ts'

export interface ApplyPlan {
  readonly planId: string
  /** Of the preview that the person saw. */
  readonly hash: string
  readonly idempotencyKey: string
}

/** Puts a plan in force from its first day on, exactly as it was previewed: all of it or nothing. */
export const applyPlan = (ctx: Ctx, { planId, hash, idempotencyKey }: ApplyPlan): Promise<PlanRow | Refusal> =>
  ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const wish = { operation: 'applyStaffPlan', idempotencyKey, input: { planId, hash } }
    const id = await oncePerKey<'StaffPlanApplication'>(tx, ctx, wish, async (fresh) => {
      const plan = await openPlan(here, planId)
      if (!plan) return refused('PlanMissing', 'There is no such plan.')
      // Whoever assigns one of these people at once waits, and is told of what this did.
      await lockPeople(
        tx,
        plan.problem.staff.map((person) => person.id),
      )
      const preview = await previewPlan(here, planId)
      if (isRefusal(preview)) return preview
      const changed = differenceOf(hash, preview.hash)
      if (changed !== null)
        return refused(
          'ChangedMeanwhile',
          `Since you looked at the preview this is different: ${changed}. Nothing was changed. Look again.`,
        )
      const stopped = preview.changes.find(({ refusal }) => refusal !== null)
      if (stopped)
        return refused('PlanImpossible', `${stopped.careManager} at ${stopped.practice.name}: ${stopped.refusal} Nothing was changed.`)
      if (preview.changes.every(({ kind }) => kind === 'stays'))
        return refused('NothingChanges', 'Everybody works as this plan has it already. There is nothing to put in force.')
      await write(tx, here, fresh, preview)
      return null
    })
    return isRefusal(id) ? id : (await openPlan(here, planId))!
  })

/** In the order of their ids, as all do who lock several. */
export async function lockPeople({ db }: Tx, ids: readonly string[]): Promise<void> {
  await sql`select from membership m where m.id = any (${[...ids]}::uuid[]) order by m.id for update`.execute(db)
  await sql`select from care_assignment a where a.membership_id = any (${[...ids]}::uuid[]) and a.ended_at is null order by a.id for update`.execute(
    db,
  )
}

async function write(tx: Tx, ctx: Ctx, id: string, { planId, startsOn, changes }: PlanPreview): Promise<void> {
  const { viewer, userName, clock } = ctx
  const at = clock.now().toISOString()
  await sql`
    insert into staff_plan_application (id, plan_id, starts_on, applied_by, applied_by_name, applied_at)
    values (${id}, ${planId}, ${startsOn}, ${viewer.userId}, ${userName}, ${at})`.execute(tx.db)
  const acts: Act[] = [{ action: 'start', subject: 'StaffPlan', subjectIds: [planId], practiceId: null }]
  for (const { practiceId, ends } of changes)
    for (const one of ends) {
      const cancels = one.startsOn >= startsOn
      await note(tx, id, one.id, cancels ? 'cancelled' : 'shortened')
      await sql`update care_assignment set ${cancels ? sql`ended_at = ${at}` : sql`ends_on = ${addDays(startsOn, -1)}`} where id = ${one.id}`.execute(
        tx.db,
      )
      acts.push({ action: 'end', subject: 'Assignment', subjectIds: [one.id], practiceId })
    }
  for (const { kind, membershipId, practiceId, duty, hours, endsOn } of changes) {
    if (kind !== 'begins' && kind !== 'changes') continue
    const fresh = newId<'CareAssignment'>()
    await insertAssignment(tx, ctx, { id: fresh, kind: 'assignment', membershipId, practiceId, duty, hours, startsOn, endsOn })
    await note(tx, id, fresh, 'begun')
    acts.push({ action: 'create', subject: 'Assignment', subjectIds: [fresh], practiceId })
  }
  await keepEvents(tx, ctx, acts)
}

/** Notes an assignment with the last day that it has now. */
const note = ({ db }: Tx, application: string, assignment: string, kind: AppliedChangeKind) =>
  sql`
    insert into staff_plan_change (application_id, assignment_id, kind, ends_on)
    select ${application}, a.id, ${kind}, a.ends_on from care_assignment a where a.id = ${assignment}`.execute(db)
