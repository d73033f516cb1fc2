// One install through everything that happens to `npm start`: stopped, killed and started again at any moment, it ends where it should
// and leaves no process behind. The tests are chapters of one story: each goes on from where the one before left the install.
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort } from '../../packages/database/src/embedded/free-port.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { doctor, endStarted, type Place, processesOf, READY, signIn, signInsIn, start, stopped } from './start/install.ts'

const folder = mkdtempSync(join(tmpdir(), 'carecommons-start-'))
let place: Place
let passwords: Map<string, string>

/** As the owner, while the server runs. */
async function sql(text: string): Promise<object[]> {
  const { port, password } = JSON.parse(readFileSync(join(folder, 'access.json'), 'utf8')) as { port: number; password: string }
  const owner = new Client({ host: '127.0.0.1', port, user: 'commons', password, database: 'carecommons' })
  await owner.connect()
  try {
    return (await owner.query<object>(text)).rows
  } finally {
    await owner.end()
  }
}

const SLOW = 2 * READY
const TRACE = /\n +at |"level":"error"/

beforeAll(async () => void (place = { port: await freePort(), env: { COMMONS_DATA: folder } }))
afterEach(endStarted)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(
  'a taken port is told before anything is set up',
  async () => {
    const rival = createServer().listen(place.port, '127.0.0.1')
    await once(rival, 'listening')
    const running = start(place)
    expect(await running.ended).toBe(1)
    expect(running.words()).toBe(`Port ${place.port} is taken. Choose another: PORT=4001 npm start\n`)
    expect(readdirSync(folder)).toEqual([])
    rival.close()
    expect(await doctor(place)).toMatch(/Nothing is set up yet[^]*exit 0/)
  },
  SLOW,
)

test.each(['SIGTERM at once', 'SIGINT while PostgreSQL is made'] as const)(
  '%s',
  async (title) => {
    const [signal, at] = title.split(' ', 2) as [NodeJS.Signals, string]
    const running = start(place)
    if (at === 'while') while (readdirSync(folder).length === 0) await pause(5)
    // A process that has not set up its handlers yet ends by the signal itself.
    expect([0, null]).toContain(await stopped(running, signal))
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test.each(['Importing', 'Metric run'])(
  'SIGINT, SIGTERM and kill -9 in the middle of "%s"',
  async (stage) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
      const running = start(place)
      await running.said(new RegExp(stage), READY)
      expect(await stopped(running, signal)).toBe(signal === 'SIGKILL' ? null : 0)
      expect(running.words()).not.toMatch(TRACE)
      expect(running.answers()).toBe('')
      // PostgreSQL outlives a start that was killed, and is adopted by the next.
      if (signal !== 'SIGKILL') expect(processesOf(folder)).toEqual([])
    }
    expect(await doctor(place)).toMatch(/running[^]*nothing uses it[^]*next start[^]*1 to mend\.\nexit 1/)
  },
  2 * SLOW,
)

test(
  'the next start goes on, tells the pull, the passwords once and that it is ready',
  async () => {
    // As if killed between the import's end and the practices' signatures, without which nobody reaches their charts.
    await sql(`delete from agreement; update organization set active_since = null where kind = 'practice'`)
    const running = start(place)
    await running.said(/Ready: /, READY)
    expect(await sql(`select name from organization where kind = 'practice' and active_since is null`)).toEqual([])
    for (const words of [/PostgreSQL embedded 18/, /Measures in force/, /Queue BullMQ on PostgreSQL/])
      expect(running.words()).toMatch(words)
    expect(running.words()).not.toMatch(TRACE)
    const told = running.answers()
    expect(told).toMatch(
      /What .+ pulls for its members, (\d{4})-01-01 to \1-12-31[^]*Region .* [1-9]\d+ [^]*Sign-ins, told this once[^]*Ready: /,
    )
    passwords = signInsIn(told)
    expect([...passwords.keys()].filter((email) => email.startsWith('clinician@'))).toHaveLength(3)
    expect((await fetch(`http://127.0.0.1:${place.port}/healthz`)).status).toBe(200)
    expect(await signIn(place, passwords)).toBe('Viewer')

    // Looking does no harm to what is looked at.
    expect(await doctor(place)).toMatch(/embedded PostgreSQL 18.*running[^]*All is well\.\nexit 0/)
    expect((await fetch(`http://127.0.0.1:${place.port}/healthz`)).status).toBe(200)
    expect(await stopped(running, 'SIGINT')).toBe(0)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test(
  'a later start does nothing twice; killed without a chance to clean up, it is followed by one that takes over',
  async () => {
    const second = start(place)
    await second.said(/Ready: /, READY)
    expect(second.answers()).toContain('pulls for its members')
    expect(second.answers()).not.toContain('@demo.example')
    expect(second.words()).not.toMatch(/Making up|Importing|translated|Metric run/)

    const rival = start(place)
    expect(await rival.ended).toBe(1)
    expect(rival.words()).toContain(`Port ${place.port} is taken`)
    expect((await fetch(`http://127.0.0.1:${place.port}/healthz`)).status).toBe(200)

    expect(await stopped(second, 'SIGKILL')).toBeNull()
    // PostgreSQL outlived it; killed as well, it is no damage but work for the next start.
    const [postmaster] = readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(postmaster), 'SIGKILL')
    expect(await doctor(place)).toMatch(
      /PostgreSQL 18, stopped, it was not stopped cleanly; the next start recovers[^]*All is well\.\nexit 0/,
    )
    const third = start(place)
    await third.said(/Ready: /, READY)
    expect(await signIn(place, passwords)).toBe('Viewer')
    expect(await stopped(third, 'SIGTERM')).toBe(0)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test(
  'with REDIS_URL the queue is on Redis; without Redis behind it start and doctor say so and leave nothing',
  async () => {
    const redis = await startRedis()
    if (!redis) return redisMissing('npm start with REDIS_URL')
    const env = { REDIS_URL: redis.url }
    const running = start(place, env)
    await running.said(/Ready: /, READY)
    expect(running.words()).toContain('BullMQ on Redis')
    expect(await doctor(place, env)).toMatch(/BullMQ on Redis[^]*All is well\.\nexit 0/)
    expect(await stopped(running, 'SIGINT')).toBe(0)
    await redis.stop()

    const alone = start(place, env)
    expect(await alone.ended).toBe(1)
    expect(alone.words()).toContain(`Redis does not answer at 127.0.0.1:${redis.port} (REDIS_URL)`)
    expect(alone.words()).not.toMatch(TRACE)
    expect(await doctor(place, env)).toMatch(/Redis[^]*1 to mend\.\nexit 1/)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)
