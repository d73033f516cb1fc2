import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys of this install, made once and kept in a file that only its user can read. */
interface Kept {
  /** What the passwords of the logins follow from where DATABASE_URL holds none. */
  readonly logins: string
  /** Key of the seals over the audit. */
  readonly seal: string
  /** 32 bytes, base64url. */
  readonly sealing: string
}

export interface Secrets extends Omit<Kept, 'sealing'> {
  /** 32 bytes that seal what must be read again, such as the secrets of authenticator apps. Lost with it: every authenticator app. */
  readonly sealingKey: Uint8Array
}

/** `COMMONS_SEALING_KEY` takes the place of the kept key where several machines serve one region. */
export function installSecrets(folder: string, env: NodeJS.ProcessEnv = process.env): Secrets {
  const { sealing, ...kept } = keepSecrets(folder)
  const sealingKey = Buffer.from((env.COMMONS_SEALING_KEY ?? sealing).trim(), 'base64url')
  if (sealingKey.length !== 32) throw new Error('The sealing key (COMMONS_SEALING_KEY) is 32 random bytes in base64.')
  return { ...kept, sealingKey }
}

function keepSecrets(folder: string): Kept {
  const kept = existingSecrets(folder)
  if (isWhole(kept)) return kept
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'secrets.json')
  const next = `${file}.${process.pid}`
  const secrets: Kept = { logins: kept.logins ?? random(24), seal: kept.seal ?? random(24), sealing: kept.sealing ?? random(32) }
  // Whole or not at all. Installs of before hold some of the keys: their file is replaced.
  writeFileSync(next, JSON.stringify(secrets), { mode: 0o600 })
  if (Object.keys(kept).length > 0) {
    renameSync(next, file)
    return secrets
  }
  try {
    linkSync(next, file)
    return secrets
  } catch (error) {
    // Of two processes that start together one keeps its file, the other reads it.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return keepSecrets(folder)
    throw error
  } finally {
    rmSync(next)
  }
}

const isWhole = (kept: Partial<Kept>): kept is Kept => Boolean(kept.logins && kept.seal && kept.sealing)

/** What there is of them, without making any. */
export function existingSecrets(folder: string): Partial<Kept> {
  const file = join(folder, 'secrets.json')
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (areKeys(kept)) return kept
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return {}
    if (code !== undefined)
      throw new Error(`${file}, which holds the keys of this install, cannot be read: ${(error as Error).message}`, { cause: error })
  }
  throw new Error(
    `${file} does not hold the keys of this install any more. Put it back from a backup: without it authenticator apps and the seals over the audit are lost.`,
  )
}

const areKeys = (kept: unknown): kept is Partial<Kept> =>
  typeof kept === 'object' && kept !== null && !Array.isArray(kept) && Object.values(kept).every((one) => typeof one === 'string')

/** What is wrong with the kept keys; null when they can be read, or are still to be made. */
export function secretsFault(folder: string): string | null {
  try {
    existingSecrets(folder)
    return null
  } catch (error) {
    return (error as Error).message
  }
}

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')
