import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
export const webFolder = join(root, 'web', 'dist')
export const documentsFile = join(root, 'web', 'dist-documents', 'documents.json')
const stamp = join(root, 'node_modules', '.cache', 'web-built')

/** Builds the web unless it was built from these very sources. Answers whether it had to; throws when it cannot, or is told to stop. */
export async function buildWeb(interruption: AbortSignal): Promise<boolean> {
  const sources = hashOf([
    join(root, 'web'),
    join(root, 'packages', 'kernel', 'src'),
    join(root, 'services', 'api', 'schema.graphql'),
    join(root, 'pnpm-lock.yaml'),
  ])
  const present =
    existsSync(stamp) && existsSync(join(webFolder, 'index.html')) && existsSync(documentsFile) ? readFileSync(stamp, 'utf8') : ''
  if (present === sources) return false
  const output: Buffer[] = []
  // A group of its own, so that the programs npm starts end with it.
  const child = spawn('npm', ['run', '--silent', 'build'], { cwd: join(root, 'web'), stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const stop = (): void => void process.kill(-child.pid!, 'SIGTERM')
  interruption.addEventListener('abort', stop)
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  const code = await new Promise<number | null>((resolved, reject) => child.on('close', resolved).on('error', reject))
  interruption.removeEventListener('abort', stop)
  if (code !== 0) throw new Error(`The web could not be built:\n${Buffer.concat(output).toString('utf8')}`)
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true })
  writeFileSync(stamp, sources)
  return true
}

function hashOf(paths: readonly string[]): string {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder)) hash.update(path.slice(root.length)).update(readFileSync(path))
  return hash.digest('hex')
}

const LEFT_OUT = new Set(['node_modules', 'dist', 'dist-documents', '.cache'])

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return []
  const entries = (() => {
    try {
      return readdirSync(path, { withFileTypes: true })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return null
      throw error
    }
  })()
  if (!entries) return [path]
  return entries
    .filter(({ name }) => !LEFT_OUT.has(name) && !name.endsWith('.generated.ts'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)]))
}
