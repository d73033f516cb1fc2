import type { RolePage } from '../ability.ts'
import { practiceScope } from './practice-scope.ts'

/** Works the practice's gaps and figures: registry and clinical facts, no notes, no telephone numbers. */
export const practiceQualityLead: RolePage = {
  title: 'Practice quality lead',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, { practiceIds }) {
    const own = { practiceId: { $in: practiceIds } }
    can('read', ['Chart', 'ClinicalRecord', 'PracticeOverview', 'Visibility'], own)
    can(['read', 'create', 'end'], 'Huddle', own)
    can('read', ['Measure', 'Registry'])
  },
  scope: practiceScope,
}
