import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Keys of this install, made once and kept in a file that only its user can read. */
export interface Secrets {
  /** What the passwords of the logins follow from where DATABASE_URL holds none. */
  readonly logins: string
  /** Key of the seals over the audit. */
  readonly seal: string
}

export function installSecrets(folder: string): Secrets {
  const kept = existingSecrets(folder)
  if (kept.logins && kept.seal) return { logins: kept.logins, seal: kept.seal }
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'secrets.json')
  const next = `${file}.${process.pid}`
  const secrets: Secrets = { logins: kept.logins ?? newKey(), seal: kept.seal ?? newKey() }
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
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return installSecrets(folder)
    throw error
  } finally {
    rmSync(next)
  }
}

/** What there is of them, without making any. */
export function existingSecrets(folder: string): Partial<Secrets> {
  try {
    return JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Partial<Secrets>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}

const newKey = (): string => randomBytes(24).toString('base64url')
