import { Secret, TOTP } from 'otpauth'

/** Seconds of a step: RFC 6238. */
const PERIOD = 30
/** Clocks of telephones are off: one step either way (RFC 6238, section 5.2). */
const DRIFT = 1

/** 160 random bits, as RFC 4226 recommends for SHA-1. */
export const newTotpSecret = (): Uint8Array => new Secret({ size: 20 }).bytes

/** What a person types into an app, and the address behind the code they scan. */
export function totpInvitation(secret: Uint8Array, issuer: string, label: string): { readonly secret: string; readonly uri: string } {
  const kept = keptSecret(secret)
  return { secret: kept.base32, uri: new TOTP({ issuer, label, secret: kept, period: PERIOD }).toString() }
}

/** The time step whose code this is, one step of drift allowed; null when it is none. */
export function totpStep(secret: Uint8Array, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const timestamp = now.getTime()
  const delta = TOTP.validate({ token, secret: keptSecret(secret), period: PERIOD, timestamp, window: DRIFT })
  return delta === null ? null : TOTP.counter({ period: PERIOD, timestamp }) + delta
}

const keptSecret = (secret: Uint8Array): Secret => new Secret({ buffer: Uint8Array.from(secret).buffer })
