import { chmod, chown, mkdir, realpath, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Access, newAccess, readAccess, writeAccess } from './access-file.ts'
import { ClusterProblem, inWords } from './cluster-problem.ts'
import { freePort } from './free-port.ts'
import { hold, holdersAlive, release } from './holders.ts'
import { type Layout, layout } from './layout.ts'
import { dataVersion, makeData, OWNER, refuseOtherVersion } from './make-data.ts'
import { withLock } from './opening-lock.ts'
import { type Programs, programs } from './programs.ts'
import { type RunAs, runProgram } from './run-program.ts'
import { type StopMode, startServer, stopServer, waitForAnswer } from './server.ts'
import { serverUser } from './server-user.ts'
import { writeSettings } from './settings.ts'

export interface ClusterOptions {
  /** The data root of this install. */
  folder: string
  /** A wish; taken ports are passed over. */
  port?: number
  /** Receives what is being done, when it takes long enough to be told. */
  say?: (line: string) => void
  /** False gives up safety in a power cut for speed: for tests. Default true. */
  durable?: boolean
}

export interface Cluster {
  /** The address of a database; as the owning superuser unless another user (and their password) is named. */
  url(database: string, user?: string, password?: string): string
  port: number
  /** `18.4` */
  version: string
  /** True when the server was running already. */
  adopted: boolean
  /** PostgreSQL's own folder. */
  dataFolder: string
  /** Leaves the server, and stops it unless another living process has it open. Resolves when that is done. */
  stop(mode?: StopMode): Promise<void>
}

/**
 * Opens the PostgreSQL 18 server of this install: adopts it when it runs, else repairs what a crash left, makes the database folder
 * if there is none, and starts it. Any number of processes may call this at once. Throws ClusterProblem when a person must act.
 */
export async function openCluster({ folder, port, say = () => undefined, durable = true }: ClusterOptions): Promise<Cluster> {
  try {
    const places = layout(await makeRoot(folder))
    return await withLock(places.lock, say, () => open(places, { port, say, durable }))
  } catch (error) {
    throw inWords(error, folder)
  }
}

/** Stops the server of this install whoever uses it; false when none was running. */
export async function stopCluster(folder: string, mode: StopMode = 'fast'): Promise<boolean> {
  if (!existsSync(folder)) return false
  const places = layout(await realpath(folder))
  return withLock(places.lock, () => undefined, async () => {
    const running = existsSync(join(places.data, 'postmaster.pid'))
    const { as } = await serverUser(places.data)
    if (running) await stopServer(places.data, await programs(places.programs, () => undefined, as), mode, as)
    return running
  })
}

interface Opening {
  port?: number
  say: (line: string) => void
  durable: boolean
}

async function open(places: Layout, { port, say, durable }: Opening): Promise<Cluster> {
  const { as, name } = await serverUser(places.data)
  const version = await dataVersion(places.data)
  if (version) refuseOtherVersion(places.data, version)
  const access = (await readAccess(places.access)) ?? (version ? passwordLost(places) : newAccess())

  let running = await waitForAnswer(places.data, access.password)
  const adopted = running !== undefined
  if (!running) {
    await prepareFolders(places, name, as)
    const ready = await programs(places.programs, say, as)
    if (!version) {
      say('Making the database folder …')
      await writeAccess(places.access, access)
      await makeData(places, ready, access.password, durable, as)
    }
    running = await start(places, ready, access, { port, say, durable }, as)
  }
  if (running.port !== access.port) await writeAccess(places.access, { ...access, port: running.port })

  const holder = await hold(places.holders)
  const { port: openPort, version: serverVersion } = running
  return {
    url: (database, user = OWNER, password = user === OWNER ? access.password : '') =>
      `postgresql://${encodeURIComponent(user)}${password && `:${encodeURIComponent(password)}`}@127.0.0.1:${openPort}/${encodeURIComponent(database)}`,
    port: openPort,
    version: serverVersion,
    adopted,
    dataFolder: places.data,
    stop: (mode = 'fast') => leave(places, holder, mode, as),
  }
}

async function start(places: Layout, ready: Programs, access: Access, { port, say, durable }: Opening, as?: RunAs): Promise<{ port: number; version: string }> {
  await stopServer(places.data, ready, 'immediate', as) // one that lives but does not answer
  const [lz4, statistics] = await Promise.all([knowsLz4(ready, as), brings(ready, 'pg_stat_statements')])
  for (let tries = 0; tries < 5; tries++) {
    const chosen = await freePort(port, access.port)
    if (access.port && chosen !== access.port) say(`Port ${access.port} is taken by another program; the database uses ${chosen} from now on.`)
    await writeSettings(places.data, { port: chosen, logFolder: places.log, durable, lz4, statistics }, as)
    if ((await startServer(places, ready, chosen, say, as)) === 'port taken') continue
    const answer = await waitForAnswer(places.data, access.password)
    if (answer) return answer
    throw new ClusterProblem('ServerNotStarted', `PostgreSQL started and ended again at once. Its logs are in ${places.log}.`)
  }
  throw new ClusterProblem('ServerNotStarted', 'Other programs took every port that was tried for the database.')
}

async function leave(places: Layout, holder: string, mode: StopMode, as?: RunAs): Promise<void> {
  await withLock(places.lock, () => undefined, async () => {
    await release(holder)
    if ((await holdersAlive(places.holders)) > 0) return
    await stopServer(places.data, await programs(places.programs, () => undefined, as), mode, as)
  })
}

async function makeRoot(folder: string): Promise<string> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  // Folders made for root are passable (not readable) for the server user, whatever the umask.
  for (let path = made && folder; path && path.length >= made!.length; path = dirname(path)) if (process.getuid?.() === 0) await chmod(path, 0o711)
  return realpath(folder)
}

async function prepareFolders(places: Layout, name: string, as?: RunAs): Promise<void> {
  await mkdir(places.log, { recursive: true, mode: 0o700 })
  if (!as) return writeFile(places.startLog, '', { mode: 0o600 })
  const { mode, uid } = await stat(places.root)
  if (uid === 0) await chmod(places.root, (mode & 0o7777) | 0o011)
  await writeFile(places.startLog, '', { mode: 0o600 })
  for (const path of [places.log, places.startLog]) await chown(path, as.uid, as.gid)
  const reach = await runProgram('/bin/sh', ['-c', 'cd "$0"', places.log], as)
  if (reach.code !== 0)
    throw new ClusterProblem('FolderClosed', `PostgreSQL must run as the user ${name}, who cannot reach ${places.root}. Set COMMONS_DATA to a folder outside of closed ones such as /root.`)
}

function passwordLost(places: Layout): never {
  throw new ClusterProblem('PasswordLost', `${places.data} holds a database but ${places.access} with its password is gone. Restore that file from a backup.`)
}

async function knowsLz4({ postgres }: Programs, as?: RunAs): Promise<boolean> {
  return false
}

async function brings({ postgres }: Programs, library: string): Promise<boolean> {
  const folder = join(dirname(postgres), '..', 'lib', 'postgresql')
  return ['so', 'dylib'].some((suffix) => existsSync(join(folder, `${library}.${suffix}`)))
}
