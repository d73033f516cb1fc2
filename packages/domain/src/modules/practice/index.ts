export { allPractices } from './all-practices.ts'
export { Organization, OrganizationAlias, type OrganizationKind, organizationKinds } from './organization.entity.ts'
