import type { Id } from '@carecommons/kernel'
import { databaseRoles, type DatabaseRole } from './database-role.ts'

/** What a transaction may touch. It becomes the session context that row-level security reads; without it there are no rows. */
export type Scope =
  | { readonly kind: 'door' }
  /** `practiceId` is null while the practice is not active: its own people and agreements, no chart. */
  | ({ readonly kind: 'practice'; readonly practiceId: Id<'Organization'> | null } & Acting)
  | ({ readonly kind: 'care-manager'; readonly practiceIds: readonly Id<'Organization'>[] } & Acting)
  | ({ readonly kind: 'region' } & Acting)
  | ({ readonly kind: 'payer'; readonly payerId: Id<'Organization'> } & Acting)
  | ({ readonly kind: 'patient'; readonly practiceId: Id<'Organization'>; readonly patientId: Id<'Patient'> } & Acting)
  /** One chart outside of the own reach, opened by a live share grant or an emergency; which of its rows, the policies decide. */
  | ({ readonly kind: 'grantee'; readonly practiceId: Id<'Organization'>; readonly patientId: Id<'Patient'> } & Acting)
  | ({ readonly kind: 'feed' } & Acting)
  | ({ readonly kind: 'auditor' } & Acting)
  | { readonly kind: 'sealer' }
  | { readonly kind: 'worker'; readonly practiceIds: readonly Id<'Organization'>[] | 'none' }

interface Acting {
  readonly userId: Id<'User'>
  readonly membershipId: Id<'Membership'>
  readonly organizationId: Id<'Organization'>
  /** Whether the role is one that consent may open labelled rows to. */
  readonly opensSensitive?: boolean
}

export interface SessionContext {
  readonly role: DatabaseRole
  readonly variables: Readonly<Record<string, string>>
}

/** The role to take on and the settings to set, both local to the transaction. */
export function sessionContext(scope: Scope): SessionContext {
  switch (scope.kind) {
    case 'door':
      return { role: databaseRoles.door, variables: {} }
    case 'practice':
      return { role: databaseRoles.practice, variables: { ...acting(scope), 'commons.practice_id': scope.practiceId ?? '' } }
    case 'care-manager':
      return { role: databaseRoles.careManager, variables: { ...acting(scope), 'commons.practice_ids': list(scope.practiceIds) } }
    case 'region':
      return { role: databaseRoles.region, variables: acting(scope) }
    case 'payer':
      return { role: databaseRoles.payer, variables: { ...acting(scope), 'commons.payer_id': scope.payerId } }
    case 'patient':
      return {
        role: databaseRoles.patient,
        variables: { ...acting(scope), 'commons.practice_id': scope.practiceId, 'commons.patient_id': scope.patientId },
      }
    case 'grantee':
      return {
        role: databaseRoles.grantee,
        variables: { ...acting(scope), 'commons.practice_id': scope.practiceId, 'commons.patient_id': scope.patientId },
      }
    case 'feed':
      return { role: databaseRoles.feed, variables: acting(scope) }
    case 'auditor':
      return { role: databaseRoles.auditor, variables: acting(scope) }
    case 'sealer':
      return { role: databaseRoles.sealer, variables: {} }
    case 'worker':
      return {
        role: databaseRoles.worker,
        variables: { 'commons.practice_ids': list(scope.practiceIds === 'none' ? [] : scope.practiceIds) },
      }
  }
}

const list = (ids: readonly string[]): string => `{${ids.join(',')}}`

const acting = (scope: Acting): Record<string, string> => ({
  'commons.user_id': scope.userId,
  'commons.membership_id': scope.membershipId,
  'commons.organization_id': scope.organizationId,
  'commons.sensitive': scope.opensSensitive ? 'on' : '',
})
