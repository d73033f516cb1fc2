import { randomBytes } from 'node:crypto'
import type { RoleName } from '@carecommons/access'
import { type Day, type Id, newId, type Refusal, refused } from '@carecommons/kernel'
import { agreeToPayer } from '#modules/practice'
import type { Sessions } from '#shared/sessions'
import { isEmailAddress, keptEmail } from './email-address.ts'
import { hashPassword } from './password.ts'

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const

export interface NewUser {
  readonly name: string
  readonly email: string
  readonly role: RoleName
  readonly organizationId: Id<'Organization'>
  readonly from: Day
}

/** A sign-in as it is told once, to the person who asked for it. Only a hash of the password is kept. */
export interface SignInCard {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Adds a person with a membership and a random password. Emails are compared in lower case. */
export async function addUser(sessions: Sessions, user: NewUser): Promise<SignInCard | Refusal> {
  const email = keptEmail(user.email)
  if (!isEmailAddress(email)) return refused('EmailUnusable', `"${user.email}" is no email address; it looks like name@practice.example.`)
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  return sessions.within(SCOPE, async ({ db }) => {
    const id = newId<'User'>()
    const [added] = await db
      .insertInto('app_user')
      .values({ id, name: user.name, email, created_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .execute()
    if (!added) return refused('EmailTaken', `${email} signs in already; give another address.`)
    await db
      .insertInto('password_credential')
      .values({ user_id: id, password_hash: passwordHash, changed_at: new Date().toISOString(), stands_alone: true })
      .execute()
    await db
      .insertInto('membership')
      .values({ id: newId<'Membership'>(), user_id: id, organization_id: user.organizationId, role: user.role, starts_on: user.from })
      .execute()
    await agreeToPayer({ db }, user.organizationId)
    return { name: user.name, email, password }
  })
}

/** For somebody who lost their ways in: a new random password as the only factor, no session, no authenticator. */
export async function resetPassword(sessions: Sessions, email: string): Promise<SignInCard | Refusal> {
  const password = randomPassword()
  const passwordHash = await hashPassword(password)
  return sessions.within(SCOPE, async ({ db }) => {
    const user = await db.selectFrom('app_user').select(['id', 'name', 'email']).where('email', '=', keptEmail(email)).executeTakeFirst()
    if (!user) return refused('UserUnknown', `Nobody signs in as ${email}.`)
    const kept = { password_hash: passwordHash, changed_at: new Date().toISOString(), stands_alone: true }
    await db
      .insertInto('password_credential')
      .values({ user_id: user.id, ...kept })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(kept))
      .execute()
    for (const table of ['session', 'totp_authenticator', 'passkey', 'recovery_code'] as const)
      await db.deleteFrom(table).where('user_id', '=', user.id).execute()
    return { name: user.name, email: user.email, password }
  })
}

/** 96 random bits, readable over a telephone: four groups of five characters without look-alikes. */
function randomPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const picks = [...randomBytes(20)].map((byte) => letters[byte % letters.length]!).join('')
  return picks.match(/.{5}/g)!.join('-')
}
