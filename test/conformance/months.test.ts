// A practice month by month, as jobs work it out for many charts, against whole runs and against every chart by itself.
import { type Chart, type LoadedMeasure, openCompiler, openEnginePool, readPackage } from '@carecommons/cql'
import { type Database, openDatabase } from '@carecommons/database'
import { openLoadedMeasures, openMonthsFollower } from '@carecommons/domain'
import { addDays, addMonths, type Day, offsetMinutesIn, systemClock } from '@carecommons/kernel'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { starterSet } from '../support/starter-set.ts'

const YEAR = new Date().getUTCFullYear() - 1
const SEED = Number(process.env['COMMONS_SEED'] ?? 20261123)

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client
let app: Database
let zone: string
const pool = openEnginePool({ threads: 1 })
const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]

beforeAll(async () => {
  database = await testDatabase(starterSet)
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', '240', '--seed', String(SEED % 1000)], database.env)
  await runCommons(['measures', 'run', '--year', String(YEAR)], database.env)
  app = openDatabase(database.appUrl, { max: 2 })
  zone = (await sql<{ zone: string }>('select time_zone as zone from region'))[0]!.zone
}, 300_000)
afterAll(async () => {
  await pool.close()
  await app?.close()
  await owner?.end()
  await database?.drop()
})

const follower = () =>
  openMonthsFollower({ sessions: app, pool, measures: openLoadedMeasures(app, openCompiler()), clock: systemClock, timeZone: zone })
async function followAll(one = follower()): Promise<number> {
  let steps = 0
  while ((await one.follow()) > 0) steps++
  return steps
}
const scores = () =>
  sql<
    Record<'practice' | 'measure', string> & {
      end: Day
      counted: number
      numerator: number
      openBefore: number | null
      closed: number | null
    }
  >(
    `select practice_id as practice, measure_id as measure, ends_on::text as end, counted, numerator, open_before as "openBefore", closed
       from month_score order by 1, 2, 3`,
  )

test('stopped half way nothing is told; whoever goes on tells all of it once, and then has nothing to do', async () => {
  await follower().follow()
  expect(await scores()).toEqual([])
  expect(await followAll()).toBeGreaterThanOrEqual(3)
  expect(await sql('select practice_id from month_state')).toHaveLength(3)
  expect((await scores()).length).toBeGreaterThan(3 * 5 * 20)
  expect(await followAll()).toBe(0)
})

test('the months that end a year are the run of that year', async () => {
  const told = (await scores())
    .filter(({ end }) => end === `${YEAR}-12-31`)
    .map(({ practice, measure, counted, numerator }) => ({ practice, measure, counted, numerator }))
  const run = await sql(
    `select practice_id as practice, measure_id as measure, denominator - denominator_exclusion - denominator_exception as counted, numerator
       from score where practice_id is not null and group_index = 0 and denominator - denominator_exclusion - denominator_exception > 0 order by 1, 2`,
  )
  expect(told).toEqual(run)
})

test(`every month is what each chart says by itself, and closed is what was open (seed ${SEED})`, async () => {
  const engine = openCompiler()
  const packages = await sql<{ bundle: string; improvement: string }>(
    'select k.bundle, k.improvement from measure_package k join metric_run r on k.hash = any (r.package_hashes)',
  )
  const [{ practice }] = (await sql('select practice_id as practice from month_state order by 1 limit 1')) as [{ practice: string }]
  const records = await sql<{ id: string; content: string }>(
    `select patient_id as id, content from resource_version where practice_id = $1 and superseded_at is null and not withdrawn order by type, fhir_id`,
    [practice],
  )
  const charts: Chart[] = [...Map.groupBy(records, ({ id }) => id)].map(([id, of]) => ({ id, resources: of.map(({ content }) => content) }))
  const told = (await scores()).filter((row) => row.practice === practice)
  const last = told.at(-1)!.end
  for (const { bundle, improvement } of packages) {
    const reading = readPackage(JSON.parse(bundle))
    if (!reading.ok) throw new Error('A package in force does not open.')
    const measure = engine.load(reading.package)
    const ends = [-2, -1, 0].map((months) => addDays(addMonths(addDays(last, 1), months), -1))
    let before: Map<string, boolean> | null = null
    for (const end of ends) {
      const places = await placesOf(measure, charts, end, improvement)
      const row = told.find((one) => one.measure === reading.package.id && one.end === end)
      expect(row?.counted ?? 0).toBe(places.counted)
      expect(row?.numerator ?? 0).toBe(places.numerator)
      if (before) {
        const was = [...before].filter(([id, isOpen]) => isOpen && places.open.has(id))
        expect(row?.openBefore ?? 0).toBe(was.length)
        expect(row?.closed ?? 0).toBe(was.filter(([id]) => !places.open.get(id)).length)
      }
      before = places.open
    }
  }
})

async function placesOf(measure: LoadedMeasure, charts: readonly Chart[], end: Day, improvement: string) {
  const start = addMonths(addDays(end, 1), -12)
  const results = await measure.evaluate(charts, { start, end, offsetMinutes: offsetMinutesIn(zone, start) })
  const places = { counted: 0, numerator: 0, open: new Map<string, boolean>() }
  for (const [index, { groups }] of results.entries()) {
    const of = groups[0]!.populations
    const counted = of.denominator - of['denominator-exclusion'] - of['denominator-exception']
    if (counted <= 0) continue
    places.counted += counted
    places.numerator += of.numerator
    places.open.set(charts[index]!.id, (of.numerator === 0) === (improvement === 'increase'))
  }
  return places
}

test('another set of measures, and many more people, are worked out anew; a few people are not', async () => {
  await sql('update month_state set living = living + 1')
  expect(await followAll()).toBe(0)
  const [one] = (await sql(
    `update month_state set living = living * 2 where practice_id = (select max(practice_id::text)::uuid from month_state) returning practice_id as id`,
  )) as [{ id: string }]
  const before = await scores()
  await sql('delete from month_score where practice_id = $1', [one.id])
  expect(await followAll()).toBeGreaterThan(0)
  expect(await scores()).toEqual(before)
  await sql(`update month_state set package_hashes = '{}'`)
  expect(await followAll()).toBeGreaterThanOrEqual(3)
  expect(await scores()).toEqual(before)
})

test('whoever waits for figures goes first', async () => {
  await sql(`update month_state set package_hashes = '{}'`)
  await sql(`update metric_run set state = 'queued'`)
  expect(await follower().follow()).toBe(0)
  await sql(`update metric_run set state = 'published'`)
  expect(await followAll()).toBeGreaterThan(0)
})
