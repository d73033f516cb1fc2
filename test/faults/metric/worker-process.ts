// The product's worker alone in a process, as an orchestrator runs it: APP_URL is the database, QUEUE the backend as JSON,
// COMMONS_SMTP_URL the mail server; with DELIVERIES=twice each job is delivered two times at the same moment.
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@carecommons/database'
import { findRegion } from '@carecommons/domain'
import { type Backend, type JobHandlers, type Jobs, openJobs } from '@carecommons/jobs'
import { systemClock } from '@carecommons/kernel'
import { openMail, openWorker } from '@carecommons/worker'

const log = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const database = openDatabase(process.env['APP_URL']!, { max: 6 })
const jobs = await openJobs({ backend: JSON.parse(process.env['QUEUE']!) as Backend, log })
const mail = openMail({ env: process.env, folder: join(tmpdir(), 'carecommons-letters'), log })
const region = (await findRegion(database))!
const worker = await openWorker({
  sessions: database,
  jobs: process.env['DELIVERIES'] === 'twice' ? delivering(jobs) : jobs,
  clock: systemClock,
  region,
  mail,
  publicUrl: 'https://commons.example',
  seal: { key: Buffer.from('test') },
  log,
})
log({ event: 'Working' })
process.on('SIGTERM', () => void worker.close().then(database.close))

/** Both are tried again when one of them fails, as a queue does that lost sight of a worker. */
function delivering(jobs: Jobs): Jobs {
  const twice = (handler: (delivery: object) => Promise<unknown>) => async (delivery: object) => {
    const outcomes = await Promise.allSettled([handler(delivery), handler(delivery)])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }
  return {
    ...jobs,
    work: (handlers, options) =>
      jobs.work(
        Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, twice(handler as never)])) as JobHandlers,
        options,
      ),
  }
}
