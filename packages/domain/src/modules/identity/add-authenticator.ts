import { type Id, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { credentialIds, NO_PASSKEYS_HERE } from './ask-passkey.ts'
import { beginChallenge, pendingChallenge, takeChallenge } from './challenge.ts'
import { NO_SESSION, requireStepUp, whoOf } from './confirm.ts'
import { askForNewPasskey, type NewPasskey, newPasskeyOf } from './passkey.ts'
import { type Account, readAccount } from './read-account.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { newTotpSecret, totpInvitation, totpStep } from './totp.ts'
import { isStillOpen } from './ways-in.ts'

/** The account with its new authenticator, and the recovery codes that came with the first one: told once. */
export interface Added {
  readonly account: Account
  readonly recoveryCodes: readonly string[]
}

export const CODE_WRONG = refused(
  'CodeWrong',
  'This is not the code that the app shows now. Check the clock of the telephone, and type the newest code.',
)
export const PASSKEY_REFUSED = refused('PasskeyRefused', 'The passkey was not made. Begin again, and answer within ten minutes.')

/** Begins with an authenticator app: the secret to scan or to type. */
export async function beginTotp(visit: Visit, session: OpenSession): Promise<{ secret: string; uri: string } | Refusal> {
  const refusal = requireStepUp({ clock: visit.clock, ...session })
  if (refusal) return refusal
  const secret = newTotpSecret()
  const sealed = visit.vault.seal(secret, session.user.id)
  await visit.sessions.within({ kind: 'door' }, (tx) =>
    beginChallenge(tx, visit, { purpose: 'enrolment', userId: session.user.id, nonce: null, secret: sealed }),
  )
  return totpInvitation(secret, `CareCommons ${session.region.name}`, session.user.email)
}

/** The app shows the right code: from now on it counts. */
export async function addTotp(
  visit: Visit,
  session: OpenSession,
  { label, code }: { label: string; code: string },
): Promise<Added | Refusal> {
  const codes = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const pending = await pendingChallenge(tx, visit, 'enrolment')
    if (pending?.userId !== session.user.id || !pending.secret) return refused('EnrolmentEnded', 'This took too long. Begin again.')
    const secret = visit.vault.unseal(pending.secret, session.user.id)
    const step = totpStep(secret, code, visit.clock.now())
    if (step === null || !(await takeChallenge(tx, visit, 'enrolment'))) return CODE_WRONG
    const id = await keepTotp(tx, visit, { userId: session.user.id, label, secret, step })
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'add-authenticator', outcome: 'allowed', subjectIds: [id] })
    return firstRecoveryCodes(tx, session.user.id)
  })
  return told(visit, session, codes)
}

export async function beginPasskey(visit: Visit, session: OpenSession): Promise<{ options: string } | Refusal> {
  const refusal = requireStepUp({ clock: visit.clock, ...session })
  if (refusal) return refusal
  const party = visit.relyingParty
  if (!party) return NO_PASSKEYS_HERE
  return visit.sessions.within({ kind: 'door' }, async (tx) => {
    const { options, nonce } = await askForNewPasskey(party, session.user, session.region.name, await credentialIds(tx, session.user.id))
    await beginChallenge(tx, visit, { purpose: 'enrolment', userId: session.user.id, nonce, secret: null })
    return { options }
  })
}

export async function addPasskey(
  visit: Visit,
  session: OpenSession,
  { label, answer }: { label: string; answer: string },
): Promise<Added | Refusal> {
  const codes = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const challenge = await takeChallenge(tx, visit, 'enrolment')
    if (challenge?.userId !== session.user.id || !challenge.nonce || !visit.relyingParty) return PASSKEY_REFUSED
    const passkey = await newPasskeyOf(visit.relyingParty, challenge.nonce, answer)
    const id = passkey && (await keepPasskey(tx, visit, { userId: session.user.id, label, passkey }))
    if (!id) return PASSKEY_REFUSED
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'add-authenticator', outcome: 'allowed', subjectIds: [id] })
    return firstRecoveryCodes(tx, session.user.id)
  })
  return told(visit, session, codes)
}

/** Ten new recovery codes; those of before are void. */
export async function renewRecoveryCodes(visit: Visit, session: OpenSession): Promise<Added | Refusal> {
  const refusal = requireStepUp({ clock: visit.clock, ...session })
  if (refusal) return refusal
  const codes = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    if (!(await isStillOpen(tx, session))) return NO_SESSION
    await keepDoorEvent(tx, visit, { ...whoOf(session), action: 'make-recovery-codes', outcome: 'allowed' })
    return makeRecoveryCodes(tx, session.user.id)
  })
  return told(visit, session, codes)
}

const told = async (visit: Visit, session: OpenSession, codes: readonly string[] | Refusal): Promise<Added | Refusal> =>
  isRefusal(codes) ? codes : { account: await readAccount(visit, session), recoveryCodes: codes as readonly string[] }

/** Codes stand in for a lost second factor beside a password: whoever has neither needs none. */
async function firstRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const password = await tx.db.selectFrom('password_credential').select('user_id').where('user_id', '=', userId).executeTakeFirst()
  const present = await tx.db.selectFrom('recovery_code').select('user_id').where('user_id', '=', userId).limit(1).executeTakeFirst()
  return password && !present ? makeRecoveryCodes(tx, userId) : []
}

export async function keepTotp(
  tx: Tx,
  visit: Visit,
  { userId, label, secret, step }: { userId: string; label: string; secret: Uint8Array; step: number },
): Promise<Id<'TotpAuthenticator'>> {
  const id = newId<'TotpAuthenticator'>()
  const now = visit.clock.now().toISOString()
  await tx.db
    .insertInto('totp_authenticator')
    .values({
      id,
      user_id: userId,
      label: labelOf(label, 'Authenticator app'),
      secret: visit.vault.seal(secret, userId),
      last_step: BigInt(step),
      created_at: now,
      last_used_at: now,
    })
    .execute()
  return id
}

/** Null when this passkey is known already, whoever's it is. */
export async function keepPasskey(
  tx: Tx,
  visit: Visit,
  { userId, label, passkey }: { userId: string; label: string; passkey: NewPasskey },
): Promise<Id<'Passkey'> | null> {
  const id = newId<'Passkey'>()
  const [kept] = await tx.db
    .insertInto('passkey')
    .values({
      id,
      user_id: userId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      sign_count: BigInt(passkey.signCount),
      transports: [...passkey.transports],
      label: labelOf(label, 'Passkey'),
      created_at: visit.clock.now().toISOString(),
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .returning('id')
    .execute()
  return kept ? id : null
}

const labelOf = (label: string, otherwise: string): string => label.trim().slice(0, 60) || otherwise
