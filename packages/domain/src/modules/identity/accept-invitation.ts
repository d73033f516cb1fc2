import { type Day, type Id, isRefusal, newId, type Refusal, refused } from '@carecommons/kernel'
import { keepDoorEvent } from '#modules/audit'
import type { Tx } from '#shared/sessions'
import type { OpenSession, Visit } from '#shared/visit'
import { CODE_WRONG, keepPasskey, keepTotp, PASSKEY_REFUSED } from './add-authenticator.ts'
import { beginSession, renewToken } from './begin-session.ts'
import { beginChallenge, pendingChallenge, takeChallenge } from './challenge.ts'
import { knownOf } from './change-password.ts'
import { whoOf } from './confirm.ts'
import { liveMemberships } from './live-memberships.ts'
import { INVITATION_OVER, openInvitation, type OpenInvitation } from './open-invitation.ts'
import { openSession } from './open-session.ts'
import { askForNewPasskey, newPasskeyOf } from './passkey.ts'
import { hashPassword } from './password.ts'
import { passwordProblem, standsAlone } from './password-rules.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { sayBirthDate } from './say-birth-date.ts'
import { newTotpSecret, totpInvitation, totpStep } from './totp.ts'
import { confirmMembership, holdUser, noteRenewal, voidWaysIn } from './ways-in.ts'

const SIGN_IN_FIRST = refused(
  'SignInFirst',
  'Somebody signs in with this address already. If that is you, sign in, then open the link again.',
)
const ENROLMENT_ENDED = refused('EnrolmentEnded', 'This took too long. Reload the page and scan the new code.')
const NO_ROLE = refused('RenewalOnly', 'This link brings no role; it lets you choose new ways to sign in.')
const OTHER_ADDRESS = refused('OtherAddress', 'This invitation is for another address than the one you are signed in with.')

/** Tells a reader of the link who invites whom to what. */
export async function readInvitation(visit: Visit, token: string): Promise<OpenInvitation | Refusal> {
  const mayTry = await visit.signIns.take(null, visit.address)
  const found = mayTry ? await visit.sessions.within({ kind: 'door' }, (tx) => openInvitation(tx, visit, token)) : null
  if (found) await visit.signIns.forgive(null, visit.address)
  return found ?? INVITATION_OVER
}

/** What a newcomer chooses from: a secret for an authenticator app beside a password, and a passkey. */
export interface AcceptanceBegun {
  readonly secret: string
  readonly uri: string
  /** Null where passkeys do not work. */
  readonly passkeyOptions: string | null
}

/** A password that is thought of already is looked at before its owner scans anything. */
export interface Beginning {
  readonly token: string
  readonly birthDate: Day | null
  readonly password: string | null
}

export async function beginAcceptance(visit: Visit, { token, birthDate, password }: Beginning): Promise<AcceptanceBegun | Refusal> {
  const invitation = await readInvitation(visit, token)
  if (isRefusal(invitation)) return invitation
  const stranger = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const open = await openInvitation(tx, visit, token, true)
    return open ? sayBirthDate(tx, visit, open, birthDate) : INVITATION_OVER
  })
  if (stranger) return stranger
  const problem = password === null ? null : passwordWish(password, invitation)
  if (problem) return problem
  const person = { id: invitation.renewed?.userId ?? newId<'User'>(), name: invitation.name, email: invitation.email }
  const secret = newTotpSecret()
  const party = visit.relyingParty
  const question = party && (await askForNewPasskey(party, person, invitation.regionName, []))
  await visit.sessions.within({ kind: 'door' }, (tx) =>
    beginChallenge(tx, visit, {
      purpose: 'invitation',
      userId: person.id,
      nonce: question?.nonce ?? null,
      secret: visit.vault.seal(secret, person.id),
    }),
  )
  return { ...totpInvitation(secret, `CareCommons ${invitation.regionName}`, person.email), passkeyOptions: question?.options ?? null }
}

/** A password with an authenticator app's code, or a passkey alone. */
export interface Acceptance {
  readonly token: string
  readonly password?: string | null
  readonly code?: string | null
  readonly passkey?: string | null
  /** Of a patient, as the chart has it. */
  readonly birthDate?: Day | null
}

export interface Accepted {
  readonly session: OpenSession
  readonly recoveryCodes: readonly string[]
}

/** A newcomer takes the role, with what they will sign in with from now on; whoever has it already signs in with that and nothing else. */
export async function acceptInvitation(visit: Visit, input: Acceptance): Promise<Accepted | Refusal> {
  const invitation = await readInvitation(visit, input.token)
  if (isRefusal(invitation)) return invitation
  const problem = input.passkey ? null : passwordWish(input.password ?? '', invitation)
  // Of any password: what is wrong with one can be that it is the patient's name, which a stranger is not told, by no clock either.
  const passwordHash = input.passkey ? null : await hashPassword(input.password ?? '')
  const outcome = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    // Of two links to one person, and of whatever else changes what they sign in with, one comes first.
    if (invitation.renewed) await holdUser(tx, invitation.renewed.userId)
    const open = await openInvitation(tx, visit, input.token, true)
    if (!open) return INVITATION_OVER
    const refusal = (await sayBirthDate(tx, visit, open, input.birthDate ?? null)) ?? problem
    if (refusal) return refusal
    if (!open.renewed && (await isKnown(tx, 'email', open.email))) return SIGN_IN_FIRST
    const factor = await (input.passkey ? newcomersPasskey(tx, visit, input.passkey) : newcomersApp(tx, visit, input.code ?? ''))
    if (isRefusal(factor)) return factor
    const { userId } = factor
    // What this browser was asked was asked for another link.
    if (open.renewed ? open.renewed.userId !== userId : await isKnown(tx, 'id', userId)) return ENROLMENT_ENDED
    if (open.renewed) await voidWaysIn(tx, userId)
    else await addUser(tx, visit, { id: userId, name: open.name, email: open.email })
    await factor.keep()
    if (passwordHash) await keepPassword(tx, visit, { userId, passwordHash, alone: standsAlone(input.password!) })
    const recoveryCodes = passwordHash ? await makeRecoveryCodes(tx, userId) : []
    return {
      userId,
      recoveryCodes,
      membershipId: await (open.renewed ? noteRenewal(tx, visit, { ...open, ...open.renewed }) : takeRole(tx, visit, open, userId)),
    }
  })
  if (isRefusal(outcome)) return outcome
  visit.handOutChallenge(null)
  const session = await beginSession(visit, outcome)
  // The membership ended right after: what was chosen stays, and opens nothing here.
  return session ? { session, recoveryCodes: outcome.recoveryCodes } : INVITATION_OVER
}

/**
 * Somebody who is signed in takes a role on top of those they have, or is confirmed in one that waits for it; the session acts under it at once.
 */
export async function joinByInvitation(
  visit: Visit,
  session: OpenSession,
  { token, birthDate }: { readonly token: string; readonly birthDate: Day | null },
): Promise<OpenSession | Refusal> {
  const invitation = await readInvitation(visit, token)
  if (isRefusal(invitation)) return invitation
  if (invitation.email !== session.user.email) return OTHER_ADDRESS
  if (invitation.renewed && !(invitation.renewed.waits && invitation.renewed.userId === session.user.id)) return NO_ROLE
  const renewed = await visit.sessions.within({ kind: 'door' }, async (tx) => {
    const open = await openInvitation(tx, visit, token, true)
    if (!open) return INVITATION_OVER
    const stranger = await sayBirthDate(tx, visit, open, birthDate)
    if (stranger) return stranger
    const membershipId = await (open.renewed
      ? confirmMembership(tx, visit, { ...open, ...open.renewed }, session)
      : takeRole(tx, visit, open, session.user.id, session))
    return renewToken(tx, visit, { membership_id: membershipId })
  })
  if (isRefusal(renewed)) return renewed
  visit.handOut(renewed)
  const look = await openSession({ ...visit, token: renewed })
  return look.state === 'open' ? look.session : INVITATION_OVER
}

const passwordWish = (password: string, { name, email, regionName, organization }: OpenInvitation): Refusal | null =>
  passwordProblem({ password, hasSecondFactor: true, context: [...knownOf({ name, email }, regionName), organization] })

interface NewcomersFactor {
  readonly userId: string
  /** Once the person is there. */
  keep(): Promise<unknown>
}

async function newcomersApp(tx: Tx, visit: Visit, code: string): Promise<NewcomersFactor | Refusal> {
  const pending = await pendingChallenge(tx, visit, 'invitation')
  if (!pending?.userId || !pending.secret) return ENROLMENT_ENDED
  const { userId } = pending
  const secret = visit.vault.unseal(pending.secret, userId)
  const step = totpStep(secret, code, visit.clock.now())
  if (step === null || !(await takeChallenge(tx, visit, 'invitation'))) return CODE_WRONG
  return { userId, keep: () => keepTotp(tx, visit, { userId, label: '', secret, step }) }
}

async function newcomersPasskey(tx: Tx, visit: Visit, answer: string): Promise<NewcomersFactor | Refusal> {
  const challenge = await takeChallenge(tx, visit, 'invitation')
  if (!challenge?.userId || !challenge.nonce || !visit.relyingParty) return PASSKEY_REFUSED
  const { userId } = challenge
  const passkey = await newPasskeyOf(visit.relyingParty, challenge.nonce, answer)
  return passkey ? { userId, keep: () => keepPasskey(tx, visit, { userId, label: '', passkey }) } : PASSKEY_REFUSED
}

const keepPassword = (tx: Tx, visit: Visit, { userId, passwordHash, alone }: { userId: string; passwordHash: string; alone: boolean }) =>
  tx.db
    .insertInto('password_credential')
    .values({ user_id: userId, password_hash: passwordHash, changed_at: visit.clock.now().toISOString(), stands_alone: alone })
    .execute()

const isKnown = async ({ db }: Tx, by: 'email' | 'id', value: string): Promise<boolean> =>
  (await db.selectFrom('app_user').select('id').where(by, '=', value).executeTakeFirst()) !== undefined

const addUser = ({ db }: Tx, { clock }: Visit, user: { id: string; name: string; email: string }) =>
  db
    .insertInto('app_user')
    .values({ ...user, created_at: clock.now().toISOString() })
    .execute()

/** The membership that comes of the invitation; the one in force already, if the person has that role there. */
async function takeRole(tx: Tx, visit: Visit, open: OpenInvitation, userId: string, session?: OpenSession): Promise<Id<'Membership'>> {
  const now = visit.clock.now().toISOString()
  const present = (await liveMemberships(tx, visit, userId, { waiting: true })).find(
    ({ role, organization, patientId }) => role === open.role && organization.id === open.organizationId && patientId === open.patientId,
  )
  const id = present?.id ?? newId<'Membership'>()
  const starts_on = visit.clock.today(open.timeZone)
  if (!present)
    await tx.db
      .insertInto('membership')
      .values({ id, user_id: userId, organization_id: open.organizationId, role: open.role, patient_id: open.patientId, starts_on })
      .execute()
  // Who asks somebody in knows them.
  else await tx.db.updateTable('membership').set({ waits_since: null }).where('id', '=', id).execute()
  await tx.db.updateTable('invitation').set({ accepted_at: now, accepted_as: id }).where('id', '=', open.id).execute()
  const who = session ? whoOf(session) : { userId, membershipId: id }
  await keepDoorEvent(tx, visit, { ...who, action: 'accept-invitation', outcome: 'allowed', subjectIds: [open.id, id] })
  return id
}
