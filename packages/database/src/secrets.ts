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
  try {
    return JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Partial<Kept>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

const random = (bytes: number): string => randomBytes(bytes).toString('base64url')
