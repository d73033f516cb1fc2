import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Refusal, refused } from '@carecommons/kernel'
import { importRank, isResourceType } from '../fhir/resource-types.ts'
import type { NdjsonFile } from './line.ts'
import { readLines } from './read-lines.ts'

const NAME = /\.ndjson(\.gz)?$/i

/**
 * The NDJSON files of folders (not of their subfolders) and single files, each once, types that others refer to first.
 * Refuses a path that does not exist and a folder without any such file.
 */
export async function findFiles(paths: readonly string[]): Promise<NdjsonFile[] | Refusal> {
  const found = new Map<string, NdjsonFile>()
  for (const path of paths) {
    const files = await filesAt(path)
    if ('refused' in files) return files
    for (const file of files) if (!found.has(file)) found.set(file, await inspect(file))
  }
  return [...found.values()].sort((a, b) => importRank(a.type) - importRank(b.type) || (a.path < b.path ? -1 : 1))
}

async function filesAt(path: string): Promise<string[] | Refusal> {
  const entry = await stat(path).catch((error: NodeJS.ErrnoException) => error)
  if (!('isDirectory' in entry)) return refused('PathUnreadable', unreadable(path, entry))
  if (!entry.isDirectory()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const names = entries.filter((one) => NAME.test(one.name) && !one.isDirectory()).map(({ name }) => name)
  if (names.length === 0) return refused('NoFiles', `${path} holds no file named *.ndjson or *.ndjson.gz.`)
  return names.map((name) => join(path, name))
}

function unreadable(path: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file or folder ${path}.`
  if (code === 'EACCES' || code === 'EPERM') return `This user may not read ${path}.`
  return `Cannot read ${path}: ${code ?? message}.`
}

async function inspect(path: string): Promise<NdjsonFile> {
  return { path, type: typeInName(path) ?? (await typeInFirstLine(path)), bytes: (await stat(path)).size }
}

/** `Patient.ndjson`, `1.Patient.ndjson.gz`, `export_Patient-003.ndjson`. */
const typeInName = (path: string): string | null =>
  basename(path)
    .split(/[^A-Za-z]+/)
    .find(isResourceType) ?? null

async function typeInFirstLine(path: string): Promise<string | null> {
  for await (const [line] of readLines(path, { batchLines: 1 }))
    return /"resourceType"\s*:\s*"([A-Za-z]+)"/.exec(line?.bytes?.toString('latin1') ?? '')?.[1] ?? null
  return null
}
