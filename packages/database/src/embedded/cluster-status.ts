import { access, constants, realpath, stat, statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { address } from './address.ts'
import { readAccess } from './access-file.ts'
import { type Answer, askServer } from './ask-server.ts'
import { ClusterProblem, inWords } from './cluster-problem.ts'
import { countHolders } from './holders.ts'
import { type Layout, layout } from './layout.ts'
import { dataVersion, OWNER, refuseOtherVersion } from './make-data.ts'
import { livePostmaster, readPidFile } from './postmaster.ts'
import { runProgram } from './run-program.ts'

export interface ClusterStatus {
  folder: string
  /** Whether there is a database folder. */
  initialised: boolean
  running: boolean
  /** `18.4` while it runs, `18` otherwise. */
  version?: string
  pid?: number
  port?: number
  /** The system user who owns the data and runs the server. */
  owner?: string
  /** Bytes that are free on the disk of the data. */
  free?: number
  /** The address of a database, as the owning superuser, while the server answers. */
  url?: (database: string) => string
  /** What there is to know that needs no mending. */
  remark?: string
  /** What is wrong and what to do about it, a sentence or two each. */
  problems: string[]
}

const LITTLE = 1024 ** 3

/** Looks at an install's server without changing anything. */
export async function clusterStatus(folder: string): Promise<ClusterStatus> {
  const status: ClusterStatus = { folder: resolve(folder), initialised: false, running: false, problems: [] }
  try {
    status.free = await freeBytes(status.folder)
    if (status.free < LITTLE)
      status.problems.push(
        `Only ${Math.round(status.free / 1024 ** 2)} MB are free on the disk of ${status.folder}. Free some space before it is full.`,
      )
    if (await owner(status.folder)) await inspect(layout(await realpath(folder)), status)
    if (!status.initialised) await access(await nearestFolder(status.folder), constants.W_OK | constants.X_OK)
  } catch (error) {
    const known = inWords(error, status.folder)
    if (!(known instanceof ClusterProblem)) throw known
    status.problems.push(known.message)
  }
  return status
}

async function inspect(places: Layout, status: ClusterStatus): Promise<void> {
  status.owner = await owner(places.data)
  status.version = await dataVersion(places.data)
  if (!status.version) return
  status.initialised = true
  refuseOtherVersion(places.data, status.version)
  const access = await readAccess(places.access)
  if (!access) status.problems.push(`${places.access} with the password of the database is gone. Restore it from a backup.`)

  const server = await livePostmaster(places.data)
  if (server) {
    Object.assign(status, { running: true, pid: server.pid, port: server.port })
    const answer = await askServer(server.port, access?.password ?? '')
    if (answer.state === 'ready') {
      status.version = answer.version
      status.url = (database) => address(server.port, database, OWNER, access!.password)
      if ((await countHolders(places.holders)) === 0) status.problems.push(ORPHANED)
    } else if (answer.state === 'starting' || answer.state === 'stopping') status.remark = remark[answer.state]
    else status.problems.push(meaning[answer.state])
  } else if (await readPidFile(places.data)) status.remark = remark.killed
}

const remark = {
  starting: 'it is starting, perhaps repairing itself after a crash, and does not take connections yet',
  stopping: 'it is stopping',
  killed: 'it was not stopped cleanly; the next start recovers what was under way',
}

const ORPHANED =
  'The server runs, and nothing uses it: what started it was killed. The next start (npm start) takes it over, and stops it when it ends.'

const meaning: Record<Exclude<Answer['state'], 'ready' | keyof typeof remark>, string> = {
  silent: 'The server runs but does not answer. The next start ends it and starts it again.',
  foreign: 'The server does not accept the password that is kept for it.',
}

/** The name of a path's owner, or their number when they have no name; undefined when the path does not exist. */
async function owner(path: string): Promise<string | undefined> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!found) return undefined
  const { code, output } = await runProgram('id', ['-un', String(found.uid)])
  return code === 0 ? output.trim() : String(found.uid)
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(await nearestFolder(folder))
  return bavail * bsize
}

/** The folder itself, or the nearest above it that exists: in which it would be made. */
async function nearestFolder(folder: string): Promise<string> {
  try {
    await stat(folder)
    return folder
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || folder === dirname(folder)) throw error
    return nearestFolder(dirname(folder))
  }
}
