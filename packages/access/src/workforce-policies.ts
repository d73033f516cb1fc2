import { databaseRoles } from './database-role.ts'
import { openTo, type Policy, policy, setting } from './policies.ts'
import { adds, among, asMyself, assignableRoles, changes, may } from './writing-policies.ts'

/*
 * Shared staff: read and written under the pages that permit it, read by themselves. Practices and payers read none of it. Texts are written as
 * PostgreSQL prints them back, so that entities and database compare equal.
 */

/** Of a person of the coordinating body who works for practices, and still does. */
export const isShared = (table: string): string => `(EXISTS ( SELECT
   FROM membership h
  WHERE ((h.id = ${table}.membership_id) AND ${among('h.role', assignableRoles)} AND (h.ended_at IS NULL))))`

/** Of the acting membership; its own memberships are all that a care manager's role reads. */
export const ofMyMembership = (
  table: string,
  column = 'membership_id',
): string => `((${column} = ${setting('membership_id')}) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = ${table}.${column}))))`

/** Rows of shared staff: whoever allocates them reads and writes, in the own name; each reads the own. */
export const staffPolicies = (table: string, changeable: readonly string[]): Policy[] => [
  openTo(table, databaseRoles.worker, 'all'),
  policy(`${table}_region_select`, 'select', databaseRoles.region, may('read', 'Staff')),
  policy(`${table}_own_membership`, 'select', databaseRoles.careManager, ofMyMembership(table)),
  adds(table, databaseRoles.region, `(${may('update', 'Staff')} AND ${asMyself('recorded_by')} AND ${isShared(table)})`),
  changes(table, databaseRoles.region, changeable, may('update', 'Staff'), `(${may('update', 'Staff')} AND ${asMyself('recorded_by')})`),
]

/** What which discipline may do: rows are added and never changed. Whoever works by it reads it. */
export const scopeRulePolicies: readonly Policy[] = [
  openTo('scope_rule', databaseRoles.worker, 'all'),
  openTo('scope_rule', databaseRoles.region, 'select'),
  openTo('scope_rule', databaseRoles.careManager, 'select'),
  adds('scope_rule', databaseRoles.region, `(${may('update', 'Staff')} AND ${asMyself('recorded_by')})`),
]

/** Minutes between towns: rows are added and never changed, by whoever allocates the staff. */
export const travelTimePolicies: readonly Policy[] = [
  openTo('travel_time', databaseRoles.worker, 'all'),
  openTo('travel_time', databaseRoles.region, 'select'),
  adds('travel_time', databaseRoles.region, `(${may('update', 'Staff')} AND ${asMyself('recorded_by')})`),
]

/** What need and capacity are worked out with: rows are added and never changed. Practices read by what their share is worked out. */
export const planningFigurePolicies: readonly Policy[] = [
  openTo('planning_figure', databaseRoles.worker, 'all'),
  openTo('planning_figure', databaseRoles.region, 'select'),
  openTo('planning_figure', databaseRoles.practice, 'select'),
  adds('planning_figure', databaseRoles.region, `(${may('update', 'StaffNeed')} AND ${asMyself('recorded_by')})`),
]

/** Proposals of who serves which practice: whoever allocates asks for one in the own name, the worker works it out. */
export const staffPlanPolicies: readonly Policy[] = [
  openTo('staff_plan', databaseRoles.worker, 'all'),
  policy('staff_plan_region_select', 'select', databaseRoles.region, may('read', 'StaffPlan')),
  adds(
    'staff_plan',
    databaseRoles.region,
    `(${may('create', 'StaffPlan')} AND ${asMyself('requested_by')} AND (state = 'queued'::text) AND (plan IS NULL) AND (failure IS NULL) AND (finished_at IS NULL))`,
  ),
]

const APPLIED_BY_ME = `(EXISTS ( SELECT
   FROM staff_plan_application p
  WHERE ((p.id = staff_plan_change.application_id) AND (p.applied_by = ${setting('user_id')}) AND (p.undone_at IS NULL))))`

/** That a plan was applied, in the own name, and that it was taken back: nothing else of it changes. */
export const planApplicationPolicies: readonly Policy[] = [
  openTo('staff_plan_application', databaseRoles.worker, 'all'),
  policy('staff_plan_application_region_select', 'select', databaseRoles.region, may('read', 'StaffPlan')),
  adds(
    'staff_plan_application',
    databaseRoles.region,
    `(${may('start', 'StaffPlan')} AND ${asMyself('applied_by')} AND (undone_at IS NULL) AND (EXISTS ( SELECT
   FROM staff_plan s
  WHERE ((s.id = staff_plan_application.plan_id) AND (s.state = 'done'::text) AND (s.starts_on = staff_plan_application.starts_on)))))`,
  ),
  changes(
    'staff_plan_application',
    databaseRoles.region,
    ['undone_at', 'undone_by', 'undone_by_name'],
    '(undone_at IS NULL)',
    `(${may('end', 'StaffPlan')} AND ${asMyself('undone_by')} AND (undone_at IS NOT NULL))`,
  ),
]

/** Assignments that an applied plan ended or began, with the last day that they had: rows are added as things stand, and never changed. */
export const planChangePolicies: readonly Policy[] = [
  openTo('staff_plan_change', databaseRoles.worker, 'all'),
  policy('staff_plan_change_region_select', 'select', databaseRoles.region, may('read', 'StaffPlan')),
  adds(
    'staff_plan_change',
    databaseRoles.region,
    `(${may('start', 'StaffPlan')} AND ${APPLIED_BY_ME} AND (EXISTS ( SELECT
   FROM care_assignment a
  WHERE ((a.id = staff_plan_change.assignment_id) AND (a.ended_at IS NULL) AND (NOT (a.ends_on IS DISTINCT FROM staff_plan_change.ends_on))))))`,
  ),
]

/**
 * The last day of an assignment changes with a plan alone: to an earlier one, the day before an applied one begins, and back to what it was when
 * that is taken back.
 */
export const plannedDays: Policy = {
  ...changes(
    'care_assignment',
    databaseRoles.region,
    ['ends_on'],
    '(ended_at IS NULL)',
    `(${may('start', 'StaffPlan')} AND (ended_at IS NULL) AND (EXISTS ( SELECT
   FROM (staff_plan_change c
     JOIN staff_plan_application p ON ((p.id = c.application_id)))
  WHERE ((c.assignment_id = care_assignment.id) AND (c.kind = 'shortened'::text) AND (((p.undone_at IS NULL) AND (care_assignment.ends_on = (p.starts_on - 1)) AND ((c.ends_on IS NULL) OR (c.ends_on >= p.starts_on))) OR ((p.undone_at IS NOT NULL) AND (NOT (care_assignment.ends_on IS DISTINCT FROM c.ends_on))))))))`,
  ),
  name: 'care_assignment_region_days',
}
