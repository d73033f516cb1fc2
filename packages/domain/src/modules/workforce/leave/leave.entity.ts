import { coverPolicies, handoffPolicies, leavePolicies } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'
import type { Duty } from '../duty.ts'

export const leaveKinds = ['vacation', 'sick', 'parental', 'training', 'other'] as const
export type LeaveKind = (typeof leaveKinds)[number]

/** Somebody of the shared staff is away, from a moment until another. */
export const StaffLeave = defineEntity({
  name: 'StaffLeave',
  tableName: 'staff_leave',
  properties: {
    id: p.uuid().primary(),
    membershipId: p.uuid(),
    personName: p.text(),
    kind: p
      .text()
      .$type<LeaveKind>()
      .check(`kind in (${leaveKinds.map((kind) => `'${kind}'`).join(', ')})`),
    fromAt: p.string().columnType('timestamptz'),
    /** The first moment back. */
    untilAt: p.string().columnType('timestamptz'),
    requestedBy: p.uuid(),
    requestedAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
  },
  indexes: [{ name: 'staff_leave_membership', properties: ['membershipId'] }],
  checks: [{ name: 'staff_leave_forward', expression: '(until_at > from_at)' }],
  rowLevelSecurity: 'force',
  policies: [...leavePolicies],
})

export type CoverState = 'proposed' | 'accepted' | 'declined' | 'withdrawn'

/** Somebody is asked to work for a practice while another is away. What opens the practice is the assignment that follows from accepting. */
export const LeaveCover = defineEntity({
  name: 'LeaveCover',
  tableName: 'leave_cover',
  properties: {
    id: p.uuid().primary(),
    leaveId: p.uuid(),
    practiceId: p.uuid(),
    duty: p.text().$type<Duty>(),
    leaverId: p.uuid(),
    leaverName: p.text(),
    /** Who is asked. */
    membershipId: p.uuid(),
    coverName: p.text(),
    /** Those of the leave. */
    fromAt: p.string().columnType('timestamptz'),
    untilAt: p.string().columnType('timestamptz'),
    state: p.text().$type<CoverState>().check("state in ('proposed', 'accepted', 'declined', 'withdrawn')"),
    proposedBy: p.uuid(),
    proposedAt: p.string().columnType('timestamptz'),
    answeredAt: p.string().columnType('timestamptz').nullable(),
  },
  uniques: [
    {
      name: 'leave_cover_open',
      properties: ['leaveId', 'practiceId'],
      where: "(state = ANY (ARRAY['proposed'::text, 'accepted'::text]))",
    },
  ],
  rowLevelSecurity: 'force',
  policies: [...coverPolicies],
})

/** What is handed over for a practice. It names patients, so it is read by two people and nobody else. */
export const StaffHandoff = defineEntity({
  name: 'StaffHandoff',
  tableName: 'staff_handoff',
  properties: {
    id: p.uuid().primary(),
    coverId: p.uuid(),
    practiceId: p.uuid(),
    leaverId: p.uuid(),
    /** Who covers. */
    membershipId: p.uuid(),
    situation: p.text(),
    background: p.text(),
    openItems: p.text(),
    risks: p.text(),
    version: p.integer(),
    writtenBy: p.uuid(),
    writtenAt: p.string().columnType('timestamptz'),
  },
  uniques: [{ name: 'staff_handoff_of_cover', properties: ['practiceId', 'coverId'] }],
  rowLevelSecurity: 'force',
  policies: handoffPolicies.filter(({ name }) => name.startsWith('staff_handoff')),
})

/** That whoever covers read a version of it. */
export const HandoffReceipt = defineEntity({
  name: 'HandoffReceipt',
  tableName: 'handoff_receipt',
  properties: {
    practiceId: p.uuid().primary(),
    handoffId: p.uuid().primary(),
    version: p.integer().primary(),
    membershipId: p.uuid(),
    at: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: handoffPolicies.filter(({ name }) => name.startsWith('handoff_receipt')),
})
