import { join } from 'node:path'
import { type Database, type Install, openDatabase, openInstall, QUEUE_SCHEMA } from '@carecommons/database'
import { createRegion, findRegion, type Mail, type RegionIdentity } from '@carecommons/domain'
import { type Backend, type Jobs, openJobs } from '@carecommons/jobs'
import { openAuditHeads, openMail, type Sealing } from '@carecommons/worker'
import { CommandFault } from './command-fault.ts'
import { logLine } from './log-line.ts'
import { step } from './terminal.ts'

/** An opened install: what every command works with. */
export interface Commons {
  readonly install: Install
  readonly database: Database
  close(): Promise<void>
}

export async function openCommons(): Promise<Commons> {
  const install = await step(
    'PostgreSQL',
    () => openInstall(() => undefined),
    ({ cluster, applied }) =>
      [
        cluster ? `embedded ${cluster.version} on port ${cluster.port}` : 'server of DATABASE_URL',
        applied.length ? 'schema brought up to date' : '',
      ]
        .filter(Boolean)
        .join(', '),
  )
  const database = openDatabase(install.appUrl)
  return {
    install,
    database,
    async close() {
      await database.close()
      await install.close()
    },
  }
}

/** The region; a first import or demo makes it. */
export async function regionOf({ database }: Commons, isDemo: boolean): Promise<RegionIdentity> {
  const present = await findRegion(database)
  if (present) return present
  return createRegion(database, {
    name: isDemo ? 'Three Rivers Health Commons' : (process.env.COMMONS_REGION ?? 'Our region'),
    timeZone: process.env.COMMONS_TIME_ZONE ?? 'America/New_York',
    isDemo,
  })
}

export const queueBackend = ({ install }: Commons): Backend =>
  process.env.REDIS_URL ? { kind: 'redis', url: process.env.REDIS_URL } : { kind: 'postgres', url: install.queueUrl, schema: QUEUE_SCHEMA }

/** The key that seals the audit, and the folder outside of the database that remembers the seals. */
export const sealingOf = ({ install }: Commons): Sealing => ({ key: install.sealKey, heads: openAuditHeads(auditHeadsFolder(install)) })

export const auditHeadsFolder = ({ dataFolder }: Install): string => join(dataFolder, 'audit-heads')

/** How letters leave this install, and the address that they name. */
export const postOf = ({ install }: Commons): { mail: Mail; publicUrl: string } => ({
  mail: openMail({ env: process.env, folder: join(install.dataFolder, 'mail'), log: logLine }),
  publicUrl: (process.env.COMMONS_URL ?? `http://localhost:${process.env.PORT ?? 4000}`).replace(/\/+$/, ''),
})

export async function openQueue(commons: Commons): Promise<Jobs> {
  const backend = queueBackend(commons)
  try {
    return await openJobs({ backend, log: logLine })
  } catch (error) {
    if (backend.kind !== 'redis' || !(error instanceof Error)) throw error
    throw new CommandFault(`Redis does not answer at ${new URL(backend.url).host} (REDIS_URL): ${error.message}`)
  }
}
