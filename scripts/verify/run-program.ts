import { spawn } from 'node:child_process'

export interface Finished {
  /** Exit code; 1 when a signal ended the program. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

interface Options {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
}

const running = new Set<number>()

/** Runs a program to its end and keeps what it says. It gets a process group of its own, so that its children end with it. */
export function runProgram(command: string, args: readonly string[], { cwd, env = {} }: Options): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const { pid } = child
    let stdout = ''
    let stderr = ''
    if (pid) running.add(pid)
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (pid) running.delete(pid)
      if (pid) signalGroup(pid, 'SIGKILL')
      resolve({ code: code ?? 1, stdout, stderr })
    })
  })
}

/** Ends every program that still runs: asked first, forced after five seconds. */
export async function stopPrograms(): Promise<void> {
  for (const pid of running) signalGroup(pid, 'SIGTERM')
  for (let waited = 0; running.size > 0 && waited < 50; waited++) await new Promise((resolve) => setTimeout(resolve, 100))
  for (const pid of running) signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // The group is empty: everybody has left already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
