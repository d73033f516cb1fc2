export {
  type Ability,
  type Action,
  actions,
  abilityFor,
  isRoleName,
  type RoleName,
  rolePages,
  scopeFor,
  type SubjectName,
  subjects,
  type Viewer,
} from './ability.ts'
export { databaseRoles, everyDatabaseRole } from './database-role.ts'
export { openTo, ownPayer, ownPractice, regionDirectory, workedPractices } from './policies.ts'
export { rowCondition } from './row-condition.ts'
export { type Scope, sessionContext } from './scope.ts'
