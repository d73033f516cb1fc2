export { CareAssignment } from './workforce.entity.ts'
