import { stat } from 'node:fs/promises'
import { ClusterProblem } from './cluster-problem.ts'
import { type RunAs, runProgram } from './run-program.ts'

export interface ServerUser {
  name: string
  /** Set when the server must run as somebody else than this process. */
  as?: RunAs
}

/**
 * PostgreSQL refuses to run as root, so root lends it another user: the one who owns the data already, else `postgres`, else `nobody`.
 * Everybody else runs it as themselves.
 */
export async function serverUser(dataFolder: string): Promise<ServerUser> {
  const owner = await stat(dataFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  const self = process.getuid?.() ?? -1
  if (self !== 0) {
    if (owner && owner.uid !== self)
      throw new ClusterProblem(
        'FolderForeign',
        `${dataFolder} belongs to another user (id ${owner.uid}). Start as that user, or as root, or set COMMONS_DATA.`,
      )
    return { name: String(self) }
  }
  if (owner && owner.uid !== 0) return { name: String(owner.uid), as: { uid: owner.uid, gid: owner.gid } }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const as = await idsOf(name)
    if (as && as.uid > 0) return { name, as }
  }
  throw new ClusterProblem(
    'NoServerUser',
    'PostgreSQL does not run as root and this machine has neither a user postgres nor nobody. Create one (useradd --system postgres), or start as another user.',
  )
}

async function idsOf(name: string): Promise<RunAs | undefined> {
  const [user, group] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])])
  if (user.code !== 0 || group.code !== 0) return undefined
  return { uid: Number(user.output), gid: Number(group.output) }
}
