import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type RunningProcess, runningProcess } from './running-process.ts'

/** A number that no system gives to a process. */
const NO_PID = 2_147_483_647

export interface PidFile {
  pid: number
  port: number
}

/** What postmaster.pid says; undefined when there is none, or it is empty because the disk was full or the power went. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const lines = (await pidFileText(data))?.split('\n')
  const pid = Number(lines?.[0])
  return pid > 0 ? { pid, port: Number(lines?.[3] ?? 0) } : undefined
}

/** The living server of this data folder. A zombie is dead, and a process that merely inherited the number is not ours. */
export async function livePostmaster(data: string): Promise<(RunningProcess & { port: number }) | undefined> {
  const file = await readPidFile(data)
  const found = file && (await runningProcess(file.pid))
  if (!found || !/postgres/.test(found.command)) return undefined
  const ours = found.folder === undefined ? found.command.includes(data) : found.folder === data
  return ours ? { ...found, port: file.port } : undefined
}

/**
 * Lets the next start pass a pid file that names a zombie or a foreign process. PostgreSQL would take either for a running server. The
 * file stays, with a number nobody has: PostgreSQL then checks the shared memory it names, and so still notices surviving backends.
 */
export async function disownPidFile(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  const text = await pidFileText(data)
  if (text === undefined) return
  if (text.trim() === '') return rm(file) // left by a full disk or a power cut; PostgreSQL would refuse to start
  const { uid, gid } = await stat(file)
  const lines = text.split('\n')
  lines[0] = String(NO_PID)
  await writeFile(`${file}.making`, lines.join('\n'), { mode: 0o600 })
  if (process.getuid?.() === 0) await chown(`${file}.making`, uid, gid)
  await rename(`${file}.making`, file)
}

async function pidFileText(data: string): Promise<string | undefined> {
  return readFile(join(data, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
