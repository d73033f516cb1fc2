import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Seals what must be read again, such as the secret of an authenticator app: a stolen database without the install's key tells nothing. */
export interface Vault {
  /** `whose` is bound in: what was sealed for one row cannot be put into another. */
  seal(secret: Uint8Array, whose: string): Buffer
  unseal(sealed: Uint8Array, whose: string): Buffer
}

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM. Sealed: version, nonce, tag, text. */
export function openVault(key: Uint8Array): Vault {
  if (key.length !== 32) throw new Error('The sealing key has 32 bytes.')
  return {
    seal(secret, whose) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(whose))
      const text = Buffer.concat([cipher.update(secret), cipher.final()])
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), text])
    },
    unseal(sealed, whose) {
      if (sealed[0] !== VERSION) throw new Error(`Sealed in version ${sealed[0]}, which this code does not know.`)
      const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
      const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(whose)).setAuthTag(tag)
      return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()])
    },
  }
}
