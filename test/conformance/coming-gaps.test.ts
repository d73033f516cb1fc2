// When closed gaps come due, as jobs work it out for many charts, against every chart evaluated with all its records, day by day.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** Works out what is left of the published run's, or all of it; the command's worker may have begun. Answers how many gaps it looked at. */
async function workOut(how: 'what is left' | 'anew'): Promise<number> {
  if (how === 'anew') {
    await sql('delete from coming_gap')
    await sql('update metric_chunk set coming_at = null')
    await sql(`update coming_gap_state set state = 'under-way', carries = null`)
  }
  const app = openDatabase(database.appUrl, { max: 2 })
  const pool = openEnginePool({ threads: 1 })
  const measures = openLoadedMeasures(app, openCompiler())
  let looked = 0
  const counting: typeof pool = {
    ...pool,
    openingDays: (packages, charts, gaps) => {
      looked += gaps.closed.reduce((sum, of) => sum + of.length, 0)
      return pool.openingDays(packages, charts, gaps)
    },
  }
  for (const { id, practiceId } of await sql<{ id: string; practiceId: string }>(
    'select id, practice_id as "practiceId" from metric_chunk',
  ))
    await workOutComingGaps(app, counting, measures, id, practiceId)
  await pool.close()
  await app.close()
  expect(await sql('select distinct state from coming_gap_state')).toEqual([{ state: 'ready' }])
  return looked
}

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
  expect(await sql(`select from job where name = 'measures.coming-gaps'`)).toHaveLength(3)
  await workOut('anew')
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

const stored = () =>
  sql('select practice_id, patient_id, measure_id, due_on::text, sensitivity from coming_gap order by practice_id, patient_id, measure_id')

/** Results and visits for some charts, others withdrawn, some of them labelled. */
async function changes(round: number, share: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'commons-coming-'))
  const some = await sql<{ content: string }>(
    `select content from resource_version v join patient p on p.id = v.patient_id
      where type in ('Observation', 'Encounter', 'Procedure') and superseded_at is null and not withdrawn
        and abs(hashtext(p.fhir_id || $1::text)) % 100 < $2 and abs(hashtext(v.fhir_id || $1::text)) % 4 = 0 order by v.fhir_id`,
    [round, share],
  )
  const changed = some.map(({ content }, at) => {
    const one = JSON.parse(content) as Record<string, unknown>
    if (at % 3 === 0) return { ...one, status: 'entered-in-error' }
    const labelled = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SUD' }] } }
    const days = { effectiveDateTime: `${YEAR}-0${1 + (at % 9)}-1${round}`, performedDateTime: `${YEAR}-0${1 + (at % 9)}-1${round}` }
    const day = Object.fromEntries(Object.entries(days).filter(([name]) => name in one))
    return { ...one, ...day, id: `again-${round}-${at}`, ...(at % 7 === 0 ? labelled : {}) }
  })
  for (const [type, of] of Map.groupBy(changed, (one) => String((one as Record<string, unknown>)['resourceType'])))
    writeFileSync(join(folder, `${type}.ndjson`), of.map((one) => JSON.stringify(one)).join('\n'))
  await runCommons(['import', 'fhir', folder], database.env)
  rmSync(folder, { recursive: true })
}

test(`what is carried over from run to run is what is worked out anew (seed ${SEED})`, async () => {
  const anew = await workOut('anew')
  const measured = () => runCommons(['measures', 'run', '--year', String(YEAR)], database.env)
  await measured()
  const [before] = await sql<{ days: string }>('select count(*) as days from coming_gap')
  // Nothing came in: there is nothing to look at.
  expect(await workOut('what is left')).toBe(0)
  expect((await sql<{ days: string }>('select count(*) as days from coming_gap'))[0]).toEqual(before)
  for (const [round, share] of [10, 30, 60].entries()) {
    await changes(round, share)
    if (round === 1) {
      // Another package of a measure, by which what was closed is open.
      const [old] = await sql<{ bundle: string }>(`select bundle from measure_package where measure_id = 'glycemic-control-poor'`)
      const bundle = JSON.parse(old!.bundle) as { entry: { resource: { resourceType: string; version: string } }[] }
      bundle.entry.find(({ resource }) => resource.resourceType === 'Measure')!.resource.version = 'another'
      const reading = readPackage(bundle)
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
      const { hash } = reading.package
      await sql(
        `insert into measure_package (hash, measure_id, url, version, title, description, improvement, source_hash, bundle, loaded_at)
         select $1, measure_id, url, 'another', title, description, case improvement when 'increase' then 'decrease' else 'increase' end, $1, $2, now()
           from measure_package where measure_id = 'glycemic-control-poor'`,
        [hash, JSON.stringify(reading.package.bundle)],
      )
      await sql(
        `insert into measure_term (id, measure_id, package_hash, starts_on, position, agreed_with, agreed_by, agreed_at)
         values (gen_random_uuid(), 'glycemic-control-poor', $1, '1900-01-01', 0, 'this test', (select min(id::text)::uuid from app_user), now())`,
        [hash],
      )
    }
    await measured()
    if (round === 2) await measured()
    const looked = await workOut('what is left')
    const carried = await stored()
    expect(looked).toBeLessThan(anew)
    const all = await workOut('anew')
    expect(looked).toBeLessThan(all)
    expect(carried).toEqual(await stored())
    expect(carried.length).toBeGreaterThan(20)
  }
}, 600_000)
