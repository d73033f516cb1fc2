// What a payer keeps of one period, release after release: nothing that few people follow from, over a region whose records move.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'

const YEAR = new Date().getUTCFullYear()
/** How many people of middle age turn out to be born when, before each further run: too old for some measures, too young for most. */
const ROUNDS = [
  { count: 9, born: '1948-05-06' },
  { count: 250, born: `${YEAR - 3}-05-06` },
]

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client

const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]
const measure = () => runCommons(['measures', 'run', '--year', String(YEAR)], database.env)

beforeAll(async () => {
  database = await testDatabase()
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', '900', '--seed', '7'], database.env)
  await measure()
  for (const round of ROUNDS) {
    await correct(round)
    await measure()
  }
}, 300_000)
afterAll(async () => {
  await owner.end()
  await database.drop()
})

async function correct({ count, born }: (typeof ROUNDS)[number]): Promise<void> {
  const patients = await sql<{ content: string }>(
    `select v.content from resource_version v where v.type = 'Patient' and v.superseded_at is null
       and (v.content::jsonb ->> 'birthDate') between '1962' and '1990' order by v.fhir_id limit $1`,
    [count],
  )
  expect(patients).toHaveLength(count)
  const folder = mkdtempSync(join(tmpdir(), 'commons-releases-'))
  writeFileSync(
    join(folder, 'Patient.ndjson'),
    patients.map(({ content }) => JSON.stringify({ ...(JSON.parse(content) as object), birthDate: born })).join('\n'),
  )
  await runCommons(['import', 'fhir', folder], database.env)
  rmSync(folder, { recursive: true })
}

const COUNTS = `f.initial_population, f.denominator, f.denominator_exclusion, f.denominator_exception, f.numerator`
const isFew = (count: number): boolean => Math.abs(count) >= 1 && Math.abs(count) <= 10

interface Told {
  readonly row: string
  readonly measure: string
  readonly run: string
  readonly counts: number[]
  readonly isOfRun: boolean
}

const told = () =>
  sql<Told>(
    `select f.payer_id || ' ' || coalesce(f.practice_id::text, 'region') as row, f.measure_id as measure, r.finished_at::text as run,
            array[${COUNTS}] as counts, f.figures_of = f.run_id as "isOfRun"
       from payer_performance f join metric_run r on r.id = f.run_id where not f.hidden order by r.finished_at`,
  )

test('every release shows something, some of it new and some of it kept from before', async () => {
  const runs = Map.groupBy(await told(), ({ run }) => run)
  expect(runs.size).toBe(ROUNDS.length + 1)
  const kept = [...runs.values()].map((rows) => rows.filter(({ isOfRun }) => !isOfRun).length)
  expect(kept[0]).toBe(0)
  expect(Math.max(...kept)).toBeGreaterThan(0)
  for (const rows of runs.values()) expect(rows.filter(({ isOfRun }) => isOfRun).length).toBeGreaterThan(0)
})

test('what is shown is the score of the run that it is said to be of', async () => {
  const other = await sql(
    `select f.* from payer_performance f
       left join payer_score s on s.run_id = f.figures_of and s.payer_id = f.payer_id and s.practice_id is not distinct from f.practice_id
        and s.measure_id = f.measure_id and s.group_index = f.group_index
      where not f.hidden and (${COUNTS}) is distinct from
            (s.initial_population, s.denominator, s.denominator_exclusion, s.denominator_exception, s.numerator)
        and (s.id is not null or f.initial_population > 0)`,
  )
  expect(other).toEqual([])
})

test('hardening 22: no figure moves by few people from any release to any later one, though figures of the runs do', async () => {
  const moves = (rows: readonly Told[]) =>
    [...Map.groupBy(rows, ({ row, measure }) => `${row} ${measure}`).values()].flatMap((of) =>
      of.flatMap((now, index) => of.slice(0, index).flatMap((then) => now.counts.map((count, at) => count - then.counts[at]!))),
    )
  const shown = moves(await told())
  expect(shown.filter((by) => Math.abs(by) > 10).length).toBeGreaterThan(0)
  expect(shown.filter(isFew)).toEqual([])
  const scored = await sql<Told>(
    `select f.payer_id || ' ' || coalesce(f.practice_id::text, 'region') as row, f.measure_id as measure, '' as run, array[${COUNTS}] as counts
       from payer_score f join metric_run r on r.id = f.run_id order by r.finished_at`,
  )
  expect(moves(scored).filter(isFew).length).toBeGreaterThan(50)
})

test('hardening 22: where all of one measure are in another, no release shows both with few people between', async () => {
  const nested = await sql<{ outer: string; inner: string }>(
    `with people as (select distinct patient_id, measure_id from measure_membership where initial_population > 0)
     select o.measure_id as outer, i.measure_id as inner
       from (select distinct measure_id from people) o cross join (select distinct measure_id from people) i
      where o.measure_id <> i.measure_id and not exists (
        select from people p where p.measure_id = i.measure_id
           and not exists (select from people q where q.measure_id = o.measure_id and q.patient_id = p.patient_id))`,
  )
  expect(nested.length).toBeGreaterThan(5)
  const between = [...Map.groupBy(await told(), ({ row, run }) => `${row} ${run}`).values()].flatMap((rows) =>
    nested.flatMap(({ outer, inner }) => {
      const [from, less] = [outer, inner].map((id) => rows.find(({ measure }) => measure === id)?.counts[0])
      return from === undefined || less === undefined ? [] : [from - less]
    }),
  )
  expect(between.length).toBeGreaterThan(50)
  expect(between.filter(isFew)).toEqual([])
})
