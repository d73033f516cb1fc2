// One install through everything that happens to `npm start`: stopped, killed and started again at any moment, it ends where it should
// and leaves no process behind.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { doctor, freePort, type Place, processesOf, signIn, signInsIn, start, stopped } from './start/install.ts'
import { startRedis } from '../support/redis.ts'

const folder = mkdtempSync(join(tmpdir(), 'carecommons-start-'))
let place: Place
let region: Map<string, string>

beforeAll(async () => void (place = { port: await freePort(), env: { COMMONS_DATA: folder } }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SLOW = 180_000
const READY = 150_000

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
    expect(await doctor(place)).toMatchObject({ code: 0, said: expect.stringContaining('Nothing is set up yet') })
  },
  SLOW,
)

test.each([
  ['SIGTERM', 'at once'],
  ['SIGINT', 'while PostgreSQL is made'],
] as const)(
  '%s %s',
  async (signal, when) => {
    const running = start(place)
    // A process that has not set up its handlers yet ends by the signal itself.
    if (when === 'at once') await new Promise((resolve) => setTimeout(resolve, 1_000))
    else while (readdirSync(folder).length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    expect([0, null]).toContain(await stopped(running, signal))
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test.each([
  ['SIGINT', 'Importing'],
  ['SIGTERM', 'Metric run'],
] as const)(
  '%s in the middle of "%s"',
  async (signal, stage) => {
    const running = start(place)
    await running.said(new RegExp(stage), READY)
    expect(await stopped(running, signal)).toBe(0)
    expect(running.words()).not.toMatch(/\n +at |rror/)
    expect(running.answers()).toBe('')
    expect(processesOf(folder)).toEqual([])
    expect(await doctor(place)).toMatchObject({ code: 0, said: expect.stringContaining('All is well.') })
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test(
  'kill -9 in the metric run: the next start goes on, tells the pull, the passwords once and that it is ready',
  async () => {
    const killed = start(place)
    await killed.said(/Metric run/, READY)
    expect(await stopped(killed, 'SIGKILL')).toBeNull()

    const running = start(place)
    await running.said(/Ready: /, READY)
    const told = running.answers()
    for (const words of [/PostgreSQL embedded 18/, /Measures in force/, /Queue BullMQ on PostgreSQL/, /Metric run .* 1\d\d charts, published/]) {
      expect(running.words()).toMatch(words)
    }
    expect(told).toMatch(/What .+ pulls for its members, (\d{4})-01-01 to \1-12-31/)
    expect(told.indexOf('pulls for its members')).toBeLessThan(told.indexOf('Sign-ins, told this once'))
    expect(told.indexOf('Sign-ins, told this once')).toBeLessThan(told.indexOf('Ready: '))
    region = signInsIn(told)
    expect([...region.keys()].map((email) => email.split('@')[0]).sort()).toEqual(expect.arrayContaining(['analyst', 'clinician', 'clinician', 'clinician', 'region']))
    expect((await fetch(`http://127.0.0.1:${place.port}/healthz`)).status).toBe(200)
    expect(await signIn(place, 'region@demo.example', region.get('region@demo.example')!)).toBe('Viewer')

    const examined = await doctor(place)
    expect(examined).toMatchObject({ code: 0, said: expect.stringMatching(/Server +embedded PostgreSQL 18.*, running[\s\S]*All is well\./) })
    expect((await fetch(`http://127.0.0.1:${place.port}/healthz`)).status).toBe(200)
    expect(await stopped(running, 'SIGINT')).toBe(0)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test(
  'a later start is quick and tells no password; killed without a chance to clean up, it is followed by one that takes over',
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
    // PostgreSQL outlives it and is adopted.
    expect(processesOf(folder).length).toBeGreaterThan(0)
    const third = start(place)
    await third.said(/Ready: /, READY)
    expect(await signIn(place, 'region@demo.example', region.get('region@demo.example')!)).toBe('Viewer')
    expect(await stopped(third, 'SIGTERM')).toBe(0)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)

test(
  'with REDIS_URL the queue is on Redis; without Redis behind it the start says so and leaves nothing',
  async () => {
    const redis = await startRedis()
    if (!redis) return void process.stderr.write('not run: npm start with REDIS_URL: redis-server is not installed and could not be\n')
    const running = start(place, { REDIS_URL: redis.url })
    await running.said(/Ready: /, READY)
    expect(running.words()).toContain('BullMQ on Redis')
    expect(await stopped(running, 'SIGINT')).toBe(0)
    await redis.stop()

    const alone = start(place, { REDIS_URL: redis.url })
    expect(await alone.ended).toBe(1)
    expect(alone.words()).toMatch(/Redis/)
    expect(alone.words()).not.toMatch(/\n +at /)
    expect(processesOf(folder)).toEqual([])
  },
  SLOW,
)
