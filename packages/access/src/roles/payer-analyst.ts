import type { RolePage } from '../ability.ts'
import { acting } from './acting.ts'

/** A payer's analyst: the suppressed figures of its own members, nothing else. */
export const payerAnalyst: RolePage = {
  title: 'Payer analyst',
  organizationKind: 'payer',
  holder: 'person',
  permits(can, viewer) {
    can(['read', 'export'], 'Performance', { payerId: viewer.organizationId })
    can('read', 'Measure')
  },
  scope: (viewer) => ({ kind: 'payer', payerId: viewer.organizationId, ...acting(viewer) }),
}
