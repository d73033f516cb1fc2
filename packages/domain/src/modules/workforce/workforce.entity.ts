import { acceptedCover, assignmentWriters, databaseRoles, openTo, ownPractice, plannedDays } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import { type Duty, duties } from './duty.ts'
import type { WeeklyHours } from './hours.ts'

export type AssignmentKind = 'assignment' | 'cover'

/** A care manager's membership works for a practice, from a day until a day. Whoever reads charts across practices does it through a live row here. */
export const CareAssignment = defineEntity({
  name: 'CareAssignment',
  tableName: 'care_assignment',
  properties: {
    id: p.uuid().primary(),
    membershipId: p.uuid(),
    practiceId: p.uuid(),
    kind: p.text().$type<AssignmentKind>().check("kind in ('assignment', 'cover')"),
    duty: p
      .text()
      .$type<Duty>()
      .default('care-management')
      .check(`duty in (${duties.map((duty) => `'${duty}'`).join(', ')})`),
    /** In order of the week. */
    hours: p.json().$type<readonly WeeklyHours[]>().defaultRaw(`'[]'`),
    startsOn: p.date(),
    /** The last day, in the region's calendar. */
    endsOn: p.date().nullable(),
    /** Ended at once, whatever the last day was to be. */
    endedAt: p.string().columnType('timestamptz').nullable(),
    /** Of a cover during leave: exactly from and until when, within these days. */
    fromAt: p.string().columnType('timestamptz').nullable(),
    untilAt: p.string().columnType('timestamptz').nullable(),
    coverId: p.uuid().nullable(),
    coversFor: p.text().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.string().columnType('timestamptz'),
  },
  indexes: [
    { name: 'care_assignment_membership', properties: ['membershipId'] },
    { name: 'care_assignment_practice', properties: ['practiceId'] },
  ],
  uniques: [{ name: 'care_assignment_cover', properties: ['practiceId', 'coverId'] }],
  checks: [{ name: 'care_assignment_moments', expression: '((from_at IS NULL) = (until_at IS NULL))' }],
  rowLevelSecurity: 'force',
  policies: [
    openTo('care_assignment', databaseRoles.worker, 'all'),
    openTo('care_assignment', databaseRoles.region, 'select'),
    ...assignmentWriters,
    plannedDays,
    acceptedCover,
    openTo('care_assignment', databaseRoles.door, 'select'),
    openTo('care_assignment', databaseRoles.auditor, 'select'),
    ownPractice('care_assignment'),
    {
      name: 'care_assignment_own_membership',
      command: 'select',
      roles: [databaseRoles.careManager],
      // Its own memberships are all that a care manager's role reads.
      using: `((membership_id = (nullif(current_setting('commons.membership_id'::text, true), ''::text))::uuid) AND (EXISTS ( SELECT
   FROM membership m
  WHERE (m.id = care_assignment.membership_id))))`,
    },
  ],
})
