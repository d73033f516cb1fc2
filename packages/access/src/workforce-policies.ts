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
