import { createServer } from 'node:net'
import { createApi } from '@carecommons/api'
import { countUsers, findRegion, loadStarterSet, newestPublication, readRunProgress, type RegionIdentity } from '@carecommons/domain'
import { newId, systemClock } from '@carecommons/kernel'
import { openWorker } from '@carecommons/worker'
import { buildWeb, webFolder } from './build-web.ts'
import { CommandFault } from './command-fault.ts'
import { type DemoSize, printSignIns, seedDemo } from './demo-command.ts'
import { logLine } from './log-line.ts'
import { type Commons, openCommons, openQueue, queueBackend, regionOf } from './open-commons.ts'
import { printPull } from './print-scores.ts'
import { askForRun, calendarYear, loadMeasures, type Period, watchRun } from './run-measures.ts'
import { answer, say, step } from './terminal.ts'

/** `npm start`: sets everything up, fills an empty database with a demo region, computes its measures, serves web and API on one port. */
export async function startCommand(demo: DemoSize): Promise<void> {
  const port = portWanted()
  await refuseTakenPort(port)
  const stopped = stopSignal()
  const closers: (() => Promise<void>)[] = []
  // Built beside everything else; a failure is told where the web is needed.
  const web = buildWeb().then(
    (built): BuiltWeb => ({ built, failure: null }),
    (failure: Error): BuiltWeb => ({ built: false, failure }),
  )
  const up = bringUp(port, demo, web, closers)
  try {
    await Promise.race([up, stopped])
    await stopped
    say('Stopping …')
  } finally {
    // Stopped in the middle: what still comes up fails for want of what is closed below.
    up.catch(() => undefined)
    for (const close of closers.reverse()) await close()
  }
}

interface BuiltWeb {
  readonly built: boolean
  readonly failure: Error | null
}

/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  })
}

async function bringUp(port: number, demo: DemoSize, web: Promise<BuiltWeb>, closers: (() => Promise<void>)[]): Promise<void> {
  const commons = await openCommons()
  closers.push(() => commons.close())
  // Translated on a thread of its own while the records come in.
  const translated = loadStarterSet(commons.database)
  translated.catch(() => undefined) // awaited below
  const cards = (await wantsDemo(commons)) ? await seedDemo(commons, demo) : []
  await loadMeasures(translated)
  const region = await regionOf(commons, true)
  const host = hostFor(region)
  const jobs = await step(
    'Queue',
    () => openQueue(commons),
    () => `BullMQ on ${queueBackend(commons).kind === 'redis' ? 'Redis' : 'PostgreSQL'}`,
  )
  const worker = await openWorker({ sessions: commons.database, jobs, clock: systemClock, region, log: logLine })
  closers.push(() => worker.close())
  const { failure } = await step(
    'Web',
    () => web,
    ({ built }) => (built ? 'built' : 'built before'),
  )
  if (failure) throw failure
  const api = await createApi({ database: commons.database, staticFolder: webFolder, clock: systemClock, log: logLine })
  await api.listen(port, host)
  closers.push(() => api.close())
  const year = Number(systemClock.today(region.timeZone).slice(0, 4))
  const period = calendarYear(year)
  const publication = await newestPublication(commons.database)
  if (!publication) {
    await watchRun(commons, await firstRun(commons, region, period), period)
    // The year before gives the dashboards something to compare with; it is computed while people look around.
    await askForRun(commons, region, calendarYear(year - 1), `first ${year - 1}`)
  }
  if (region.isDemo) await printPull(commons, region, publication ?? period)
  answer('')
  printSignIns(cards)
  answer(`\nReady: http://localhost:${port}  (Ctrl-C stops it)`)
}

/** An empty database gets the demo region; one whose seeding was interrupted gets the rest of it. */
async function wantsDemo({ database }: Commons): Promise<boolean> {
  const region = await findRegion(database)
  return !region || (region.isDemo && (await countUsers(database)) === 0)
}

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
    probe.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CommandFault(error.code === 'EADDRINUSE' ? `Port ${port} is taken. Choose another: PORT=4001 npm start` : error.message)),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

function portWanted(): number {
  const port = Number(process.env.PORT ?? 4000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new CommandFault(`PORT is "${process.env.PORT}"; it takes a number from 1 to 65535.`)
  return port
}
