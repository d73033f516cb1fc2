import { staffPlanPolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import type { Plan, Problem } from '#modules/allocation'
import type { PlanWish } from './plan-wish.ts'

export type PlanState = 'queued' | 'done' | 'failed'

/** A proposal of who serves which practice from a day on: what was asked, what it was worked out from, and what came of it. */
export const StaffPlan = defineEntity({
  name: 'StaffPlan',
  tableName: 'staff_plan',
  properties: {
    id: p.uuid().primary(),
    startsOn: p.date(),
    wish: p.json().$type<PlanWish>(),
    /** All that the plan rests on, as it stood when it was asked for. */
    problem: p.json().$type<Problem>(),
    /** SHA-256 of the problem: two plans with the same one were worked out from the same. */
    inputHash: p.text(),
    state: p.text().$type<PlanState>().check("state in ('queued', 'done', 'failed')"),
    requestedBy: p.uuid(),
    requestedByName: p.text(),
    requestedAt: p.string().columnType('timestamptz'),
    finishedAt: p.string().columnType('timestamptz').nullable(),
    failure: p.text().nullable(),
    plan: p.json().$type<Plan>().nullable(),
  },
  rowLevelSecurity: 'force',
  policies: [...staffPlanPolicies],
})
