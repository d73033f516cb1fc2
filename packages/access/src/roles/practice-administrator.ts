import type { RolePage } from '../ability.ts'
import { clinician } from './clinician.ts'
import { practiceScope } from './practice-scope.ts'

/** Runs a member practice: sees what its clinicians see. */
export const practiceAdministrator: RolePage = {
  title: 'Practice administrator',
  organizationKind: 'practice',
  permits: (can, viewer) => clinician.permits(can, viewer),
  scope: practiceScope,
}
