export {
  type Ability,
  type Action,
  actions,
  abilityFor,
  isRoleName,
  type RoleName,
  rolePages,
  type RolePage,
  scopeFor,
  type SubjectName,
  subjects,
  type Viewer,
} from './ability.ts'
export { type DatabaseRole, databaseRoles, everyDatabaseRole } from './database-role.ts'
export { openTo, ownPayer, ownPractice, type Policy, regionDirectory, workedPractices } from './policies.ts'
export { type Equalities, rowCondition } from './row-condition.ts'
export { type Scope, sessionContext, type SessionContext } from './scope.ts'
