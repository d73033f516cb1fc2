import { regionDirectory } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

export const organizationKinds = ['coordinating-body', 'practice', 'payer', 'community-partner'] as const
export type OrganizationKind = (typeof organizationKinds)[number]

/** A coordinating body, practice, payer or community partner of the region. Directory, not chart. */
export const Organization = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    regionId: p.uuid(),
    kind: p.text().$type<OrganizationKind>().check("kind in ('coordinating-body', 'practice', 'payer', 'community-partner')"),
    name: p.text(),
    slug: p.text(),
    city: p.text().nullable(),
    createdAt: p.string().columnType('timestamptz'),
  },
  uniques: [{ name: 'organization_slug', properties: ['kind', 'slug'] }],
  rowLevelSecurity: 'force',
  policies: regionDirectory('organization'),
})

/** Names under which sources know an organization: a FHIR id, a payer's display name in claims. */
export const OrganizationAlias = defineEntity({
  name: 'OrganizationAlias',
  tableName: 'organization_alias',
  properties: {
    kind: p.text().primary().$type<OrganizationKind>(),
    /** `fhir:<id>` or `name:<normalized name>`. */
    alias: p.text().primary(),
    organizationId: p.uuid(),
  },
  rowLevelSecurity: 'force',
  policies: regionDirectory('organization_alias'),
})
