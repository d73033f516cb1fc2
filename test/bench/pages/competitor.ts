import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

/** A server in a process of its own. */
export interface Competitor {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

/** Starts one of the programs beside this file; it tells its address when it listens. */
export async function startCompetitor(program: string, env: Record<string, string>): Promise<Competitor> {
  const child: ChildProcess = fork(join(import.meta.dirname, program), {
    cwd: resolve(import.meta.dirname, '../../..'),
    env: { ...process.env, ...env, NODE_ENV: 'production' },
    execArgv: ['--import', './scripts/typescript.mjs'],
  })
  const ended = once(child, 'exit')
  const [{ url }] = (await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${program} ended with ${code} before it listened.`))),
  ])) as [{ url: string }]
  return {
    url,
    pid: child.pid!,
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
