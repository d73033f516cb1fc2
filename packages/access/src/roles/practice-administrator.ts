import type { RolePage } from '../ability.ts'
import { clinician } from './clinician.ts'
import { practiceScope } from './practice-scope.ts'

/** Runs a member practice: sees what its clinicians see, signs for it, manages its people, and sees who looked. */
export const practiceAdministrator: RolePage = {
  title: 'Practice administrator',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, viewer) {
    clinician.permits(can, viewer)
    const here = { organizationId: viewer.organizationId }
    can('read', 'Organization', here)
    can(['read', 'create'], 'Agreement', here)
    can(['read', 'create', 'update', 'end'], 'Membership', here)
    const own = { practiceId: { $in: viewer.practiceIds } }
    can('read', ['AuditEvent', 'Assignment', 'Audience'], own)
    can('export', 'AuditEvent', own)
    can(['read', 'create'], 'RecordUpload', own)
    can(['read', 'update'], 'EmergencyAccess', own)
    can(['read', 'create', 'end'], 'PatientSignIn', own)
  },
  scope: practiceScope,
}
