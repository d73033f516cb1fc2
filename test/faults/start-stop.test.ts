import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'carecommons-start-'))
const DEMO = ['--practices', '3', '--patients', '150', '--seed', '7']

interface Running {
  readonly child: ChildProcess
  output(): string
  /** Resolves when the words appear; rejects when the process ends first. */
  says(words: string): Promise<void>
  ended(): Promise<number | null>
}

function start(port: number): Running {
  const child = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', 'start', ...DEMO], {
    cwd: root,
    env: { ...process.env, COMMONS_DATA: folder, PORT: String(port), DATABASE_URL: undefined, REDIS_URL: undefined, HOST: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const collect = (chunk: Buffer): void => void (output += chunk.toString('utf8'))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const end = once(child, 'close').then(([code]) => code as number | null)
  return {
    child,
    output: () => output,
    async says(words) {
      while (!output.includes(words)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended before it said "${words}":\n${output}`)
        await pause(50)
      }
    },
    ended: () => end,
  }
}

/** Processes that belong to this install: the embedded server's command line names its folder. */
function processesLeft(): string[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return []
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return line.includes(folder) ? [line] : []
    } catch {
      return [] // it ended while we looked
    }
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a start that is stopped, killed and started again at any moment ends where it should and leaves no process behind', async () => {
  const port = await freePort()

  // Stopped in the middle of seeding.
  const first = start(port)
  await first.says('Importing')
  first.child.kill('SIGINT')
  expect(await first.ended()).toBe(0)
  expect(processesLeft()).toEqual([])

  // The next start seeds the rest, computes, prints the pull above the ready line, and the passwords once.
  const second = start(port)
  await second.says('Ready: ')
  const told = second.output()
  expect(told.indexOf('pulls for its members')).toBeGreaterThan(-1)
  expect(told.indexOf('pulls for its members')).toBeLessThan(told.indexOf('Ready: '))
  expect(told).toMatch(/region@demo\.example\s+[a-z2-9]{5}(-[a-z2-9]{5}){3}/)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  second.child.kill('SIGTERM')
  expect(await second.ended()).toBe(0)
  expect(processesLeft()).toEqual([])

  // A later start tells no password.
  const third = start(port)
  await third.says('Ready: ')
  expect(third.output()).not.toContain('@demo.example')

  // A second one on the same port says so and leaves the first alone.
  const rival = start(port)
  expect(await rival.ended()).toBe(1)
  expect(rival.output()).toContain(`Port ${port} is taken`)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)

  // Killed without a chance to clean up: the next start recovers, and stops cleanly.
  third.child.kill('SIGKILL')
  await third.ended()
  const fourth = start(port)
  await fourth.says('Ready: ')
  fourth.child.kill('SIGINT')
  expect(await fourth.ended()).toBe(0)
  expect(processesLeft()).toEqual([])
}, 240_000)
