import {
  clusterStatus,
  defaultDataFolder,
  openDatabase,
  openInstall,
  pendingMigrations,
  QUEUE_SCHEMA,
  schemaChanges,
  wallFaults,
} from '@carecommons/database'
import { everyDatabaseRole } from '@carecommons/access'
import { readSealState } from '@carecommons/domain'
import { openJobs } from '@carecommons/jobs'
import { answer } from './terminal.ts'

/** `commons doctor`: what this install uses and what is wrong. Looks; the only thing it may start is the embedded server of an existing install. */
export async function doctorCommand(): Promise<void> {
  const faults: string[] = []
  const tell = (what: string, is: string): void => answer(`${what.padEnd(14)} ${is}`)
  tell('Node', `${process.version} on ${process.platform} ${process.arch}`)
  tell('Data folder', defaultDataFolder())
  const status = process.env.DATABASE_URL ? null : await clusterStatus(defaultDataFolder())
  if (status) {
    faults.push(...status.problems)
    const state = !status.initialised ? 'not made yet' : status.running ? `running, process ${status.pid}, port ${status.port}` : 'stopped'
    tell('Server', `embedded PostgreSQL ${status.version ?? ''}, ${state}`)
    if (status.free !== undefined) tell('Free disk', `${Math.round(status.free / 1024 ** 3)} GB`)
  } else {
    tell('Server', 'PostgreSQL of DATABASE_URL')
  }
  if (!status || status.initialised) faults.push(...(await inspectInstall(tell)))
  else answer('Nothing is set up yet: npm start does it.')
  for (const fault of faults) answer(`Wrong: ${fault}`)
  answer(faults.length === 0 ? 'All is well.' : `${faults.length} to mend.`)
  process.exitCode = faults.length === 0 ? 0 : 1
}

async function inspectInstall(tell: (what: string, is: string) => void): Promise<string[]> {
  try {
    const install = await openInstall(() => undefined)
    try {
      const pending = await pendingMigrations(install.ownerUrl)
      const changes = await schemaChanges(install.ownerUrl)
      const walls = await wallFaults(install.appUrl)
      tell('Schema', pending.length === 0 ? 'up to date' : `behind: ${pending.join(', ')}`)
      tell('Roles', `${everyDatabaseRole.length} behind one login, ${walls.length === 0 ? 'none owns or passes by anything' : 'see below'}`)
      if (walls.length === 0) tell('Audit', await inspectAudit(install.appUrl))
      return [
        ...walls,
        ...changes.map((change) => `The schema differs from this version: ${change}`),
        ...(await inspectQueue(tell, install.queueUrl)),
      ]
    } finally {
      await install.close()
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

async function inspectAudit(appUrl: string): Promise<string> {
  const database = openDatabase(appUrl, { max: 1 })
  try {
    const { sealedUntil, waiting } = await readSealState(database)
    return `sealed until ${sealedUntil ?? 'never'}${waiting > 0 ? `, ${waiting.toLocaleString('en-US')} rows wait for a worker` : ''}`
  } finally {
    await database.close()
  }
}

async function inspectQueue(tell: (what: string, is: string) => void, url: string): Promise<string[]> {
  const backend = process.env.REDIS_URL
    ? ({ kind: 'redis', url: process.env.REDIS_URL } as const)
    : ({ kind: 'postgres', url, schema: QUEUE_SCHEMA } as const)
  const name = backend.kind === 'redis' ? 'BullMQ on Redis' : 'BullMQ on PostgreSQL'
  try {
    const jobs = await openJobs({ backend, log: () => undefined })
    const health = await jobs.health()
    const sum = (state: 'waiting' | 'active' | 'dead'): number =>
      Object.values(health.queues).reduce((all, counts) => all + counts[state], 0)
    tell('Queue', `${name}, ${sum('waiting')} waiting, ${sum('active')} active, ${sum('dead')} given up`)
    await jobs.close()
    return health.reachable ? [] : [`${name} does not answer.`]
  } catch (error) {
    tell('Queue', name)
    return [`${name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`]
  }
}
