import { randomBytes } from 'node:crypto'
import { open, readFile, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ClusterProblem } from './cluster-problem.ts'

/** How to reach the server: kept in a 0600 file so that other users of the machine do not get in. */
export interface Access {
  /** Remembered so that the address stays the same; 0 until one was chosen. */
  port: number
  password: string
}

export function newAccess(): Access {
  return { port: 0, password: randomBytes(24).toString('base64url') }
}

export async function readAccess(file: string): Promise<Access | undefined> {
  try {
    const { port, password } = JSON.parse(await readFile(file, 'utf8')) as Partial<Access>
    return typeof port === 'number' && typeof password === 'string' ? { port, password } : undefined
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || error instanceof SyntaxError) return undefined
    if (code === 'EACCES')
      throw new ClusterProblem('FolderForeign', `${file} belongs to another user. Start as that user, or as root, or set COMMONS_DATA.`)
    throw error
  }
}

/** Writes whole or not at all, and onto the disk: initdb uses the password only after this. */
export async function writeAccess(file: string, access: Access): Promise<void> {
  const making = `${file}.making`
  const handle = await open(making, 'w', 0o600)
  try {
    await handle.chmod(0o600)
    await handle.writeFile(JSON.stringify(access) + '\n')
    if (process.getuid?.() === 0) {
      // Root may open what another user made; the file stays theirs.
      const { uid, gid } = await stat(dirname(file))
      await handle.chown(uid, gid)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(making, file)
}
