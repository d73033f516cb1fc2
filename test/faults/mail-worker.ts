import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { Backend } from '@carecommons/jobs'
import type { TestApi } from '../support/api.ts'
import type { MailServer } from '../support/mail-server.ts'

/** A worker in a process of its own, whose letters go to this mail server. */
export function startWorker(api: TestApi, queue: Backend, mail: MailServer): ChildProcess {
  return spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'test/faults/metric/worker-process.ts'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, APP_URL: api.appUrl, QUEUE: JSON.stringify(queue), COMMONS_SMTP_URL: mail.url },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

export async function end(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const closed = once(worker, 'close')
  worker.kill(signal)
  await closed
}
