import { createHash } from 'node:crypto'
import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import { problemFaults } from '#modules/allocation'
import { askForJob, oncePerKey } from '#modules/work'
import type { Ctx } from '#shared/context'
import { planBasis } from './plan-basis.ts'
import { type PlanWish, unusableWish } from './plan-wish.ts'
import { namedIn } from './plan-words.ts'
import { openPlan, type PlanRow } from './read-plans.ts'

const MOST_UNDER_WAY = 3

/** Has a plan worked out from the region as it stands now. It changes nothing but that the plan is there. */
export async function proposePlan(ctx: Ctx, wish: PlanWish, idempotencyKey: string): Promise<PlanRow | Refusal> {
  const unusable = unusableWish(wish, ctx.clock.today(ctx.region.timeZone))
  if (unusable) return unusable
  return ctx.write(async (tx) => {
    const here: Ctx = { ...ctx, tx: async () => tx }
    const id = await oncePerKey<'StaffPlan'>(tx, ctx, { operation: 'proposeStaffPlan', idempotencyKey, input: wish }, async (fresh) => {
      const { rows } = await sql<{ waiting: number }>`select count(*)::int as waiting from staff_plan where state = 'queued'`.execute(tx.db)
      if (rows[0]!.waiting >= MOST_UNDER_WAY)
        return refused('TooManyPlans', `${MOST_UNDER_WAY} plans are being worked out already. Ask again when one of them is there.`)
      const basis = await planBasis(here, wish)
      if (isRefusal(basis)) return basis
      const { problem } = basis
      const [fault] = problemFaults(problem)
      if (fault !== undefined) return refused('PlanImpossible', namedIn(fault, basis))
      const at = ctx.clock.now().toISOString()
      const text = JSON.stringify(problem)
      await sql`
        insert into staff_plan (id, starts_on, wish, problem, input_hash, state, requested_by, requested_by_name, requested_at)
        values (${fresh}, ${wish.startsOn}, ${JSON.stringify(wish)}, ${text}, ${createHash('sha256').update(text).digest('hex')}, 'queued',
                ${ctx.viewer.userId}, ${ctx.userName}, ${at})`.execute(tx.db)
      await askForJob(tx.db, { name: 'staff.plan', subjectId: fresh, at })
      await keepEvent(tx, ctx, { action: 'create', subject: 'StaffPlan', subjectIds: [fresh] })
      return null
    })
    return isRefusal(id) ? id : (await openPlan(here, id))!
  })
}
