// A worker as a process of its own, to be killed. Says `before <id>` when a job begins and `after <id>` when its effect is
// written; each state lasts as long as the environment says.
import { setTimeout as pause } from 'node:timers/promises'
import { type Backend, openJobs } from '@carecommons/jobs'
import { openLedger } from './ledger.ts'

const backend = JSON.parse(process.env['QUEUE_BACKEND']!) as Backend
const pauseMs = Number(process.env['PAUSE_MS'])
const ledger = await openLedger(process.env['LEDGER_URL']!)
const jobs = await openJobs({ backend, log: (line) => process.stderr.write(`${JSON.stringify(line)}\n`) })

await jobs.work(
  {
    'record.project': async ({ jobId }) => {
      await ledger.began(jobId)
      process.stdout.write(`before ${jobId}\n`)
      await pause(pauseMs)
      await ledger.effect(jobId)
      process.stdout.write(`after ${jobId}\n`)
      await pause(pauseMs)
    },
  },
  { concurrency: 4 },
)
process.on('SIGTERM', () => void jobs.close({ timeoutMs: 2_000 }).then(ledger.close))
