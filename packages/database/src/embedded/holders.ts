import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runningProcess } from './running-process.ts'

/**
 * Who uses the server. A command may adopt a server that another command started; whoever leaves last stops it. A process that died
 * without leaving does not count: its file names when it started, so a later process with its number is not taken for it.
 */
export async function hold(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const self = await runningProcess(process.pid)
  const file = join(folder, `${process.pid}-${crypto.randomUUID().slice(0, 8)}`)
  await writeFile(file, self?.startedAt ?? '')
  return file
}

export async function release(file: string): Promise<void> {
  await rm(file, { force: true })
}

export async function releaseAll(folder: string): Promise<void> {
  await Promise.all((await namesIn(folder)).map((name) => release(join(folder, name))))
}

/** How many living holders there are; files of dead ones are removed on the way. */
export async function holdersAlive(folder: string): Promise<number> {
  const names = await namesIn(folder)
  const alive = await Promise.all(names.map((name) => isAlive(join(folder, name), Number.parseInt(name, 10))))
  return alive.filter(Boolean).length
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

async function isAlive(file: string, pid: number): Promise<boolean> {
  const [startedAt, found] = await Promise.all([readFile(file, 'utf8'), runningProcess(pid)])
  if (found && found.startedAt === startedAt) return true
  await release(file)
  return false
}
