import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Plan, Problem } from '#modules/allocation'
import { organizationsById } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { listAllStaff } from '../people/list-staff.ts'
import type { PlanWish } from './plan-wish.ts'
import { namedIn } from './plan-words.ts'
import type { PlanState } from './staff-plan.entity.ts'

export interface PlanRow {
  readonly id: string
  readonly startsOn: Day
  readonly wish: PlanWish
  readonly problem: Problem
  readonly inputHash: string
  readonly state: PlanState
  readonly requestedByName: string
  readonly requestedAt: string
  readonly finishedAt: string | null
  /** Why there is none, in words. */
  readonly failure: string | null
  readonly plan: Plan | null
  /** The last time that it was put in force. */
  readonly application: PlanApplication | null
}

export interface PlanApplication {
  readonly id: string
  readonly startsOn: Day
  readonly appliedByName: string
  readonly appliedAt: string
  readonly undoneByName: string | null
  readonly undoneAt: string | null
}

/** Plans that a page shows. */
const SHOWN = 20

/** The newest first. */
export const readPlans = (ctx: Ctx): Promise<PlanRow[]> => plansWhere(ctx, sql`true`)

export async function openPlan(ctx: Ctx, id: string): Promise<PlanRow | null> {
  if (!isUuid(id)) return null
  const [plan] = await plansWhere(ctx, sql`p.id = ${id}`)
  if (!plan?.failure) return plan ?? null
  const named = {
    people: await listAllStaff(ctx),
    practices: [
      ...(
        await organizationsById(
          ctx,
          plan.problem.practices.map((one) => one.id),
        )
      ).values(),
    ],
  }
  return { ...plan, failure: namedIn(plan.failure, named) }
}

async function plansWhere(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`
    select p.id, p.starts_on as "startsOn", p.wish, p.problem, p.input_hash as "inputHash", p.state, p.requested_by_name as "requestedByName",
           p.requested_at as "requestedAt", p.finished_at as "finishedAt", p.failure, p.plan,
           (select json_build_object('id', a.id, 'startsOn', a.starts_on, 'appliedByName', a.applied_by_name, 'appliedAt', a.applied_at,
                                     'undoneByName', a.undone_by_name, 'undoneAt', a.undone_at)
              from staff_plan_application a where a.plan_id = p.id order by a.applied_at desc, a.id desc limit 1) as application
      from staff_plan p where ${which} and ${room(ctx, 'read', 'StaffPlan', {})}
     order by p.requested_at desc, p.id desc limit ${SHOWN}`.execute((await ctx.tx()).db)
  return rows
}
