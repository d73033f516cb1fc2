import { chmod, chown, mkdir, realpath, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ClusterProblem } from './cluster-problem.ts'
import type { Layout } from './layout.ts'
import { runProgram } from './run-program.ts'
import type { ServerUser } from './server-user.ts'

/** Makes the data root if need be; returns its real path, under which PostgreSQL knows it. */
export async function makeRoot(folder: string): Promise<string> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first && process.getuid?.() === 0) {
    // What root makes, the server user must be able to pass through (not to read), whatever the umask.
    for (let path = resolve(folder); path.length >= resolve(first).length; path = dirname(path)) await chmod(path, 0o711)
  }
  return realpath(folder)
}

/** Makes the log folder and sees to it that the server user reaches the data root. */
export async function lendRoot(places: Layout, { name, as }: ServerUser): Promise<void> {
  await mkdir(places.log, { recursive: true, mode: 0o700 })
  await writeFile(places.startLog, '', { mode: 0o600 })
  if (!as) return
  const { mode, uid } = await stat(places.root)
  if (uid === 0) await chmod(places.root, (mode & 0o7777) | 0o011)
  for (const path of [places.log, places.startLog]) await chown(path, as.uid, as.gid)
  const reach = await runProgram('/bin/sh', ['-c', 'cd "$0"', places.log], as)
  if (reach.code === 0) return
  throw new ClusterProblem(
    'FolderClosed',
    `PostgreSQL does not run as root; as the user ${name} it cannot reach ${places.root}, because a folder above is closed. Set COMMONS_DATA to a folder that is not inside a closed one such as /root.`,
  )
}
