// An import is killed or interrupted at moments of all kinds; the same command until it is done leads to the same region.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { factChecksums } from '../conformance/import/checksum.ts'
import { demoFolder } from '../conformance/import/demo-folder.ts'
import type { CommandOutcome } from '../conformance/import/outcome.ts'
import { openRegion, outcomeOf, type Region } from '../conformance/import/region.ts'

const SEED = Number(process.env['COMMONS_SEED'] ?? 20261121)

let folder: string
let resources: number
let undisturbed: CommandOutcome
let wanted: Record<string, string>
/** Milliseconds the undisturbed import took after its first sign. */
let duration: number
let region: Region

beforeAll(async () => {
  ;({ folder, resources } = demoFolder({ practices: 5, patients: 160 }))
  region = await openRegion()
  const command = region.start(folder)
  const outcome = outcomeOf(command)
  const begun = await firstSign(command)
  undisturbed = await outcome
  duration = Date.now() - begun
  wanted = await factChecksums(region)
  await region.close()
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeEach(async () => void (region = await openRegion()), 60_000)
afterEach(() => region.close())

test(`killed at ten random moments (seed ${SEED})`, async () => {
  const random = randomFrom(SEED)
  for (let kills = 0; kills < 10; kills++) {
    const command = region.start(folder)
    // The first two die while they are still starting, the others somewhere on their way.
    if (kills < 2) await pause(random() * 1500)
    else {
      await firstSign(command)
      await pause((random() * duration) / 8)
    }
    await kill(command)
  }
  await expectToBecomeWhole()
}, 180_000)

test('killed when all is read and charts wait for their projections', async () => {
  const command = region.start(folder)
  const waiting = `select exists (select from import_file) and not exists (select from import_file where not done) and exists (select from dirty_chart) as ready`
  while (!(await region.sql(waiting))[0]!.ready) await pause(5)
  await kill(command)
  expect(await region.sql('select 1 from dirty_chart limit 1')).toHaveLength(1)
  await expectToBecomeWhole()
}, 120_000)

test('interrupted by hand: stops at a clean place, says how to go on, leaves no trace of a fault', async () => {
  const command = region.start(folder)
  const outcome = outcomeOf(command)
  await firstSign(command)
  command.kill('SIGINT')
  const stopped = await outcome
  expect(stopped).toMatchObject({ code: 130, stdout: '' })
  expect(stopped.stderr).toContain('Importing stopped. What was read is kept; the same command goes on from there.')
  expect(stopped.stderr).not.toMatch(/\n +at |rror/)
  await expectToBecomeWhole()
}, 120_000)

/** The same command once more: it goes on where the others were, and the region is the one it would have been. */
async function expectToBecomeWhole(): Promise<void> {
  const last = await region.command(folder)
  expect(last).toMatchObject({ code: 0, reports: [] })
  expect(last.stderr).toContain('taken up where it was interrupted')
  expect(last.counts).toEqual(undisturbed.counts)
  expect(last.counts.all).toEqual({ created: resources, corrected: 0, unchanged: 0, rejected: 0, lines: resources })
  expect(await factChecksums(region)).toEqual(wanted)
}

/** When the import has begun to read. */
async function firstSign(command: ChildProcess): Promise<number> {
  for await (const [text] of on(command)) if (String(text).includes('Importing')) return Date.now()
  throw new Error('The import ended without a sign.')
}

async function* on(command: ChildProcess): AsyncGenerator<[Buffer]> {
  const ended = once(command, 'close').then(() => null)
  for (;;) {
    const next = await Promise.race([once(command.stderr!, 'data') as Promise<[Buffer]>, ended])
    if (!next) return
    yield next
  }
}

async function kill(command: ChildProcess): Promise<void> {
  if (command.exitCode !== null) throw new Error('The import was done before it could be killed: make it longer.')
  const ended = once(command, 'close')
  command.kill('SIGKILL')
  await ended
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}
