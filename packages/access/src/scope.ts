import type { Id } from '@carecommons/kernel'
import { databaseRoles, type DatabaseRole } from './database-role.ts'

/** What a transaction may touch. It becomes the session context that row-level security reads; without it there are no rows. */
export type Scope =
  | { readonly kind: 'door' }
  | ({ readonly kind: 'practice'; readonly practiceId: Id<'Organization'> } & Acting)
  | ({ readonly kind: 'region' } & Acting)
  | ({ readonly kind: 'payer'; readonly payerId: Id<'Organization'> } & Acting)
  | { readonly kind: 'worker'; readonly practiceIds: readonly Id<'Organization'>[] | 'none' }

interface Acting {
  readonly userId: Id<'User'>
  readonly membershipId: Id<'Membership'>
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
      return { role: databaseRoles.practice, variables: { ...acting(scope), 'commons.practice_id': scope.practiceId } }
    case 'region':
      return { role: databaseRoles.region, variables: acting(scope) }
    case 'payer':
      return { role: databaseRoles.payer, variables: { ...acting(scope), 'commons.payer_id': scope.payerId } }
    case 'worker':
      return {
        role: databaseRoles.worker,
        variables: { 'commons.practice_ids': scope.practiceIds === 'none' ? '{}' : `{${scope.practiceIds.join(',')}}` },
      }
  }
}

const acting = (scope: Acting): Record<string, string> => ({
  'commons.user_id': scope.userId,
  'commons.membership_id': scope.membershipId,
})
