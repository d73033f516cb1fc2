import { isUuid } from '@carecommons/kernel'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { type AssertionAlgorithm, assertionAlgorithms, findKey, type PublicKey } from './key-set.ts'

/** Why an assertion is not accepted: for the log. The caller gets one wording for all of them. */
export type AssertionFault =
  | 'AssertionTooLong'
  | 'AssertionUnreadable'
  | 'AlgorithmRefused'
  | 'TypeRefused'
  | 'HeaderRefused'
  | 'KeyIdMissing'
  | 'KeyUnknown'
  | 'SignatureWrong'
  | 'ClaimsWrong'
  | 'Expired'
  | 'ExpiryTooFar'
  | 'NotYetValid'

/** What an assertion says about itself, before anything of it is believed. */
export interface ClaimedAssertion {
  readonly clientId: string
  readonly algorithm: AssertionAlgorithm
  readonly kid: string
  readonly keysAt: string | null
}

export interface ProvenAssertion {
  readonly jti: string
  /** Seconds since 1970. */
  readonly expires: number
}

const MOST_CHARACTERS = 8_192
/** SMART App Launch 2.2: an expiry no more than five minutes in the future. */
const MOST_SECONDS_AHEAD = 300
/** Clocks of two machines are never quite the same. An expiry gets no such grace. */
const CLOCK_GRACE_SECONDS = 5
/** Headers that would have the assertion bring or name its own key or rules (RFC 7515, section 4.1). `jku` is judged by its value. */
const HEADERS = new Set(['alg', 'typ', 'kid', 'jku'])

export function readAssertion(assertion: string): ClaimedAssertion | AssertionFault {
  if (assertion.length > MOST_CHARACTERS) return 'AssertionTooLong'
  const parts = decoded(assertion)
  if (!parts) return 'AssertionUnreadable'
  const { header, claims } = parts
  const algorithm = assertionAlgorithms.find((one) => one === header['alg'])
  if (!algorithm) return 'AlgorithmRefused'
  if (header['typ'] !== 'JWT') return 'TypeRefused'
  if (Object.keys(header).some((name) => !HEADERS.has(name))) return 'HeaderRefused'
  const { kid, jku } = header
  if (jku !== undefined && typeof jku !== 'string') return 'HeaderRefused'
  if (typeof kid !== 'string' || kid === '' || kid.length > 200) return 'KeyIdMissing'
  if (typeof claims.iss !== 'string' || claims.iss !== claims.sub || !isUuid(claims.iss)) return 'ClaimsWrong'
  return { clientId: claims.iss, algorithm, kid, keysAt: jku ?? null }
}

export interface Expected {
  readonly claimed: ClaimedAssertion
  /** The client's own keys. */
  readonly keys: readonly PublicKey[]
  /** Address of the token endpoint, by each of its names. */
  readonly audiences: readonly string[]
  readonly now: Date
}

/** Proves an assertion by its client's keys and checks every claim. */
export async function proveAssertion(
  assertion: string,
  { claimed, keys, audiences, now }: Expected,
): Promise<ProvenAssertion | AssertionFault> {
  const key = await findKey(keys, claimed.kid, claimed.algorithm)
  if (!key) return 'KeyUnknown'
  const claims = await verified(assertion, key, claimed, now)
  if (typeof claims === 'string') return claims
  const { aud, jti, exp = 0, iat } = claims
  const seconds = now.getTime() / 1000
  if (typeof aud !== 'string' || !audiences.includes(aud)) return 'ClaimsWrong'
  if (typeof jti !== 'string' || jti === '' || jti.length > 1_000) return 'ClaimsWrong'
  if (exp <= seconds) return 'Expired'
  if (exp > seconds + MOST_SECONDS_AHEAD) return 'ExpiryTooFar'
  if (iat !== undefined && iat > seconds + CLOCK_GRACE_SECONDS) return 'NotYetValid'
  return { jti, expires: exp }
}

async function verified(
  assertion: string,
  key: Parameters<typeof jwtVerify>[1],
  { algorithm, clientId }: ClaimedAssertion,
  now: Date,
): Promise<JWTPayload | AssertionFault> {
  try {
    const { payload } = await jwtVerify(assertion, key, {
      algorithms: [algorithm],
      issuer: clientId,
      subject: clientId,
      requiredClaims: ['aud', 'exp', 'jti'],
      clockTolerance: CLOCK_GRACE_SECONDS,
      currentDate: now,
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'Expired'
    if (error instanceof errors.JWTClaimValidationFailed) return error.claim === 'nbf' ? 'NotYetValid' : 'ClaimsWrong'
    if (error instanceof errors.JOSEError) return 'SignatureWrong'
    // A key that is too short for its algorithm.
    if (error instanceof TypeError) return 'KeyUnknown'
    throw error
  }
}

function decoded(assertion: string): { header: Record<string, unknown>; claims: JWTPayload } | null {
  try {
    return { header: { ...decodeProtectedHeader(assertion) }, claims: decodeJwt(assertion) }
  } catch (error) {
    if (error instanceof TypeError || error instanceof errors.JOSEError) return null
    throw error
  }
}
