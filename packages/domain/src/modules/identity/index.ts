export { AppUser, Membership, Session } from './identity.entity.ts'
