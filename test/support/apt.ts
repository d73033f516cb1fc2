import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from '../../scripts/verify/run-program.ts'
import { findChromium, isWholeChromium } from './chromium.ts'

/** A program that tests need and npm does not bring. */
interface Program {
  readonly name: string
  /** The first of them that can be had. */
  readonly debianPackages: readonly string[]
  /** What stays untested without it. */
  readonly untested: string
  find(): string | undefined
  /** Whether another than what was found would do the same in less time. */
  isSlow?(): boolean
}

const programs: readonly Program[] = [
  { name: 'Redis server', debianPackages: ['redis-server'], untested: 'the jobs suite on Redis', find: () => onPath('redis-server') },
  {
    name: 'Chromium',
    debianPackages: ['chromium-headless-shell', 'chromium'],
    untested: 'the browser suite',
    find: findChromium,
    // People keep the browser that they have; continuous checks have to be quick.
    isSlow: () => process.env['CI'] === 'true' && isWholeChromium(findChromium()),
  },
]

/** Installs what is missing where that is possible (root on Debian or Ubuntu), and returns in words what is missing still. */
export async function installPrograms(say: (line: string) => void): Promise<string[]> {
  const wanted = programs.filter((program) => !program.find() || program.isSlow?.())
  if (wanted.length > 0 && canInstall()) {
    const problem = await apt('update')
    if (problem) say(problem)
    else for (const program of wanted) await install(program, say)
  }
  return programs
    .filter((program) => !program.find())
    .map(
      ({ name, debianPackages, untested }) =>
        `${name} is missing, so ${untested} is not run. On Debian or Ubuntu: apt-get install ${debianPackages.join(' or ')}`,
    )
}

async function install({ name, debianPackages, find }: Program, say: (line: string) => void): Promise<void> {
  say(`Installing ${name} with apt-get …`)
  for (const debianPackage of debianPackages) {
    const problem = await apt('install', '--yes', '--no-install-recommends', debianPackage)
    if (!problem) return
    say(problem)
    if (find()) return
  }
}

/**
 * undefined when it went well. Mirrors hiccup and another apt may hold the lock, hence the second try and the wait.
 * `RUNLEVEL=1` keeps the packages from starting services: tests start their own.
 */
async function apt(...args: string[]): Promise<string | undefined> {
  const options = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3', '-qq']
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  let said = ''
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { code, stdout, stderr } = await runProgram('apt-get', [...options, ...args], { cwd: '/', env })
    if (code === 0) return undefined
    said = `${stdout}${stderr}`
  }
  return `apt-get ${args[0]} failed:\n${said}`
}

function canInstall(): boolean {
  if (process.getuid?.() !== 0 || !onPath('apt-get') || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function onPath(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}
