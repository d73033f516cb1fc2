import { QUEUE_SCHEMA } from '@carecommons/database'
import { type Backend, type Jobs, openJobs } from '@carecommons/jobs'
import { CommandFault } from './command-fault.ts'
import { logLine } from './log-line.ts'
import type { Commons } from './open-commons.ts'

export const queueBackend = ({ install }: Commons): Backend =>
  process.env.REDIS_URL ? { kind: 'redis', url: process.env.REDIS_URL } : { kind: 'postgres', url: install.queueUrl, schema: QUEUE_SCHEMA }

export async function openQueue(commons: Commons): Promise<Jobs> {
  const backend = queueBackend(commons)
  try {
    return await openJobs({ backend, log: logLine })
  } catch (error) {
    if (backend.kind !== 'redis' || !(error instanceof Error)) throw error
    throw new CommandFault(`Redis does not answer at ${new URL(backend.url).host} (REDIS_URL): ${error.message}`)
  }
}
