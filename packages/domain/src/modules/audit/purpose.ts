import type { RoleName } from '@carecommons/access'
import type { Act } from '#shared/context'
import type { Purpose } from './audit.entity.ts'

/**
 * What a role looks at records for, where nothing more is known: treatment, or the operations and payment of 45 CFR 164.501. A look
 * through a share grant, in an emergency or on a patient's request is said by whoever opens it.
 */
const USUAL = {
  'region-administrator': 'operations',
  'region-analyst': 'operations',
  'workforce-manager': 'operations',
  'identity-steward': 'operations',
  'care-supervisor': 'treatment',
  'care-manager': 'treatment',
  auditor: 'oversight',
  'practice-administrator': 'operations',
  clinician: 'treatment',
  'practice-quality-lead': 'operations',
  'practice-staff': 'operations',
  patient: 'patient-request',
  'payer-analyst': 'payment',
  'payer-system': 'payment',
  'feed-system': 'treatment',
} satisfies Record<RoleName, Purpose>

/** Whoever asks for an emergency's way in says so by asking, also when it is refused; reading what was opened is the role's usual work. */
export function usualPurpose(role: RoleName, { action, subject }: Pick<Act, 'action' | 'subject'>): Purpose {
  if (subject === 'AuditEvent' || subject === 'AuditSeal') return 'oversight'
  return subject === 'EmergencyAccess' && action === 'create' ? 'emergency' : USUAL[role]
}
