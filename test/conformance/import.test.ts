// Whole populations through the command line, and through it again: what the sender's counts say is what the region holds.
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '../support/fixtures.ts'
import { tableChecksums } from './import/checksum.ts'
import type { CommandOutcome } from './import/outcome.ts'
import { openRegion, type Region } from './import/region.ts'

const practices = fixture('data/synthea-practices')
const small = fixture('data/synthea-small')
const countsOf = (folder: string): Record<string, number> =>
  (JSON.parse(readFileSync(join(folder, '_counts.json'), 'utf8')) as { counts: Record<string, number> }).counts

const describePresent = (folder: string | null) => (folder ? describe : describe.skip)

describePresent(practices)('615 patients of 61 practices', () => {
  let region: Region
  let first: CommandOutcome
  const csv = join(practices ?? '', 'practice_by_last_wellness_visit.csv')

  beforeAll(async () => {
    region = await openRegion()
    first = await region.command(practices!, '--practices-by', csv)
  }, 240_000)
  afterAll(() => region?.close())

  test('the report gives the published count of every type, all new', () => {
    expect(first).toMatchObject({ code: 0, reports: [] })
    const { all, ...types } = first.counts
    expect(Object.fromEntries(Object.entries(types).map(([type, { lines }]) => [type, lines]))).toEqual(countsOf(practices!))
    for (const { created, lines } of Object.values(first.counts)) expect(created).toBe(lines)
    expect(all!.lines).toBe(188_779)
  })

  test('so does the database', async () => {
    expect(await resourcesHeld(region)).toEqual(countsOf(practices!))
    const [charts] = await region.sql('select count(*)::int as patients, count(distinct practice_id)::int as practices from patient')
    expect(charts!.patients).toBe(615)
    expect(charts!.practices).toBeGreaterThanOrEqual(50)
    const [summaries] = await region.sql('select count(*)::int as charts, sum(resource_count)::int as resources from patient_summary')
    expect(summaries).toEqual({ charts: 615, resources: 188_779 - 102 - 102 })
  })

  test('the same again, here and from a copy with other names, changes nothing', async () => {
    const before = await tableChecksums(region)
    const folder = mkdtempSync(join(tmpdir(), 'commons-import-'))
    try {
      cpSync(practices!, folder, { recursive: true })
      renameSync(join(folder, 'Observation.ndjson.gz'), join(folder, 'results of 2021.ndjson'))
      for (const [path, table] of [
        [practices!, csv],
        [folder, join(folder, 'practice_by_last_wellness_visit.csv')],
      ]) {
        const again = await region.import(path!, { practicesBy: table! })
        expect(again).toMatchObject({ reports: [] })
        expect(again.counts.all).toEqual({ created: 0, corrected: 0, unchanged: 188_779, rejected: 0, lines: 188_779 })
        expect(await tableChecksums(region)).toEqual(before)
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }, 400_000)
})

describePresent(small)('100 patients, one practice', () => {
  let region: Region
  beforeAll(async () => void (region = await openRegion()), 60_000)
  afterAll(() => region?.close())

  test('all lands with the published counts when the practice is named', async () => {
    await region.import(join(small!, 'Organization.ndjson.gz'))
    await region.sql(
      `insert into organization (id, region_id, kind, name, slug, created_at) select gen_random_uuid(), id, 'practice', 'Elm Street', 'elm-street', now() from region`,
    )
    const outcome = await region.import(small!, { practice: 'elm-street' })
    expect(outcome.reports).toEqual([])
    const { all, ...types } = outcome.counts
    expect(Object.fromEntries(Object.entries(types).map(([type, { lines }]) => [type, lines]))).toEqual(countsOf(small!))
    expect(all).toMatchObject({ corrected: 0, rejected: 0, unchanged: countsOf(small!)['Organization'] })
    expect(await resourcesHeld(region)).toEqual(countsOf(small!))
  }, 240_000)
})

async function resourcesHeld({ sql }: Region): Promise<Record<string, number>> {
  const rows = await sql<{ type: string; resources: number }>(
    `select type, count(*)::int as resources from (select type, fhir_id from resource_version union all select type, fhir_id from directory_version) v group by type`,
  )
  return Object.fromEntries(rows.map(({ type, resources }) => [type, resources]))
}
