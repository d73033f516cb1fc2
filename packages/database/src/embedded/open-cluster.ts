import { existsSync } from 'node:fs'
import { address } from './address.ts'
import { type Access, newAccess, readAccess, writeAccess } from './access-file.ts'
import { ClusterProblem, inWords } from './cluster-problem.ts'
import { lendRoot, makeRoot } from './data-root.ts'
import { freePort } from './free-port.ts'
import { hold, holdersAlive, release, releaseAll } from './holders.ts'
import { type Layout, layout } from './layout.ts'
import { dataVersion, makeData, OWNER, refuseOtherVersion } from './make-data.ts'
import { withLock } from './opening-lock.ts'
import { livePostmaster } from './postmaster.ts'
import { type Programs, programs } from './programs.ts'
import { type StopMode, startServer, stopServer, waitForAnswer } from './server.ts'
import { type ServerUser, serverUser } from './server-user.ts'
import { writeSettings } from './settings.ts'

export interface ClusterOptions {
  /** The data root of this install. */
  folder: string
  /** A wish; a port that is taken is passed over. */
  port?: number
  /** Receives what is being done when it takes long enough to be told. */
  say?: (line: string) => void
  /** False gives up safety in a power cut for speed: for tests. Default true. */
  durable?: boolean
}

export interface Cluster {
  /** The address of a database, as the owning superuser unless another user (and their password) is named. */
  url(database: string, user?: string, password?: string): string
  port: number
  /** `18.4` */
  version: string
  /** True when the server was running already. */
  adopted: boolean
  /** PostgreSQL's own folder. */
  dataFolder: string
  /** Leaves the server, and stops it unless another living process has it open. Resolves when its processes are gone. */
  stop(mode?: StopMode): Promise<void>
}

const quietly = () => undefined

/**
 * Opens the PostgreSQL 18 server of this install: adopts it when it runs, else repairs what a crash left, makes the database folder if
 * there is none, and starts it. Any number of processes may call this at once. Throws ClusterProblem when a person must act.
 */
export async function openCluster({ folder, port, say = quietly, durable = true }: ClusterOptions): Promise<Cluster> {
  try {
    const places = layout(await makeRoot(folder))
    return await withLock(places.lock, say, () => open(places, { port, say, durable }))
  } catch (error) {
    throw inWords(error, folder)
  }
}

/** Stops the server of this install, whoever uses it; false when none was running. */
export async function stopCluster(folder: string, mode: StopMode = 'fast'): Promise<boolean> {
  if (!existsSync(folder)) return false
  try {
    const places = layout(await makeRoot(folder))
    return await withLock(places.lock, quietly, async () => {
      const running = (await livePostmaster(places.data)) !== undefined
      if (running) await stopAs(await serverUser(places.data), places, mode)
      await releaseAll(places.holders)
      return running
    })
  } catch (error) {
    throw inWords(error, folder)
  }
}

interface Opening {
  port?: number
  say: (line: string) => void
  durable: boolean
}

interface Running {
  port: number
  version: string
}

async function open(places: Layout, opening: Opening): Promise<Cluster> {
  const user = await serverUser(places.data)
  const made = await dataVersion(places.data)
  if (made) refuseOtherVersion(places.data, made)
  const access = (await readAccess(places.access)) ?? (made ? passwordLost(places) : newAccess())

  const found = await waitForAnswer(places.data, access.password)
  const { port, version } = found ?? (await makeAndStart(places, user, access, made !== undefined, opening))
  if (port !== access.port) await writeAccess(places.access, { ...access, port })

  const holder = await hold(places.holders)
  return {
    url: (database, name = OWNER, password = name === OWNER ? access.password : '') => address(port, database, name, password),
    port,
    version,
    adopted: found !== undefined,
    dataFolder: places.data,
    stop: (mode = 'fast') =>
      withLock(places.lock, quietly, async () => {
        await release(holder)
        if ((await holdersAlive(places.holders)) === 0) await stopAs(user, places, mode)
      }),
  }
}

async function makeAndStart(
  places: Layout,
  user: ServerUser,
  access: Access,
  made: boolean,
  { port, say, durable }: Opening,
): Promise<Running> {
  await lendRoot(places, user)
  const ready = await programs(places.programs, say, user.as)
  if (!made) {
    say('Making the database folder …')
    await writeAccess(places.access, access) // before the folder: a database whose password nobody knows would be lost
    await makeData(places, ready, access.password, durable, user.as)
  }
  if (await livePostmaster(places.data)) {
    say('The database server hangs; ending it and starting it again …')
    await stopServer(places.data, ready, 'immediate', user.as)
  }
  return start(places, ready, access, { port, say, durable }, user)
}

async function start(
  places: Layout,
  ready: Programs,
  access: Access,
  { port: wish, say, durable }: Opening,
  { as }: ServerUser,
): Promise<Running> {
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort(wish, access.port)
    const wanted = wish ?? access.port
    if (wanted && port !== wanted) say(`Port ${wanted} is taken by another program; the database uses ${port} from now on.`)
    await writeSettings(places.data, ready, { port, logFolder: places.log, durable }, as)
    if ((await startServer(places, ready, port, say, as)) === 'port taken') continue
    const answer = await waitForAnswer(places.data, access.password)
    if (answer) return answer
    throw new ClusterProblem('ServerNotStarted', `PostgreSQL started but does not answer. Its log is in ${places.log}.`)
  }
  throw new ClusterProblem('ServerNotStarted', 'Other programs took every port that was tried for the database.')
}

async function stopAs({ as }: ServerUser, places: Layout, mode: StopMode): Promise<void> {
  await stopServer(places.data, await programs(places.programs, quietly, as), mode, as)
}

function passwordLost(places: Layout): never {
  throw new ClusterProblem(
    'PasswordLost',
    `${places.data} holds a database, but ${places.access} with its password is gone. Restore that file from a backup.`,
  )
}
