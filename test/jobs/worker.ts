import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Backend } from '@carecommons/jobs'

/** A worker in a process of its own; see `worker-process.ts`. */
export function startWorker(backend: Backend, ledgerUrl: string, pauseMs: number) {
  const root = join(import.meta.dirname, '..', '..')
  const env = { ...process.env, QUEUE_BACKEND: JSON.stringify(backend), LEDGER_URL: ledgerUrl, PAUSE_MS: String(pauseMs) }
  const program = ['--import', './scripts/typescript.mjs', 'test/jobs/worker-process.ts']
  const child = spawn(process.execPath, program, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let problems = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (problems += chunk.toString()))
  return {
    /** Waits until the lines it has said satisfy. */
    said: (enough: (lines: string[]) => boolean) =>
      until(() => {
        if (child.exitCode !== null) throw new Error(`The worker ended early: ${problems}`)
        return enough(out.split('\n'))
      }, 20_000),
    /** Asks it to end, as an orchestrator does, and answers its exit code once it has. */
    end: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      const [code] = await exited
      return code as number | null
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** Asks every 20 ms until it is so; fails loudly when it never is. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs = 15_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await isSo()); await pause(20)) {
    if (Date.now() > end) throw new Error(`It was not so within ${timeoutMs} ms: ${isSo.toString()}`)
  }
}
