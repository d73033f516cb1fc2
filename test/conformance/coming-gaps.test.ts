// When closed gaps come due, as jobs work it out for many charts, against every chart evaluated with all its records, day by day.
import { type Chart, type LoadedMeasure, openCompiler, openEnginePool, readPackage } from '@carecommons/cql'
import { openDatabase } from '@carecommons/database'
import { openLoadedMeasures, workOutComingGaps } from '@carecommons/domain'
import { addDays, type Day, offsetMinutesIn } from '@carecommons/kernel'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { starterSet } from '../support/starter-set.ts'

const YEAR = new Date().getUTCFullYear()
const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)
const CHARTS = Number(process.env['COMMONS_CHARTS'] ?? 90)

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client
const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]

beforeAll(async () => {
  database = await testDatabase(starterSet)
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', String(CHARTS), '--seed', String(SEED % 1000)], database.env)
  await runCommons(['measures', 'run', '--year', String(YEAR)], database.env)
}, 300_000)
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

interface Closed {
  readonly patientId: string
  readonly measureId: string
  readonly improvement: 'increase' | 'decrease'
}

/** The first of the days on which it is open, month by month and then each day of that month. */
async function firstOpenDay(measure: LoadedMeasure, chart: Chart, { improvement }: Closed, zone: string): Promise<Day | null> {
  const isOpen = async (days: number): Promise<boolean> => {
    const end = addDays(`${YEAR}-12-31`, days)
    const start = addDays(end, -(YEAR % 4 === 0 ? 365 : 364))
    const [result] = await measure.evaluate([chart], { start, end, offsetMinutes: offsetMinutesIn(zone, start) })
    const of = result!.groups[0]!.populations
    const counted = of.denominator - of['denominator-exclusion'] - of['denominator-exception']
    return result!.problem === null && counted > 0 && (of.numerator === 0) === (improvement === 'increase')
  }
  for (let month = 30; month <= 365; month += 30) {
    if (!(await isOpen(month))) continue
    for (let day = month - 29; ; day++) if (await isOpen(day)) return addDays(`${YEAR}-12-31`, day)
  }
  return null
}

test(`stored days are those of each chart by itself (seed ${SEED})`, async () => {
  const jobs = await sql<{ id: string; practiceId: string }>(
    `select subject_id as id, practice_id as "practiceId" from job where name = 'measures.coming-gaps'`,
  )
  expect(jobs).toHaveLength(3)
  // The command's worker may have begun.
  await sql('delete from coming_gap')
  await sql('update metric_chunk set coming_at = null')
  await sql(`update coming_gap_state set state = 'under-way'`)
  const app = openDatabase(database.appUrl, { max: 2 })
  const pool = openEnginePool({ threads: 1 })
  const measures = openLoadedMeasures(app, openCompiler())
  for (const { id, practiceId } of jobs) await workOutComingGaps(app, pool, measures, id, practiceId)
  await pool.close()
  await app.close()
  expect(await sql('select distinct state from coming_gap_state')).toEqual([{ state: 'ready' }])
  const stored = await sql<{ patientId: string; measureId: string; dueOn: Day }>(
    'select patient_id as "patientId", measure_id as "measureId", due_on::text as "dueOn" from coming_gap order by 1, 2',
  )

  const closed = await sql<Closed>(
    `select m.patient_id as "patientId", m.measure_id as "measureId", k.improvement from measure_membership m join metric_run r on r.id = m.run_id
       join measure_package k on k.measure_id = m.measure_id and k.hash = any (r.package_hashes)
      where m.group_index = 0 and m.denominator - m.denominator_exclusion - m.denominator_exception > 0
        and (m.numerator = 0) <> (k.improvement = 'increase') order by 1, 2`,
  )
  const engine = openCompiler()
  const loaded = new Map<string, LoadedMeasure>()
  for (const { bundle } of await sql<{ bundle: string }>(
    'select k.bundle from measure_package k join metric_run r on k.hash = any (r.package_hashes)',
  )) {
    const reading = readPackage(JSON.parse(bundle))
    if (reading.ok) loaded.set(reading.package.id, engine.load(reading.package))
  }
  const [{ zone }] = (await sql<{ zone: string }>('select time_zone as zone from region')) as [{ zone: string }]
  const records = Map.groupBy(
    await sql<{ patientId: string; content: string }>(
      `select patient_id as "patientId", content from resource_version where superseded_at is null and not withdrawn order by type, fhir_id`,
    ),
    ({ patientId }) => patientId,
  )
  const expected: typeof stored = []
  for (const gap of closed) {
    const chart = { id: gap.patientId, resources: records.get(gap.patientId)!.map(({ content }) => content) }
    const dueOn = await firstOpenDay(loaded.get(gap.measureId)!, chart, gap, zone)
    if (dueOn !== null) expected.push({ patientId: gap.patientId, measureId: gap.measureId, dueOn })
  }
  expect(expected.length).toBeGreaterThan(20)
  expect(stored).toEqual(expected)
}, 300_000)
