import type { RolePage } from '../ability.ts'
import { keepsViews } from './keeps-views.ts'
import { practiceScope } from './practice-scope.ts'

/** A clinician or nurse of a member practice: its charts, what it measured itself, its registry, its figures. */
export const clinician: RolePage = {
  title: 'Clinician',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, viewer) {
    const { practiceIds, userId } = viewer
    const own = { practiceId: { $in: practiceIds } }
    can('read', ['Chart', 'Identifiers', 'ClinicalRecord', 'ClinicalNote', 'SensitiveRecord', 'Visibility', 'Disclosure'], own)
    can('create', 'ClinicalRecord', own)
    can('export', 'Chart', own)
    can('read', ['PracticeOverview', 'StaffShare'], own)
    can(['create', 'end'], ['GapException', 'TierOverride'], own)
    can(['read', 'create', 'end'], 'Huddle', own)
    keepsViews(can, viewer)
    can(['read', 'create'], 'Improvement', own)
    can(['read', 'create'], 'ListExport', { membershipId: viewer.membershipId })
    can(['read', 'create', 'end'], 'Caseload', own)
    can(['read', 'create', 'end'], ['Consent', 'SensitiveConsent', 'ShareGrant'], own)
    can(['read', 'create'], 'EmergencyAccess', { userId })
    can('read', ['Measure', 'Registry'])
  },
  scope: practiceScope,
}
