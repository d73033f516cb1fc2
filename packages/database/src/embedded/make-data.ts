import { chown, mkdtemp, open, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClusterProblem, inWords } from './cluster-problem.ts'
import type { Layout } from './layout.ts'
import type { Programs } from './programs.ts'
import { type RunAs, runProgram } from './run-program.ts'
import { adoptSettings } from './settings.ts'

/** The superuser that owns everything; no process of the application signs in as it, only migrations and checks do. */
export const OWNER = 'commons'
const MAJOR = '18'
const NEEDED_BYTES = 300 * 1024 * 1024

/** What a data folder holds: nothing, a database of some major version, or something that must not be touched. */
export async function dataVersion(data: string): Promise<string | undefined> {
  const names = await readdir(data).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[]
    throw error
  })
  if (names.length === 0) return undefined
  if (!names.includes('PG_VERSION') || !names.includes('global'))
    throw new ClusterProblem(
      'DataIncomplete',
      `${data} is not empty and not a whole database either. Restore it from a backup, or move it away to begin with an empty one.`,
    )
  return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
}

export function refuseOtherVersion(data: string, version: string): void {
  if (version === MAJOR) return
  throw new ClusterProblem(
    'OtherVersion',
    `${data} was made by PostgreSQL ${version}; this is PostgreSQL ${MAJOR}, which cannot read it. Dump it with PostgreSQL ${version} and restore it here, or set COMMONS_DATA to another folder.`,
  )
}

/**
 * Makes a database folder beside its place and moves it there when it is complete. Each attempt has a name of its own: the initdb of an
 * attempt whose process was killed may still be at work, and only its folder is swept away, never one that became the database.
 */
export async function makeData(places: Layout, programs: Programs, password: string, durable: boolean, as?: RunAs): Promise<void> {
  const { bavail, bsize } = await statfs(places.root)
  if (bavail * bsize < NEEDED_BYTES) throw inWords(new Error('ENOSPC'), places.root)
  await sweepAttempts(places)
  const making = await mkdtemp(join(places.root, `${places.making}-`))
  const passwordFile = `${making}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (as) await Promise.all([making, passwordFile].map((path) => chown(path, as.uid, as.gid)))
  const { code, output } = await runProgram(
    programs.initdb,
    [
      ...['-D', making, '-U', OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--text-search-config=english', ...(durable ? [] : ['--no-sync'])],
    ],
    as,
  )
  if (code !== 0) {
    await sweepAttempts(places)
    throw inWords(new ClusterProblem('ServerNotStarted', `PostgreSQL could not make its data folder:\n${output.trim()}`), places.root)
  }
  await rm(passwordFile)
  await adoptSettings(making)
  await rename(making, places.data) // replaces an empty folder, and fails on any other
  if (durable) await syncFolder(places.root)
}

async function sweepAttempts(places: Layout): Promise<void> {
  const names = (await readdir(places.root)).filter((name) => name.startsWith(places.making))
  for (const name of names) await rm(join(places.root, name), { recursive: true, force: true, maxRetries: 10 })
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder)
  await handle.sync().finally(() => handle.close())
}
