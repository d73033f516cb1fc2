export {
  type Ability,
  abilityFor,
  guestAbility,
  guestScope,
  isRoleName,
  type RoleName,
  roleNames,
  rolePages,
  rolesThatMay,
  scopeFor,
} from './ability.ts'
export { auditWriters } from './audit-policies.ts'
export {
  barWriters,
  consentWriters,
  cycleWriters,
  emergencyWriters,
  exceptionWriters,
  caseHandles,
  caseWriters,
  huddleWriters,
  overrideWriters,
  savedViewKeepers,
  shareGrantWriters,
} from './chart-writing-policies.ts'
export { databaseRoles, everyDatabaseRole } from './database-role.ts'
export { administratorRoles, grantableRoles } from './grantable-roles.ts'
export { organizationReaders } from './organization-policies.ts'
export {
  assignedPractices,
  chartReaders,
  only,
  openTo,
  openToExceptPatients,
  ownChart,
  ownOrganization,
  ownPayer,
  ownPractice,
  ownUser,
  type Policy,
  practiceOfOwnChart,
  regionDirectory,
  toldToPatients,
  workedPractices,
} from './policies.ts'
export {
  barsOfEmergencies,
  consentReaders,
  grantedCharts,
  labelledChartReaders,
  mailOfOwnEmergency,
  ownEmergencies,
  standInReaders,
  toOwnOrganization,
} from './labelled-policies.ts'
export { roleTable } from './role-table.ts'
export { type Equalities, rowCondition } from './row-condition.ts'
export { type Scope, sessionContext } from './scope.ts'
export { scopesOfRole } from './scopes-of-role.ts'
export { type Action, actions, type SubjectName, subjects, subjectWords } from './subject.ts'
export { isSystemScope, type SystemScope, systemScopes } from './system-scopes.ts'
export type { Viewer } from './viewer.ts'
export { acceptedCover, coverPolicies, handoffPolicies, leavePolicies } from './leave-policies.ts'
export {
  planApplicationPolicies,
  planChangePolicies,
  plannedDays,
  planningFigurePolicies,
  scopeRulePolicies,
  staffPlanPolicies,
  staffPolicies,
  travelTimePolicies,
} from './workforce-policies.ts'
export {
  exportOfOwn,
  listExportKeepers,
  mailOfOwnInvitation,
  mailOfRenewal,
  measureWriters,
  recordUploadKeepers,
  regionJobs,
  registryReaders,
  registryWriters,
  runReaders,
  uploadOfOwn,
  wishFor,
} from './work-policies.ts'
export {
  agreementWriters,
  assignableRoles,
  assignmentWriters,
  invitationWriters,
  membershipWriters,
  organizationWriters,
  ownName,
  systemUsers,
  systemWriters,
  usersOfTheRegion,
} from './writing-policies.ts'
