import { randomUUID } from 'node:crypto'
import { type Algorithm, hash, verify } from '@node-rs/argon2'

const ARGON2ID = 2 as Algorithm

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB of memory, 2 passes, 1 lane. */
const OPTIONS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** argon2id as a PHC string. Normalized first, so that the same password typed on another keyboard is the same (NIST SP 800-63B-4, 3.1.1.2). */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), OPTIONS)

let decoy: Promise<string> | undefined

/** Compares at the same cost whether there is a hash or not, so that time does not tell which accounts exist. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  decoy ??= hashPassword(randomUUID())
  const matches = await verify(passwordHash ?? (await decoy), password.normalize('NFC'))
  return matches && passwordHash !== null
}
