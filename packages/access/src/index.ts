export { type Ability, abilityFor, isRoleName, type RoleName, roleNames, rolePages, scopeFor } from './ability.ts'
export { databaseRoles, everyDatabaseRole } from './database-role.ts'
export {
  chartReaders,
  openTo,
  ownOrganization,
  ownPayer,
  ownPractice,
  ownUser,
  regionDirectory,
  workedPractices,
} from './policies.ts'
export { rowCondition } from './row-condition.ts'
export { type Scope, sessionContext } from './scope.ts'
export { type Action, actions, type SubjectName, subjects } from './subject.ts'
export type { Viewer } from './viewer.ts'
