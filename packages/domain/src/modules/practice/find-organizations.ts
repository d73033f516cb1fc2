import type { Id } from '@carecommons/kernel'
import type { Sessions } from '#shared/sessions'
import type { OrganizationKind } from './organization.entity.ts'

export interface OrganizationIdentity {
  readonly id: Id<'Organization'>
  readonly kind: OrganizationKind
  readonly name: string
  readonly slug: string
}

/** The region's organizations, by kind and name. */
export async function findOrganizations(sessions: Sessions): Promise<OrganizationIdentity[]> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('organization').select(['id', 'kind', 'name', 'slug']).orderBy('kind').orderBy('name').execute(),
  )
}
