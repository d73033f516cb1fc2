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
  /** Minutes after which the program is taken for hung and ended. */
  readonly minutes?: number
}

const running = new Set<number>()
let stopping = false

/** Runs a program to its end and keeps what it says. It gets a process group of its own, so that its children end with it. */
export function runProgram(command: string, args: readonly string[], { cwd, env = {}, minutes = 15 }: Options): Promise<Finished> {
  return new Promise((resolve, reject) => {
    if (stopping) return reject(new Error('Stopping: nothing new is started.'))
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const { pid } = child
    if (pid === undefined) return child.on('error', reject)
    running.add(pid)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const hung = setTimeout(() => {
      stderr += `\n${command} did not end within ${minutes} minutes and was stopped.\n`
      signalGroup(pid, 'SIGKILL')
    }, minutes * 60_000)
    const finish = (code: number | null): void => {
      clearTimeout(hung)
      running.delete(pid)
      resolve({ code: code ?? 1, stdout, stderr })
    }
    child.on('exit', (code) => {
      signalGroup(pid, 'SIGKILL')
      // A grandchild that left the group may keep our end of the pipe open; it is not waited for.
      setTimeout(finish, 2000, code).unref()
    })
    child.on('close', finish)
  })
}

/** Whether the run is being ended before its time. */
export const isStopping = (): boolean => stopping

/** Ends every program that still runs: asked first, forced after five seconds. */
export async function stopPrograms(): Promise<void> {
  stopping = true
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
