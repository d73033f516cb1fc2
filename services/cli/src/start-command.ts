import { once } from 'node:events'
import { createServer } from 'node:net'
import { createApi } from '@carecommons/api'
import {
  countUsers,
  findOrganizations,
  findRegion,
  hasImported,
  loadRegistries,
  loadStarterSet,
  newestPublication,
  readRunProgress,
  type RegionIdentity,
} from '@carecommons/domain'
import { newId, systemClock } from '@carecommons/kernel'
import { openWorker } from '@carecommons/worker'
import { buildWeb, documentsFile, webFolder } from './build-web.ts'
import { CommandFault } from './command-fault.ts'
import { demoSignIns, printSignIns, seedDemo } from './demo-command.ts'
import type { DemoSize } from './demo-size.ts'
import { listenForInterruption } from './interruption.ts'
import { logLine } from './log-line.ts'
import { type Commons, openCommons, regionOf } from './open-commons.ts'
import { openToTools } from './open-to-tools.ts'
import { outsideOptions } from './outside-options.ts'
import { profilePrefixes } from './profile-prefixes.ts'
import { openQueue, queueBackend } from './open-queue.ts'
import { printPull } from './print-scores.ts'
import { askForRun, calendarYear, loadMeasures, type Period, watchRun } from './run-measures.ts'
import { answer, step } from './terminal.ts'
import { postOf, sealingOf } from './worker-parts.ts'

/** `npm start`: sets everything up, fills an empty database with a demo region, computes its measures, serves web and API on one port. */
export async function startCommand(demo: DemoSize): Promise<void> {
  const port = portWanted()
  await refuseTakenPort(port)
  const interruption = listenForInterruption()
  const failed = new AbortController()
  const closers: (() => Promise<void>)[] = []
  try {
    await bringUp(port, demo, AbortSignal.any([interruption, failed.signal]), closers)
    if (!interruption.aborted) await once(interruption, 'abort')
  } catch (error) {
    failed.abort()
    if (!interruption.aborted) throw error
  } finally {
    for (const close of closers.reverse()) await close()
  }
}

/** Leaves what is to be closed in `closers`, also when it throws; throws soon after an interruption. */
async function bringUp(port: number, demo: DemoSize, interruption: AbortSignal, closers: (() => Promise<void>)[]): Promise<void> {
  const keep = <T extends { close(): Promise<void> }>(opened: T): T => {
    closers.push(() => opened.close())
    interruption.throwIfAborted()
    return opened
  }
  const prefixes = profilePrefixes(process.env)
  // The web is built and the measures are translated beside everything else; both are awaited where they are needed.
  const web = buildWeb(interruption)
  web.catch(() => undefined)
  const commons = keep(await openCommons())
  const translated = loadStarterSet(commons.database).then(async (measures) => {
    await loadRegistries(commons.database)
    return measures
  })
  translated.catch(() => undefined)
  if (await wantsDemo(commons)) await seedDemo(commons, demo, interruption)
  await loadMeasures(translated)
  const region = await regionOf(commons, true)
  const host = hostFor(region)
  const jobs = await step(
    'Queue',
    () => openQueue(commons),
    () => `BullMQ on ${queueBackend(commons).kind === 'redis' ? 'Redis' : 'PostgreSQL'}`,
  )
  keep({ close: () => jobs.close() })
  keep(
    await openWorker({
      sessions: commons.database,
      jobs,
      clock: systemClock,
      region,
      ...postOf(commons),
      seal: sealingOf(commons),
      ...prefixes,
      log: logLine,
    }),
  )
  await step(
    'Web',
    () => web,
    (built) => (built ? 'built' : 'built before'),
  )
  const api = keep(
    await createApi({
      database: commons.database,
      staticFolder: webFolder,
      documentsFile,
      production: !openToTools(region, process.env).isOpen,
      clock: systemClock,
      log: logLine,
      sealingKey: commons.install.sealingKey,
      ...prefixes,
      ...outsideOptions(process.env),
    }),
  )
  await api.listen(port, host).catch((error: NodeJS.ErrnoException) => Promise.reject(portFault(error, port)))
  const year = Number(systemClock.today(region.timeZone).slice(0, 4))
  const period = calendarYear(year)
  const publication = await newestPublication(commons.database)
  if (!publication) {
    await watchRun(commons, await firstRun(commons, region, period), period, interruption)
    // The year before gives the dashboards something to compare with; it is computed while people look around.
    await askForRun(commons, region, calendarYear(year - 1), `first ${year - 1}`)
  }
  await printPull(commons, region, publication ?? period)
  // Last, so that a start which ends before it can tell the passwords has made none.
  const cards = region.isDemo && (await countUsers(commons.database)) === 0 ? await demoSignIns(commons, demo) : []
  answer('')
  printSignIns(cards)
  answer(`\nReady: http://localhost:${port}  (Ctrl-C stops it)`)
}

/** An empty database gets the demo region; one whose seeding was interrupted, before its last step too, gets the rest of it. */
async function wantsDemo({ database }: Commons): Promise<boolean> {
  const region = await findRegion(database)
  if (!region) return true
  return region.isDemo && !((await hasImported(database)) && (await findOrganizations(database)).some(isActivePractice))
}

const isActivePractice = ({ kind, activeSince }: Awaited<ReturnType<typeof findOrganizations>>[number]): boolean =>
  kind === 'practice' && activeSince !== null

/** The run that was asked for at an earlier start and is still under way; else a new one. */
async function firstRun(commons: Commons, region: RegionIdentity, period: Period): Promise<string> {
  const runId = await askForRun(commons, region, period, `first ${period.start}`)
  const { state } = await readRunProgress(commons.database, runId)
  return state === 'failed' ? askForRun(commons, region, period, `again ${newId()}`) : runId
}

/** Made-up people and printed passwords are for this machine only. */
function hostFor(region: RegionIdentity): string {
  const host = process.env.HOST ?? '127.0.0.1'
  if (region.isDemo && host !== '127.0.0.1') throw new CommandFault(`The demo region listens on 127.0.0.1 only; HOST is "${host}".`)
  return host
}

async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error) => reject(portFault(error, port)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

const portFault = (error: NodeJS.ErrnoException, port: number): CommandFault =>
  new CommandFault(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=4001 npm start` : error.message)

function portWanted(): number {
  const port = Number(process.env.PORT ?? 4000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new CommandFault(`PORT is "${process.env.PORT}"; it takes a number from 1 to 65535.`)
  return port
}
