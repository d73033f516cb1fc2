import { join } from 'node:path'
import { type Database, type Install, openDatabase, openInstall } from '@carecommons/database'
import { createRegion, findRegion, type RegionIdentity } from '@carecommons/domain'
import { CommandFault } from './command-fault.ts'
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

/** The region; refuses where there is none yet, rather than make one as a side effect. */
export async function presentRegion({ database }: Commons): Promise<RegionIdentity> {
  const region = await findRegion(database)
  if (region) return region
  throw new CommandFault(
    'There is no region here yet. Bring one in first: npm run -s commons -- import fhir FOLDER (your records), or npm start (a made-up region).',
  )
}

export const auditHeadsFolder = ({ dataFolder }: Install): string => join(dataFolder, 'audit-heads')
