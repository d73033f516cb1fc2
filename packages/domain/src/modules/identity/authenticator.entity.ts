import { defineEntity, p } from '@mikro-orm/core'
import { doorOnly } from './door-only.ts'

/** An authenticator app: RFC 6238 with SHA-1, 6 digits and 30 s, which every app knows. */
export const TotpAuthenticator = defineEntity({
  name: 'TotpAuthenticator',
  tableName: 'totp_authenticator',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid().index('totp_authenticator_user'),
    label: p.text(),
    /** Sealed with the install's key. */
    secret: p.blob().columnType('bytea'),
    /** The newest time step whose code was used: no code is taken twice (RFC 6238, section 5.2). */
    lastStep: p.bigint(),
    createdAt: p.string().columnType('timestamptz'),
    lastUsedAt: p.string().columnType('timestamptz').nullable(),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('totp_authenticator'),
})

/** A passkey: the public half of a WebAuthn credential. */
export const Passkey = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid().index('passkey_user'),
    /** As the authenticator named it, base64url. */
    credentialId: p.text().unique(),
    /** COSE key. */
    publicKey: p.blob().columnType('bytea'),
    /** Stays 0 for passkeys that are synchronized between devices. */
    signCount: p.bigint(),
    transports: p.array().columnType('text[]'),
    label: p.text(),
    createdAt: p.string().columnType('timestamptz'),
    lastUsedAt: p.string().columnType('timestamptz').nullable(),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('passkey'),
})

/** A code that opens once, when the authenticators are lost. More than 112 random bits, so a plain hash keeps it (NIST SP 800-63B-4, 3.1.2). */
export const RecoveryCode = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_code',
  properties: { codeHash: p.blob().columnType('bytea').primary(), userId: p.uuid().index('recovery_code_user') },
  rowLevelSecurity: 'force',
  policies: doorOnly('recovery_code'),
})

/** A question put to one browser, to be answered once within minutes: the second step of signing in, a passkey's signature, a new authenticator. */
export const SignInChallenge = defineEntity({
  name: 'SignInChallenge',
  tableName: 'sign_in_challenge',
  properties: {
    tokenHash: p.blob().columnType('bytea').primary(),
    purpose: p
      .text()
      .$type<'second-factor' | 'passkey' | 'enrolment' | 'invitation'>()
      .check("purpose in ('second-factor', 'passkey', 'enrolment', 'invitation')"),
    /** Null while it is not known who answers. */
    userId: p.uuid().nullable(),
    /** What a passkey is to sign, base64url. */
    nonce: p.text().nullable(),
    /** Of an authenticator app to be, sealed. */
    secret: p.blob().columnType('bytea').nullable(),
    expiresAt: p.string().columnType('timestamptz'),
  },
  rowLevelSecurity: 'force',
  policies: doorOnly('sign_in_challenge'),
})
