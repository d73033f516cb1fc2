export { findOrganizations, type OrganizationIdentity } from './find-organizations.ts'
export { allPractices } from './all-practices.ts'
export { Organization, OrganizationAlias, type OrganizationKind, organizationKinds } from './organization.entity.ts'
export { type OrganizationRow, organizationsById } from './organizations-by-id.ts'
