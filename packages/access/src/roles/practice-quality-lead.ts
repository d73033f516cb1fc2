import type { RolePage } from '../ability.ts'
import { keepsViews } from './keeps-views.ts'
import { practiceScope } from './practice-scope.ts'

/** Works the practice's gaps and figures: registry and clinical facts, no notes, no telephone numbers. */
export const practiceQualityLead: RolePage = {
  title: 'Practice quality lead',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, viewer) {
    const own = { practiceId: { $in: viewer.practiceIds } }
    can('read', ['Chart', 'ClinicalRecord', 'PracticeOverview', 'StaffShare', 'Visibility'], own)
    can(['read', 'create', 'end'], 'Huddle', own)
    keepsViews(can, viewer)
    can(['read', 'create'], 'Improvement', own)
    can('read', 'Caseload', own)
    can('read', ['Measure', 'Registry'])
  },
  scope: practiceScope,
}
