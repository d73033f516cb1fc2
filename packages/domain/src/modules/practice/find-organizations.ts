import type { Day, Id } from '@carecommons/kernel'
import type { Sessions } from '#shared/sessions'
import type { OrganizationKind } from './organization.entity.ts'

export interface OrganizationIdentity {
  readonly id: Id<'Organization'>
  readonly kind: OrganizationKind
  readonly name: string
  readonly slug: string
  /** Of a practice: null until both agreements are signed. */
  readonly activeSince: Day | null
  /** False: a payer that records only name, and that the region has not agreed to. */
  readonly agreed: boolean
}

/** The region's organizations, by kind and name. */
export async function findOrganizations(sessions: Sessions): Promise<OrganizationIdentity[]> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db
      .selectFrom('organization')
      .select(['id', 'kind', 'name', 'slug', 'active_since as activeSince', 'agreed'])
      .orderBy('kind')
      .orderBy('name')
      .execute(),
  )
}
