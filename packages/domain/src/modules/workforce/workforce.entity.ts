import { assignmentWriters, databaseRoles, openTo, ownPractice } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

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
    startsOn: p.date(),
    /** The last day, in the region's calendar. */
    endsOn: p.date().nullable(),
    /** Ended at once, whatever the last day was to be. */
    endedAt: p.string().columnType('timestamptz').nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.string().columnType('timestamptz'),
  },
  indexes: [
    { name: 'care_assignment_membership', properties: ['membershipId'] },
    { name: 'care_assignment_practice', properties: ['practiceId'] },
  ],
  rowLevelSecurity: 'force',
  policies: [
    openTo('care_assignment', databaseRoles.worker, 'all'),
    openTo('care_assignment', databaseRoles.region, 'select'),
    ...assignmentWriters,
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
