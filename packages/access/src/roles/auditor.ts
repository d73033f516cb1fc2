import type { RolePage } from '../ability.ts'
import { acting } from './acting.ts'

/** Answers who could read, who did, and why: the audit and nothing it is about. */
export const auditor: RolePage = {
  title: 'Auditor',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits(can) {
    can(['read', 'export'], 'AuditEvent')
    can('read', 'AuditSeal')
    can('read', ['Agreement', 'Assignment', 'Organization'])
  },
  scope: (viewer) => ({ kind: 'auditor', ...acting(viewer) }),
}
