import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'

const checkout = realpathSync(resolve(import.meta.dirname, '../../../..'))

/**
 * The data root of this install. COMMONS_DATA is taken as it is. Otherwise each checkout has a folder of its own, named after the
 * checkout and a hash of its path, so that two checkouts never meet in one cluster: under /var/lib/carecommons for root (the
 * server then runs as another user, who could not enter /root), else in the user's data folder.
 */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const chosen = env.COMMONS_DATA
  if (chosen) return resolve(chosen)
  const hash = createHash('sha256').update(checkout).digest('hex').slice(0, 8)
  return join(systemOrUserFolder(), `${basename(checkout)}-${hash}`)
}

function systemOrUserFolder(): string {
  if (process.getuid?.() === 0) return process.platform === 'darwin' ? '/Library/Application Support/carecommons' : '/var/lib/carecommons'
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'carecommons')
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'carecommons')
}
