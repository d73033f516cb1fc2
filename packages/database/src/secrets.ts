import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Passwords of this install's own logins, made once and kept in a file that only its user can read. */
export interface Secrets {
  readonly app: string
  readonly queue: string
}

export function installSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(folder, { recursive: true })
  const secrets: Secrets = { app: password(), queue: password() }
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

const password = (): string => randomBytes(24).toString('base64url')
