import { readdir, readFile, readlink } from 'node:fs/promises'
import { runProgram } from './run-program.ts'

export interface RunningProcess {
  pid: number
  /** Tells this process from a later one with the same number. */
  startedAt: string
  command: string
  /** Halted by SIGSTOP or a debugger: it answers nothing until it is continued. */
  halted: boolean
  /** Undefined when the system does not tell. */
  folder?: string
}

/** The process with this number; undefined when there is none, or only a zombie that its parent has not buried. */
export async function runningProcess(pid: number): Promise<RunningProcess | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

/** PostgreSQL processes that live in this data folder, server and backends alike. Known on Linux only; elsewhere none are found. */
export async function serverProcessesIn(dataFolder: string): Promise<RunningProcess[]> {
  if (process.platform !== 'linux') return []
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const found = await Promise.all(pids.map(fromProc))
  return found.filter(
    (candidate) => candidate !== undefined && candidate.folder === dataFolder && /postgres/.test(candidate.command),
  ) as RunningProcess[]
}

async function fromProc(pid: number): Promise<RunningProcess | undefined> {
  try {
    const [stat, command, folder] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      // Other users' processes do not show where they are.
      readlink(`/proc/${pid}/cwd`).catch(() => undefined),
    ])
    // The second field is the program's name in brackets and may hold spaces: state is field 3, start time field 22 (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return { pid, startedAt: fields[19] ?? '', command: command.replaceAll('\0', ' ').trim(), halted: /[Tt]/.test(fields[0] ?? ''), folder }
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

async function fromPs(pid: number): Promise<RunningProcess | undefined> {
  const { code, output } = await runProgram('/bin/ps', ['-ww', '-o', 'stat=,lstart=,command=', '-p', String(pid)])
  const [, state, startedAt, command] = /^\s*(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/m.exec(output) ?? []
  if (code !== 0 || !state || !startedAt || state.startsWith('Z')) return undefined
  return { pid, startedAt, command: command ?? '', halted: state.startsWith('T') }
}
