// `npm start` on servers that a region runs itself, under an owner who may create roles and is no superuser.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../packages/database/src/embedded/free-port.ts'
import { encounter, folderOf, patient, type Resource } from '../conformance/import/resources.ts'
import { runCommons } from '../support/commons.ts'
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

test(
  "a region's own charts: the start tells what a payer pulls, or why there is nothing to pull",
  async () => {
    const server = await newestServer()
    const data = mkdtempSync(join(folder, 'data-'))
    const place: Place = { port: await freePort(), env: { COMMONS_DATA: data, DATABASE_URL: await ownDatabase(server) } }
    const bring = async (files: Record<string, readonly Resource[]>): Promise<void> => {
      const from = folderOf(files)
      await runCommons(['import', 'fhir', from], place.env)
      rmSync(from, { recursive: true })
    }
    const told = async (): Promise<string> => {
      const running = start(place)
      await running.said(/Ready: /, READY)
      expect(await stopped(running, 'SIGTERM')).toBe(0)
      return running.answers()
    }
    try {
      await bring({ 'Patient.ndjson': people(40), 'Encounter.ndjson': visits(40) })
      expect(await told()).toMatch(/^\nNo payer pulls anything yet: no record names who paid\. [^]*Ready: /)
      // Nobody signs in for this payer yet; its figures are told all the same.
      await bring({ 'Coverage.ndjson': coverages(40) })
      await runCommons(['measures', 'run', '--year', '2020'], place.env)
      expect(await told()).toMatch(
        /What Border Health pulls for its members, 2020-01-01 to 2020-12-31[^]*\nRegion +Depression[^\n]* 40 [^]*Ready: /,
      )
    } finally {
      await server.stop()
    }
  },
  2 * READY,
)

const numbered = <T>(count: number, make: (id: string) => T): T[] => Array.from({ length: count }, (_, n) => make(`p${n}`))
const people = (count: number) => numbered(count, (id) => patient(id))
const visits = (count: number) => numbered(count, (id) => encounter(`visit-${id}`, id))
const coverages = (count: number) =>
  numbered(count, (id) => ({
    resourceType: 'Coverage',
    id: `cover-${id}`,
    status: 'active',
    beneficiary: { reference: `Patient/${id}` },
    payor: [{ display: 'Border Health' }],
  }))

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
