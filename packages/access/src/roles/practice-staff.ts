import type { RolePage } from '../ability.ts'
import { keepsViews } from './keeps-views.ts'
import { practiceScope } from './practice-scope.ts'

/**
 * The front desk: who is a patient here and how to reach them. The minimum necessary (45 CFR 164.502(b)): no clinical fact, no note, and
 * no consent to sensitive records, for that there is one says whose records these are (42 CFR 2.13(c)). Lets patients in to their own charts.
 */
export const practiceStaff: RolePage = {
  title: 'Front desk',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, viewer) {
    const own = { practiceId: { $in: viewer.practiceIds } }
    can('read', ['Chart', 'Identifiers', 'Visibility', 'Huddle'], own)
    can(['read', 'create'], 'Consent', own)
    keepsViews(can, viewer)
    can(['read', 'create', 'end'], 'PatientSignIn', own)
  },
  scope: practiceScope,
}
