import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const NAME = 'made-up-'

/** A folder for the files of a made-up region, in the data of the install; what processes left there that were killed is removed. */
export async function madeUpFolder(dataFolder: string): Promise<string> {
  for (const name of await readdir(dataFolder)) {
    if (name.startsWith(NAME) && !isAnother(Number(name.slice(NAME.length)))) await rm(join(dataFolder, name), { recursive: true })
  }
  const folder = join(dataFolder, `${NAME}${process.pid}`)
  await mkdir(folder, { mode: 0o700 })
  return folder
}

function isAnother(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
