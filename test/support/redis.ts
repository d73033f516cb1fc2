import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from '../../packages/database/src/embedded/free-port.ts'

export interface TestRedis {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
}

/**
 * A Redis of the suite's own: a free loopback port, a temporary folder, nothing kept on disk. Where the program is missing
 * and may be installed (root on Debian or Ubuntu), it is. Otherwise `null`: say so with `redisMissing`.
 */
export async function startRedis(): Promise<TestRedis | null> {
  const program = findRedis() ?? installRedis()
  if (program === null) return null
  const folder = await mkdtemp(join(tmpdir(), 'commons-redis-'))
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort()
    const server = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    })
    if (!(await answers(server, port))) continue // somebody else took the port in between
    const killWithUs = () => server.kill('SIGKILL')
    process.once('exit', killWithUs)
    const stop = async () => {
      process.off('exit', killWithUs)
      await ended(server)
      await rm(folder, { recursive: true, force: true })
    }
    return { url: `redis://127.0.0.1:${port}`, port, stop }
  }
  await rm(folder, { recursive: true, force: true })
  throw new Error('redis-server did not start on five ports.')
}

/** Tells that a suite did not run for want of Redis. In CI that is a failure. */
export function redisMissing(suite: string): void {
  const line = `not run: ${suite}: redis-server is not installed and could not be`
  if (process.env.CI === 'true') throw new Error(line)
  process.stderr.write(`${line}\n`)
}

function findRedis(): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  return folders.map((folder) => join(folder, 'redis-server')).find(existsSync) ?? null
}

/** `RUNLEVEL=1` makes the package's own start script leave its service stopped; `systemctl` is told as well where it rules. */
function installRedis(): string | null {
  if (process.getuid?.() !== 0 || !isDebian()) return null
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const run = (...command: [string, ...string[]]) =>
    spawnSync(command[0], command.slice(1), { env, stdio: 'ignore', timeout: 120_000 }).status === 0
  if (!run('apt-get', 'update') || !run('apt-get', 'install', '-y', '--no-install-recommends', 'redis-server')) return null
  if (existsSync('/run/systemd/system')) run('systemctl', 'disable', '--now', 'redis-server')
  return findRedis()
}

function isDebian(): boolean {
  if (!existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

async function answers(server: ChildProcess, port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 })
  client.on('error', () => undefined) // refused while it starts: asked again below
  try {
    for (const until = Date.now() + 10_000; Date.now() < until && server.exitCode === null; await pause(25)) {
      const said = await client.connect().then(
        () => client.info('server'),
        () => null,
      )
      if (said?.includes(`process_id:${server.pid}`)) return true
    }
    return false
  } finally {
    client.disconnect()
    if (server.exitCode !== null) server.unref()
  }
}

function ended(server: ChildProcess): Promise<void> {
  const done = Promise.withResolvers<void>()
  if (server.exitCode !== null || server.signalCode !== null) done.resolve()
  else {
    server.once('exit', () => done.resolve())
    server.kill('SIGKILL') // nothing is kept, so nothing needs saving
  }
  return done.promise
}
