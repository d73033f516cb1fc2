import type { RolePage } from '../ability.ts'

/** A payer's analyst: the suppressed figures of its own members, nothing else. */
export const payerAnalyst: RolePage = {
  title: 'Payer analyst',
  organizationKind: 'payer',
  permits(can, viewer) {
    can(['read', 'export'], 'Performance', { payerId: viewer.organizationId })
    can('read', 'Measure')
    can('read', 'Directory')
  },
  scope: (viewer) => ({
    kind: 'payer',
    payerId: viewer.organizationId,
    userId: viewer.userId,
    membershipId: viewer.membershipId,
  }),
}
