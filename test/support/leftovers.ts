import { readdirSync, readFileSync } from 'node:fs'

/** Set for everything a run starts and inherited by all its descendants, even by those that left their process group. */
export const runMark = 'COMMONS_TEST_RUN'

/** Processes of this run that outlived it, as `pid command`; they are ended. Linux only: elsewhere nobody can be asked. */
export function endLeftovers(run: string): string[] {
  if (process.platform !== 'linux') return []
  const left = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).split('\0').includes(`${runMark}=${run}`))
  return left.map((pid) => {
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
    end(Number(pid))
    return `${pid} ${command}`
  })
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Gone in the meantime, or another user's.
    if (['ENOENT', 'EACCES', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return ''
    throw error
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
