import type { RolePage } from '../ability.ts'
import { acting } from './acting.ts'

/** A patient: the own chart in one practice, what was agreed to, and who looked. */
export const patient: RolePage = {
  title: 'Patient',
  organizationKind: 'practice',
  holder: 'person',
  permits(can, viewer) {
    if (!viewer.patientId) return
    const own = { practiceId: { $in: viewer.practiceIds }, patientId: viewer.patientId }
    can('read', ['Chart', 'Identifiers', 'ClinicalRecord', 'SensitiveRecord'], own)
    can('read', ['Consent', 'SensitiveConsent', 'Visibility', 'Disclosure'], own)
  },
  scope: (viewer) => ({
    kind: 'patient',
    practiceId: viewer.practiceIds[0] ?? NOBODY,
    patientId: viewer.patientId ?? NOBODY,
    ...acting(viewer),
  }),
}

/** The nil UUID: no practice and no chart has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
