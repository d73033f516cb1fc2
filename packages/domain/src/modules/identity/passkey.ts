import { isUuid } from '@carecommons/kernel'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Tx } from '#shared/sessions'
import type { RelyingParty, Visit } from '#shared/visit'

/** What a browser is told in order to make or use a passkey: JSON for `PublicKeyCredential.parse...OptionsFromJSON`, and the nonce in it. */
export interface PasskeyQuestion {
  readonly options: string
  readonly nonce: string
}

export interface NewPasskey {
  readonly credentialId: string
  readonly publicKey: Buffer
  readonly signCount: number
  readonly transports: readonly string[]
}

/** A passkey that can be the only factor: it names its person itself (discoverable), and asks for finger, face or PIN. */
export async function askForNewPasskey(
  party: RelyingParty,
  person: { id: string; name: string; email: string },
  regionName: string,
  present: readonly string[],
): Promise<PasskeyQuestion> {
  const options = await generateRegistrationOptions({
    rpID: party.id,
    rpName: regionName,
    userID: Uint8Array.from(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    excludeCredentials: present.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { options: JSON.stringify(options), nonce: options.challenge }
}

/** `credentialIds` null: any passkey of this place, whoever's. */
export async function askForPasskey(party: RelyingParty, credentialIds: readonly string[] | null): Promise<PasskeyQuestion> {
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    userVerification: 'required',
    ...(credentialIds && { allowCredentials: credentialIds.map((id) => ({ id })) }),
  })
  return { options: JSON.stringify(options), nonce: options.challenge }
}

/** The passkey that a browser made in answer to a nonce; null when the answer is anything else. */
export async function newPasskeyOf(party: RelyingParty, nonce: string, answer: string): Promise<NewPasskey | null> {
  const response = readAnswer<RegistrationResponseJSON>(answer)
  if (!response) return null
  const verified = await orNull(
    verifyRegistrationResponse({ response, expectedChallenge: nonce, expectedOrigin: party.origin, expectedRPID: party.id }),
  )
  if (!verified?.verified) return null
  const { credential } = verified.registrationInfo
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    signCount: credential.counter,
    transports: (credential.transports ?? []).filter((name) => /^[a-z-]{2,20}$/.test(name)),
  }
}

/** Whose passkey signed the nonce; null when none did, or when its count says that there are two of it. */
export async function signerOf(tx: Tx, visit: Visit, nonce: string, answer: string): Promise<{ userId: string; passkeyId: string } | null> {
  const party = visit.relyingParty
  const response = readAnswer<AuthenticationResponseJSON>(answer)
  if (!party || !response) return null
  const row = await tx.db.selectFrom('passkey').selectAll().where('credential_id', '=', response.id).forUpdate().executeTakeFirst()
  if (!row || !namesPerson(response, row.user_id)) return null
  const verified = await orNull(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: nonce,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: { id: row.credential_id, publicKey: Uint8Array.from(row.public_key), counter: Number(row.sign_count) },
    }),
  )
  if (!verified?.verified) return null
  await tx.db
    .updateTable('passkey')
    .set({ sign_count: BigInt(verified.authenticationInfo.newCounter), last_used_at: visit.clock.now().toISOString() })
    .where('id', '=', row.id)
    .execute()
  return { userId: row.user_id, passkeyId: row.id }
}

/** A discoverable passkey says whose it is; that must be the person it was made for (WebAuthn, 7.2 step 6). */
function namesPerson(response: AuthenticationResponseJSON, userId: string): boolean {
  const { userHandle } = response.response
  if (!userHandle) return true
  return isUuid(userId) && Buffer.from(userHandle, 'base64url').toString('hex') === userId.replaceAll('-', '')
}

/** Answers come from browsers, so from anybody: what the library cannot read it throws at, and to us that is a no like any other. */
const orNull = <T>(verified: Promise<T>): Promise<T | null> => verified.catch(() => null)

/** The outer shape; everything inside is checked by the library. */
function readAnswer<Response extends { readonly id: string }>(text: string): Response | null {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null || !('id' in value) || !('response' in value)) return null
  return typeof value.id === 'string' && typeof value.response === 'object' && value.response !== null ? (value as Response) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
