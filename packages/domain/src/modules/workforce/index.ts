export { endAssignmentsOf } from './end-assignments-of.ts'
export { CareAssignment } from './workforce.entity.ts'
