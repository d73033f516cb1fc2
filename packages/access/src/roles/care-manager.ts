import type { RolePage } from '../ability.ts'
import { acting } from './acting.ts'
import { keepsViews } from './keeps-views.ts'

/** Shared staff: the charts of the practices with a live assignment or cover, as if they were one list. */
export const careManager: RolePage = {
  title: 'Care manager',
  organizationKind: 'coordinating-body',
  holder: 'person',
  permits(can, viewer) {
    const { practiceIds, userId, membershipId, organizationId } = viewer
    const assigned = { practiceId: { $in: practiceIds } }
    can('read', ['Chart', 'Identifiers', 'ClinicalRecord', 'ClinicalNote', 'SensitiveRecord', 'Visibility'], assigned)
    can('export', 'Chart', assigned)
    can(['read', 'create', 'end'], 'Huddle', assigned)
    keepsViews(can, viewer)
    can(['read', 'create'], 'ListExport', { membershipId: viewer.membershipId })
    can(['read', 'create', 'start', 'end'], 'Caseload', assigned)
    can(['read', 'create', 'end'], 'Consent', assigned)
    // Consents to others tell of records that this organization is not to know of (42 CFR 2.13(c)).
    can(['read', 'create', 'end'], 'SensitiveConsent', { ...assigned, recipientId: organizationId })
    can(['read', 'create'], 'EmergencyAccess', { userId })
    can('read', 'Assignment', { userId })
    can('read', 'Staff', { membershipId })
    can(['read', 'create', 'end'], 'Leave', { membershipId })
    can(['read', 'update'], 'Cover', { membershipId })
    can(['read', 'create', 'update'], 'Handoff', { membershipId })
    can('read', ['Measure', 'Registry'])
  },
  scope: (viewer) => ({ kind: 'care-manager', practiceIds: viewer.practiceIds, ...acting(viewer) }),
}
