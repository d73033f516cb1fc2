// `npm start` on servers that a region runs itself, under an owner who may create roles and is no superuser.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../packages/database/src/embedded/free-port.ts'
import { doctor, endStarted, type Place, processesOf, READY, signIn, signInsIn, start, stopped } from './start/install.ts'
import { newestServer, oldestServer, ownDatabase } from './start/own-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'carecommons-start-'))
afterEach(endStarted)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['the newest PostgreSQL', newestServer],
  ['the oldest PostgreSQL that the machine has', oldestServer],
])(
  'DATABASE_URL on %s: becomes ready, stops, starts again, and doctor finds it well',
  async (title, openServer) => {
    const server = await openServer()
    // The newest comes with us; an older one is a bonus of the machine.
    if (!server) return void process.stderr.write(`not run: npm start on ${title}: /usr/lib/postgresql has none from version 15 on\n`)
    const data = mkdtempSync(join(folder, 'data-'))
    try {
      const place: Place = { port: await freePort(), env: { COMMONS_DATA: data, DATABASE_URL: await ownDatabase(server) } }
      expect(await doctor(place)).toMatch(/Nothing is set up yet[^]*exit 0/)
      const first = start(place)
      await first.said(/Ready: /, READY)
      expect(first.words()).toContain('PostgreSQL server of DATABASE_URL')
      expect(first.words()).not.toContain('"level":"error"')
      expect(first.answers()).toContain('pulls for its members')
      const passwords = signInsIn(first.answers())
      expect(await signIn(place, passwords)).toBe('Viewer')
      const examined = await doctor(place)
      expect(examined).toMatch(
        /PostgreSQL 1\d\.\d+ at 127\.0\.0\.1:\d+\/own_region as region_owner \(DATABASE_URL\)[^]*BullMQ on PostgreSQL[^]*All is well\.\nexit 0/,
      )
      expect(examined).not.toContain('sesame')
      expect(await stopped(first, 'SIGINT')).toBe(0)

      const second = start(place)
      await second.said(/Ready: /, READY)
      expect(second.answers()).not.toContain('@demo.example')
      expect(await signIn(place, passwords)).toBe('Viewer')
      expect(await stopped(second, 'SIGTERM')).toBe(0)

      // Keys are kept here, and no server was started.
      expect(readdirSync(data)).not.toContain('postgres')
      expect(processesOf(data)).toEqual([])
    } finally {
      await server.stop()
    }
  },
  2 * READY,
)

test('a server that does not answer is told in words', async () => {
  const database = `postgresql://owner:secret@127.0.0.1:${await freePort()}/region`
  const place: Place = { port: await freePort(), env: { COMMONS_DATA: folder, DATABASE_URL: database } }
  const running = start(place)
  expect(await running.ended).toBe(1)
  expect(running.words()).toMatch(/PostgreSQL at 127\.0\.0\.1:\d+ cannot be used: /)
  expect(running.words()).not.toMatch(/\n +at |secret/)
  const examined = await doctor(place)
  expect(examined).toMatch(/Wrong: .+\n1 to mend\.\nexit 1/)
  expect(examined).not.toContain('secret')
}, 60_000)
