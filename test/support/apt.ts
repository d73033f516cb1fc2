import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runProgram } from '../../scripts/verify/run-program.ts'
import { findChromium } from './chromium.ts'

/** A program that tests need and npm does not bring. */
interface Program {
  readonly name: string
  readonly debianPackage: string
  /** What stays untested without it. */
  readonly untested: string
  find(): string | undefined
}

const programs: readonly Program[] = [
  { name: 'Redis server', debianPackage: 'redis-server', untested: 'the jobs suite on Redis', find: () => onPath('redis-server') },
  { name: 'Chromium', debianPackage: 'chromium', untested: 'the browser suite', find: findChromium },
]

/** Installs what is missing where that is possible (root on Debian or Ubuntu), and returns in words what is missing still. */
export async function installPrograms(say: (line: string) => void): Promise<string[]> {
  const missing = programs.filter((program) => !program.find())
  if (missing.length > 0 && canInstall()) {
    const packages = missing.map(({ debianPackage }) => debianPackage)
    say(`Installing ${packages.join(' and ')} with apt-get …`)
    const problem = (await apt('update')) ?? (await apt('install', '--yes', '--no-install-recommends', ...packages))
    if (problem) say(problem)
  }
  return programs
    .filter((program) => !program.find())
    .map(
      ({ name, debianPackage, untested }) =>
        `${name} is missing, so ${untested} is not run. On Debian or Ubuntu: apt-get install ${debianPackage}`,
    )
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
