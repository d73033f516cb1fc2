import { readdir, readFile, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { askServer } from './ask-server.ts'
import { ClusterProblem, inWords } from './cluster-problem.ts'
import { isFree } from './free-port.ts'
import type { Layout } from './layout.ts'
import { disownPidFile, livePostmaster } from './postmaster.ts'
import type { Programs } from './programs.ts'
import { type RunAs, runProgram } from './run-program.ts'
import { runningProcess, serverProcessesIn } from './running-process.ts'

export type StopMode = 'fast' | 'immediate'

const RECOVERY_MS = 15 * 60_000
const MUTE_MS = 30_000 // long enough for a machine that is merely overloaded
const SCARCE_BYTES = 32 * 1024 * 1024

/**
 * Starts the server and waits until it accepts connections, crash recovery included. pg_ctl gives it a session of its own, so neither
 * Ctrl-C nor the death of this process reaches it. Returns 'port taken' when somebody else was faster.
 */
export async function startServer(
  places: Layout,
  programs: Programs,
  port: number,
  say: (line: string) => void,
  as?: RunAs,
): Promise<'started' | 'port taken'> {
  await endOrphans(places.data)
  await disownPidFile(places.data)
  const slow = setTimeout(() => say('The database was not stopped cleanly and is repairing itself from its log …'), 3000)
  const { code, output } = await runProgram(
    programs.pgCtl,
    ['start', '-w', '-t', String(RECOVERY_MS / 1000), '-s', '-D', places.data, '-l', places.startLog],
    as,
  )
  clearTimeout(slow)
  if (code === 0) return 'started'
  if (!(await isFree(port))) return 'port taken'
  const { bavail, bsize } = await statfs(places.data)
  if (bavail * bsize < SCARCE_BYTES) throw inWords(new Error('ENOSPC'), places.root) // the log could not be written either
  const why = `${output.trim()}\n${await lastLines(places.log)}`
  throw inWords(
    new ClusterProblem('ServerNotStarted', `PostgreSQL did not start. Its log in ${places.log} ends with:\n${why}`),
    places.root,
  )
}

/** Stops the server and waits until its process is gone; more and more firmly when it does not obey. */
export async function stopServer(data: string, programs: Programs, mode: StopMode, as?: RunAs): Promise<void> {
  const server = await livePostmaster(data)
  if (!server) return endOrphans(data)
  const steps: [StopMode, number][] =
    mode === 'fast'
      ? [
          ['fast', 60],
          ['immediate', 5],
        ]
      : [['immediate', 5]]
  for (const [step, seconds] of steps) {
    await runProgram(programs.pgCtl, ['stop', '-w', '-s', '-m', step, '-t', String(seconds), '-D', data], as)
    if (await gone(server.pid, server.startedAt, 500)) return
  }
  kill(server.pid)
  await endOrphans(data)
  if (!(await gone(server.pid, server.startedAt, 5000)))
    throw new ClusterProblem('ServerNotStopped', `The PostgreSQL server (process ${server.pid}) does not end.`)
}

/** Waits until the server of this folder answers; undefined when there is none, or it ends, or stays mute. */
export async function waitForAnswer(data: string, password: string): Promise<{ port: number; version: string } | undefined> {
  const start = Date.now()
  for (let spoke = start; Date.now() < Math.min(spoke + MUTE_MS, start + RECOVERY_MS);) {
    const server = await livePostmaster(data)
    if (!server || server.halted) return undefined
    const answer = await askServer(server.port, password)
    if (answer.state === 'ready' && answer.data === data) return { port: server.port, version: answer.version }
    if (answer.state === 'foreign')
      throw new ClusterProblem(
        'PasswordLost',
        `The server of ${data} does not accept the password kept beside it (access.json). Restore that file from a backup.`,
      )
    if (answer.state === 'starting' || answer.state === 'stopping') spoke = Date.now()
    await pause(answer.state === 'silent' ? 400 : 50)
  }
  return undefined
}

/** Backends that outlived a killed server hold its shared memory and block the next start; nothing they do can be kept any more. */
async function endOrphans(data: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const orphans = await serverProcessesIn(data)
    if (orphans.length === 0) return
    // Most notice by themselves within moments; one in the middle of a long statement does not.
    if (tries >= 20) for (const { pid } of orphans) kill(pid)
    await pause(25)
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // ended by itself meanwhile
  }
}

/** The end of what was written last in the log folder: the start's own output and the collector's file of the day. */
async function lastLines(folder: string): Promise<string> {
  const files = await Promise.all(
    (await readdir(folder)).map(async (name) => ({ file: join(folder, name), at: (await stat(join(folder, name))).mtimeMs })),
  )
  const latest = files.sort((a, b) => a.at - b.at).slice(-2)
  const texts = await Promise.all(latest.map(({ file }) => readFile(file, 'utf8')))
  return texts.map((text) => text.trim().split('\n').slice(-6).join('\n')).join('\n')
}

async function gone(pid: number, startedAt: string, patience: number): Promise<boolean> {
  for (const until = Date.now() + patience; ; await pause(10)) {
    const found = await runningProcess(pid)
    if (!found || found.startedAt !== startedAt) return true
    if (Date.now() > until) return false
  }
}
