// Whole populations through the command line, and through it again: what the sender's counts say is what the region holds.
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '../support/fixtures.ts'
import { tableChecksums } from './import/checksum.ts'
import { type ExpectedChart, expectedCharts } from './import/expected-charts.ts'
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

  test('registry and coverage are what the files say, chart by chart', async () => {
    const expected = await expectedCharts(practices!)
    const rows = await region.sql<Record<string, any>>(
      `select p.fhir_id, s.a1c::float, s.a1c_on::text, s.systolic::float, s.diastolic::float, s.blood_pressure_on::text, s.last_visit_on::text,
              array(select condition from patient_condition c where c.patient_id = p.id order by condition) as conditions,
              array(select concat_ws(' ', v.starts_on, coalesce(v.ends_on::text, 'open'), coalesce(o.name, 'uninsured')) from coverage v
                      left join organization o on o.id = v.payer_id where v.patient_id = p.id order by v.starts_on) as coverage
         from patient p join patient_summary s on s.patient_id = p.id`,
    )
    const shown = Object.fromEntries(rows.map(({ fhir_id, ...row }) => [fhir_id, row]))
    const wanted = [...expected].map(([id, { a1c, pressure, lastVisitOn, conditions, coverage }]) => [
      id,
      {
        a1c: a1c?.values[0] ?? null,
        a1c_on: a1c?.day ?? null,
        systolic: pressure?.values[0] ?? null,
        diastolic: pressure?.values[1] ?? null,
        blood_pressure_on: pressure?.day ?? null,
        last_visit_on: lastVisitOn,
        conditions: [...conditions].toSorted(),
        coverage,
      },
    ])
    expect(shown).toEqual(Object.fromEntries(wanted))
    const holding = (has: (chart: ExpectedChart) => unknown) => [...expected.values()].filter(has).length
    expect(holding(({ a1c }) => a1c)).toBeGreaterThan(100)
    expect(holding(({ pressure }) => pressure)).toBeGreaterThan(400)
    expect(holding(({ conditions }) => conditions.size > 1)).toBeGreaterThan(50)
    expect(holding(({ coverage }) => coverage.length > 1)).toBeGreaterThan(100)
  }, 120_000)

  test('the same again changes nothing, nor do some of the files from elsewhere with other names', async () => {
    const before = await tableChecksums(region)
    const again = await region.import(practices!, { practicesBy: csv })
    expect(again.reports).toEqual([])
    expect(again.counts.all).toEqual({ created: 0, corrected: 0, unchanged: 188_779, rejected: 0, lines: 188_779 })
    expect(await tableChecksums(region)).toEqual(before)

    const folder = mkdtempSync(join(tmpdir(), 'commons-import-'))
    try {
      const copies = { Patient: 'people', Encounter: 'visits of 2021', Condition: 'x', Goal: 'Goal' }
      for (const [type, name] of Object.entries(copies)) copyFileSync(join(practices!, `${type}.ndjson.gz`), join(folder, `${name}.ndjson`))
      const copied = await region.import(folder, { practicesBy: csv })
      expect(copied.reports).toEqual([])
      expect(copied.counts.all).toMatchObject({ created: 0, corrected: 0, unchanged: 615 + 18_098 + 4546 + 1147 })
      expect(await tableChecksums(region)).toEqual(before)
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
      `insert into organization (id, region_id, kind, name, slug, created_at) select uuidv7(), id, 'practice', 'Elm Street', 'elm-street', now() from region`,
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
