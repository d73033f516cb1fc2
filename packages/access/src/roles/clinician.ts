import type { RolePage } from '../ability.ts'
import { practiceScope } from './practice-scope.ts'

/** A clinician or nurse of a member practice: its charts, its registry, its figures. */
export const clinician: RolePage = {
  title: 'Clinician',
  organizationKind: 'practice',
  permits(can, viewer) {
    can('read', 'Chart', { practiceId: viewer.organizationId })
    can('read', 'PracticeOverview', { practiceId: viewer.organizationId })
    can('read', 'Measure')
    can('read', 'Directory')
  },
  scope: practiceScope,
}
