export { findOrganizations } from './find-organizations.ts'
export { allPractices } from './all-practices.ts'
export { Organization, OrganizationAlias } from './organization.entity.ts'
export { type OrganizationRow, organizationsById } from './organizations-by-id.ts'
