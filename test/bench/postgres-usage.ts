import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ticks of /proc: Linux has 100 in a second on every platform that Node supports. */
const TICKS = 100

/** CPU seconds of a server and all its processes so far, those that ended included; null where /proc does not tell. */
export function postgresSeconds(dataFolder: string): number | null {
  if (!existsSync('/proc/self/stat')) return null
  const server = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0]!
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const stats = processes.map((pid) => readStat(pid)).filter((stat) => stat !== null)
  return stats
    .filter(({ pid, parent }) => pid === server || parent === server)
    .reduce((sum, { pid, own, ended }) => sum + own + (pid === server ? ended : 0), 0)
}

/** CPU seconds of a process so far; null where /proc does not tell. */
export function processSeconds(pid: number): number | null {
  return existsSync('/proc/self/stat') ? (readStat(String(pid))?.own ?? null) : null
}

function readStat(pid: string): { pid: string; parent: string; own: number; ended: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, which may hold anything, ends with the last parenthesis; the fields after it are numbered from 3.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const ticks = (first: number): number => (Number(fields[first - 3]) + Number(fields[first - 2])) / TICKS
    return { pid, parent: fields[1]!, own: ticks(14), ended: ticks(16) }
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
