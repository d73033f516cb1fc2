import { importJWK, type CryptoKey, type JWK } from 'jose'
import { type Refusal, refused } from '@carecommons/kernel'

/** SMART App Launch 2.2, "Client authentication: asymmetric": a server supports RS384 and ES384 at least; here they are all. */
export const assertionAlgorithms = ['RS384', 'ES384'] as const
export type AssertionAlgorithm = (typeof assertionAlgorithms)[number]

/** A public key that may sign: the members that matter, and no others. */
export interface PublicKey {
  readonly kid: string
  readonly kty: 'RSA' | 'EC'
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

const MOST_KEYS = 20
/** Members of private and symmetric keys (RFC 7518, section 6). */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/** Usable public keys of a key set; others in it are passed over, as RFC 7517 section 5 asks. Null when it is no key set. */
export function readKeySet(value: unknown): PublicKey[] | null {
  if (typeof value !== 'object' || value === null || !('keys' in value) || !Array.isArray(value.keys)) return null
  const found: PublicKey[] = []
  for (const key of value.keys.slice(0, MOST_KEYS) as unknown[]) {
    const usable = usableKey(key)
    if (usable) found.push(usable)
  }
  return found
}

function usableKey(value: unknown): PublicKey | null {
  if (typeof value !== 'object' || value === null) return null
  const key = value as Readonly<Record<string, unknown>>
  const { kid, kty, crv, n, e, x, y, use, key_ops: operations, alg } = key
  if (typeof kid !== 'string' || kid === '' || kid.length > 200 || hasSecret(key)) return null
  if (use !== undefined && use !== 'sig') return null
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return null
  if (kty === 'RSA' && typeof n === 'string' && typeof e === 'string' && (alg === undefined || alg === 'RS384')) return { kid, kty, n, e }
  if (kty === 'EC' && crv === 'P-384' && typeof x === 'string' && typeof y === 'string' && (alg === undefined || alg === 'ES384'))
    return { kid, kty, crv, x, y }
  return null
}

const hasSecret = (key: object): boolean => SECRET_MEMBERS.some((member) => Object.hasOwn(key, member))

/** A key set as it is typed in at registration: what is kept are its usable public keys. */
export async function registeredKeys(text: string): Promise<PublicKey[] | Refusal> {
  const value = parsed(text)
  const all = typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys) ? (value.keys as unknown[]) : []
  if (all.some((key) => typeof key === 'object' && key !== null && hasSecret(key)))
    return refused('PrivateKeyShown', 'This is a private key. Make a new pair, and paste the public part only.')
  const keys = readKeySet(value)
  if (!keys) return refused('KeySetUnreadable', 'A key set is JSON of the form {"keys": [...]}.')
  if (keys.length === 0 || keys.length < all.length)
    return refused('KeyUnusable', 'Every key needs a "kid" and is RSA (RS384, 2048 bits or more) or EC on the curve P-384 (ES384).')
  if (new Set(keys.map(({ kid }) => kid)).size < keys.length) return refused('KeyUnusable', 'Every key needs a "kid" of its own.')
  const importable = await Promise.all(keys.map((key) => imports(key)))
  return importable.every(Boolean)
    ? keys
    : refused('KeyUnusable', 'A key cannot be read: RSA keys have 2048 bits or more, EC keys a point on the curve P-384.')
}

/** The key under a `kid`, when there is exactly one of the algorithm's kind. */
export async function findKey(keys: readonly PublicKey[], kid: string, algorithm: AssertionAlgorithm): Promise<CryptoKey | null> {
  const [key, ...others] = keys.filter((one) => one.kid === kid && one.kty === (algorithm === 'RS384' ? 'RSA' : 'EC'))
  return key && others.length === 0 ? imported(key) : null
}

async function imported(key: PublicKey): Promise<CryptoKey> {
  const made = await importJWK(key as JWK, key.kty === 'RSA' ? 'RS384' : 'ES384')
  if (made instanceof Uint8Array) throw new Error('A public key is no secret.')
  return made
}

async function imports(key: PublicKey): Promise<boolean> {
  // A modulus shorter than 2048 bits is refused when it verifies; here it is refused while a person can still mend it.
  if (key.kty === 'RSA' && Buffer.from(key.n ?? '', 'base64url').length < 256) return false
  return imported(key).then(
    () => true,
    () => false,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
