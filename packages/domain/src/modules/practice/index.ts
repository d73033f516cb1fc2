export { Organization, OrganizationAlias, type OrganizationKind, organizationKinds } from './organization.entity.ts'
