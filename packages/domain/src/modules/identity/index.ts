export { addUser, resetPassword, type SignInCard } from './add-user.ts'
export { AppUser, Membership, PasswordCredential, Session } from './identity.entity.ts'
export { findPayerAnalyst } from './find-payer-analyst.ts'
export { countUsers } from './count-users.ts'
