import { planApplicationPolicies, planChangePolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** A plan that was put in force from a day on: by whom, and whether it was taken back. */
export const StaffPlanApplication = defineEntity({
  name: 'StaffPlanApplication',
  tableName: 'staff_plan_application',
  properties: {
    id: p.uuid().primary(),
    planId: p.uuid(),
    /** The first day. */
    startsOn: p.date(),
    appliedBy: p.uuid(),
    appliedByName: p.text(),
    appliedAt: p.string().columnType('timestamptz'),
    undoneBy: p.uuid().nullable(),
    undoneByName: p.text().nullable(),
    undoneAt: p.string().columnType('timestamptz').nullable(),
  },
  uniques: [{ name: 'staff_plan_applied', properties: ['planId'], where: '(undone_at IS NULL)' }],
  checks: [
    // Of a day that has not begun: the calendar of UTC is at most a day off the region's.
    { name: 'staff_plan_application_ahead', expression: `((starts_on >= (applied_at AT TIME ZONE 'UTC'::text)::date))` },
    { name: 'staff_plan_application_undone', expression: '((undone_at IS NULL) = (undone_by IS NULL))' },
  ],
  rowLevelSecurity: 'force',
  policies: [...planApplicationPolicies],
})

export type AppliedChangeKind = 'shortened' | 'cancelled' | 'begun'

/** What an applied plan did to an assignment: it ends the day before, never begins, or was begun by it. */
export const StaffPlanChange = defineEntity({
  name: 'StaffPlanChange',
  tableName: 'staff_plan_change',
  properties: {
    applicationId: p.uuid().primary(),
    assignmentId: p.uuid().primary(),
    kind: p.text().$type<AppliedChangeKind>().check("kind in ('shortened', 'cancelled', 'begun')"),
    /** The last day that the assignment had; of what was begun, that with which it began. */
    endsOn: p.date().nullable(),
  },
  indexes: [{ name: 'staff_plan_change_assignment', properties: ['assignmentId'] }],
  rowLevelSecurity: 'force',
  policies: [...planChangePolicies],
})
