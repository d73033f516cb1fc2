import { roleNames, rolePages, scopesOfRole, systemScopes } from '@carecommons/access'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'

export interface SystemRole {
  readonly role: string
  readonly title: string
  readonly scopes: readonly { readonly name: string; readonly words: string }[]
  readonly organizations: readonly OrganizationRow[]
}

/** What can be registered, and for whom. */
export async function systemRoles(ctx: Ctx): Promise<SystemRole[]> {
  const { db } = await ctx.tx()
  const organizations = await db
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'kind', 'city'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return roleNames.flatMap((role) => {
    const { title, holder, organizationKind } = rolePages[role]
    if (holder !== 'system') return []
    const scopes = scopesOfRole(role).map((name) => ({ name, words: systemScopes[name].words }))
    return [{ role, title, scopes, organizations: organizations.filter(({ kind }) => kind === organizationKind) }]
  })
}
