import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passwords of this install's own logins and the key of its audit's seals, made once and kept in a file that only its user can read. */
export interface Secrets {
  readonly app: string
  readonly queue: string
  /** Key of the seals over the audit. */
  readonly seal: string
}

export function installSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Omit<Secrets, 'seal'> & Partial<Secrets>
    return kept.seal ? { ...kept, seal: kept.seal } : withSeal(file, kept)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(folder, { recursive: true })
  const secrets: Secrets = { app: password(), queue: password(), seal: password() }
  try {
    // `wx`: of two processes that start together one writes, the other reads.
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
    return secrets
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return installSecrets(folder)
    throw error
  }
}

/** Installs made before the audit was sealed have no key yet. The file is replaced whole: nobody reads half of it. */
function withSeal(file: string, kept: Omit<Secrets, 'seal'>): Secrets {
  const secrets: Secrets = { ...kept, seal: password() }
  const next = `${file}.${process.pid}`
  writeFileSync(next, JSON.stringify(secrets), { mode: 0o600 })
  renameSync(next, file)
  return secrets
}

const password = (): string => randomBytes(24).toString('base64url')
