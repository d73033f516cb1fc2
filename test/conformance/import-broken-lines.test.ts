// Lines broken by hand: each gets a report with its place, all others land, and once mended they land too.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BrokenLine,
  brokenConditions,
  brokenEncounters,
  brokenObservations,
  brokenPatients,
  dependentsOf,
} from './import/broken-lines.ts'
import { factChecksums, tableChecksums } from './import/checksum.ts'
import type { CommandOutcome } from './import/outcome.ts'
import { openRegion, type Region } from './import/region.ts'
import { a1c, diabetes, encounter, folderOf, ndjson, patient, type Text } from './import/resources.ts'

const GOOD = { patients: 3, each: 40 }
const owner = (index: number): string => `p${(index % GOOD.patients) + 1}`

/** Broken lines among good ones, blank lines in between; where each broken one stands, 1-based. */
function mixed(
  good: readonly Text[],
  broken: readonly BrokenLine[],
  choose: (line: BrokenLine) => Text,
): { bytes: Buffer; places: number[] } {
  const lines: Text[] = [...good]
  const places = broken.map((line, index) => {
    const at = Math.min(lines.length, 1 + index * 2)
    lines.splice(at, 0, choose(line), ...(index % 7 === 0 ? ['', '  '] : []))
    return line
  })
  return { bytes: ndjson(lines), places: places.map((line) => lines.indexOf(choose(line)) + 1) }
}

const patients = Array.from({ length: GOOD.patients }, (_, index) => patient(owner(index)))
const observations = Array.from({ length: GOOD.each }, (_, index) => a1c(`o${index}`, owner(index)))
const sets = {
  'Patient.ndjson': { good: patients, broken: brokenPatients },
  'Encounter.ndjson': {
    good: Array.from({ length: GOOD.each }, (_, index) => encounter(`e${index}`, owner(index))),
    broken: [...brokenEncounters, ...dependentsOf(encounter)],
  },
  'Condition.ndjson': {
    good: Array.from({ length: GOOD.each }, (_, index) => diabetes(`c${index}`, owner(index))),
    broken: [...brokenConditions, ...dependentsOf(diabetes)],
  },
  'Observation.ndjson': { good: observations, broken: [...brokenObservations, ...dependentsOf((id, patientId) => a1c(id, patientId))] },
} as const
const twice: BrokenLine = {
  name: 'an id used twice',
  broken: a1c('o3', 'p1', 11.5),
  mended: a1c('o3-again', 'p1', 11.5),
  reason: /same id stands in line \d+/,
}
const brokenOf = (file: keyof typeof sets): readonly BrokenLine[] =>
  file === 'Observation.ndjson' ? [...sets[file].broken, twice] : sets[file].broken
const files = Object.keys(sets) as (keyof typeof sets)[]
const texts = new Map<BrokenLine, Text>()
/** One object per line, so that a line is found again by identity. */
const brokenText = (line: BrokenLine): Text =>
  texts.get(line) ??
  (texts.set(
    line,
    Buffer.isBuffer(line.broken) ? line.broken : Buffer.from(typeof line.broken === 'string' ? line.broken : JSON.stringify(line.broken)),
  ),
  texts.get(line)!)

describe('some seventy lines broken in different ways', () => {
  let region: Region
  let folder: string
  let outcome: CommandOutcome
  const expected: { file: string; line: number; broken: BrokenLine }[] = []

  beforeAll(async () => {
    region = await openRegion()
    folder = folderOf({})
    for (const file of files) {
      const { bytes, places } = mixed(sets[file].good, brokenOf(file), brokenText)
      writeFileSync(join(folder, file), bytes)
      places.forEach((line, index) => expected.push({ file: join(folder, file), line, broken: brokenOf(file)[index]! }))
    }
    outcome = await region.command(folder)
  }, 120_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await region.close()
  })

  test('each has its report with file, line and reason', () => {
    expect(outcome.code).toBe(0)
    const order = (a: { file: string; line: number }, b: { file: string; line: number }) => a.file.localeCompare(b.file) || a.line - b.line
    const places = ({ file, line }: { file: string; line: number }) => `${file}:${line}`
    expect(outcome.reports.toSorted(order).map(places)).toEqual(expected.toSorted(order).map(places))
    for (const { file, line, broken } of expected) {
      const report = outcome.reports.find((one) => one.file === file && one.line === line)
      expect({ name: broken.name, reason: report?.reason }).toEqual({ name: broken.name, reason: expect.stringMatching(broken.reason) })
    }
    expect(outcome.stdout).toContain(`${expected.length} lines did not land; they are kept with their reasons`)
  })

  test('counts add up, and everything else lands', async () => {
    const { all, ...types } = outcome.counts
    for (const { created, corrected, unchanged, rejected, lines } of Object.values(types))
      expect(created + corrected + unchanged + rejected).toBe(lines)
    const good = GOOD.patients + 3 * GOOD.each
    expect(all).toEqual({ created: good, corrected: 0, unchanged: 0, rejected: expected.length, lines: good + expected.length })
    const [held] = await region.sql('select count(*)::int as resources, count(distinct patient_id)::int as charts from resource_version')
    expect(held).toEqual({ resources: good, charts: GOOD.patients })
  })

  test('the bytes are kept with the reason', async () => {
    const kept = await region.sql<{ file: string; line: number; reason: string; content: Buffer }>(
      'select f.name as file, r.line, r.reason, r.content from import_rejection r join import_file f on f.id = r.import_file_id',
    )
    expect(kept).toHaveLength(expected.length)
    for (const { file, line, broken } of expected) {
      const row = kept.find((one) => one.file === file && one.line === line)!
      const bytes = brokenText(broken) as Buffer
      expect(row.reason).toMatch(broken.reason)
      expect(row.content.equals(bytes.length > 16 << 20 ? Buffer.alloc(0) : bytes.subarray(0, 65_536))).toBe(true)
    }
  })

  test('again: the same reports, nothing changes', async () => {
    const before = await tableChecksums(region)
    const again = await region.import(folder)
    expect(again.reports).toEqual(outcome.reports)
    expect(again.counts.all).toMatchObject({ created: 0, corrected: 0, rejected: expected.length })
    expect(await tableChecksums(region)).toEqual(before)
  }, 60_000)

  test('mended by hand, they land, and the region is what it would have been', async () => {
    for (const file of files) writeFileSync(join(folder, file), mixed(sets[file].good, brokenOf(file), ({ mended }) => mended).bytes)
    const mended = await region.import(folder)
    expect(mended.reports).toEqual([])
    expect(mended.counts.all).toMatchObject({ created: expected.length, corrected: 0, rejected: 0 })
    const undisturbed = await openRegion()
    try {
      await undisturbed.import(folder)
      const [ours, theirs] = [await factChecksums(region), await factChecksums(undisturbed)]
      // Lines stand where they stood when they landed; blank lines around them did not move.
      expect(ours).toEqual(theirs)
    } finally {
      await undisturbed.close()
    }
  }, 120_000)
})
