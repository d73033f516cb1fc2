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
  const { alive, dead } = await sortedOut(folder)
  await Promise.all(dead.map(release))
  return alive.length
}

/** The same, changing nothing. */
export const countHolders = async (folder: string): Promise<number> => (await sortedOut(folder)).alive.length

async function sortedOut(folder: string): Promise<{ alive: string[]; dead: string[] }> {
  const holders = (await namesIn(folder)).map((name) => ({ file: join(folder, name), pid: Number.parseInt(name, 10) }))
  const isLiving = await Promise.all(holders.map(({ file, pid }) => isAlive(file, pid)))
  const which = (living: boolean) => holders.flatMap(({ file }, n) => (isLiving[n] === living ? [file] : []))
  return { alive: which(true), dead: which(false) }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
}

async function isAlive(file: string, pid: number): Promise<boolean> {
  const left = (error: NodeJS.ErrnoException): null => {
    if (error.code === 'ENOENT') return null
    throw error
  }
  const [startedAt, found] = await Promise.all([readFile(file, 'utf8').catch(left), runningProcess(pid)])
  return found?.startedAt === startedAt
}
