// What a payer keeps of one period, release after release: nothing that few people follow from, over a region whose records move.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { ToldSpan } from './payer-releases/told-span.ts'

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

/** Where a chart stood in a run, and who paid. */
interface Place {
  readonly run: string
  readonly chart: string
  readonly practice: string
  readonly person: string
  readonly payer: string | null
  readonly measure: string
  readonly counts: number[]
  readonly age: string
  readonly sex: string
  readonly zip: string
}

test('hardening 22: no group of few people by measure, age, sex, ZIP area, or two of these follows from all that a payer was told of the period', async () => {
  const places = await sql<Place>(
    `select m.run_id as run, m.patient_id as chart, m.practice_id as practice, v.person_id as person, v.payer_id as payer, m.measure_id as measure,
            array[${COUNTS.replaceAll('f.', 'm.')}] as counts, (extract(year from age(p.birth_date))::int / 10)::text as age, p.gender as sex,
            left(coalesce(p.postal_code, ''), 3) as zip
       from measure_membership m join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
       join run_member v on v.practice_id = m.practice_id and v.run_id = m.run_id and v.patient_id = m.patient_id
       join metric_run r on r.id = m.run_id and r.live_of is null
      where m.group_index = 0
      order by m.initial_population desc, m.denominator desc, m.denominator_exclusion + m.denominator_exception, m.patient_id`,
  )
  const figures = await sql<{ payer: string; practice: string | null; run: string; measure: string; counts: number[] }>(
    `select distinct f.payer_id as payer, f.practice_id as practice, f.figures_of as run, f.measure_id as measure, array[${COUNTS}] as counts
       from payer_performance f where not f.hidden and f.group_index = 0`,
  )
  // A person counts once in the region, by the chart that stands furthest, and for its payer.
  const met = new Set<string>()
  const first = new Set(
    places.filter(({ run, person, measure }) => {
      const key = `${run} ${person} ${measure}`
      return !met.has(key) && met.add(key)
    }),
  )
  const looked = { payers: 0, figures: 0, groups: 0, few: 0, hidden: 0 }
  for (const [payer, told] of Map.groupBy(figures, (figure) => figure.payer)) {
    const theirs = places.filter((place) => place.payer === payer)
    // Whoever has the same places in every run counts alike in all that is told, and in all that is asked.
    const kindOf = new Map(
      [...Map.groupBy(theirs, ({ chart }) => chart)].map(([chart, of]) => [
        chart,
        of
          .map((place) => JSON.stringify({ ...place, chart: '', person: '', isFirst: first.has(place) }))
          .toSorted()
          .join(),
      ]),
    )
    const columns = new Map([...new Set(kindOf.values())].map((kind, at) => [kind, at]))
    const sumsOf = (some: readonly Place[], valueOf = (_: Place) => 1): { vector: Float64Array; people: number } => {
      const vector = new Float64Array(columns.size)
      const seen = new Set<string>()
      let people = 0
      for (const place of some) {
        people += valueOf(place)
        const kind = kindOf.get(place.chart)!
        if (seen.has(kind)) continue
        seen.add(kind)
        vector[columns.get(kind)!] = valueOf(place)
      }
      return { vector, people }
    }
    const at = (run: string, practice: string | null): Place[] =>
      theirs.filter((place) => place.run === run && (practice === null ? first.has(place) : place.practice === practice))
    const span = new ToldSpan()
    const whole = new ToldSpan()
    for (const { run, practice, measure, counts } of told) {
      const there = at(run, practice).filter((place) => place.measure === measure)
      counts.forEach((count, population) => {
        const { vector, people } = sumsOf(there, ({ counts }) => counts[population]!)
        // What was told is what the charts come to.
        expect(people).toBe(count)
        span.add(vector)
      })
      looked.figures++
    }
    looked.payers++
    const runs = [...new Set(theirs.map(({ run }) => run))]
    for (const run of runs)
      for (const practice of [null, ...new Set(theirs.map((place) => place.practice))])
        for (const of of Map.groupBy(at(run, practice), ({ measure }) => measure).values())
          for (const population of [0, 1, 2, 3, 4]) whole.add(sumsOf(of, ({ counts }) => counts[population]!).vector)
    for (const run of runs)
      for (const practice of [null, ...new Set(theirs.map((place) => place.practice))]) {
        const there = at(run, practice)
        const byMeasure = Map.groupBy(there, ({ measure }) => measure)
        const groups: Place[][] = [...byMeasure.values()].flatMap((of) => [
          ...[0, 1, 2, 3, 4].map((population) => of.filter(({ counts }) => counts[population]! > 0)),
          ...(['age', 'sex', 'zip'] as const).flatMap((name) => [...Map.groupBy(of, (place) => place[name]).values()]),
          ...[...Map.groupBy(of, ({ age, sex }) => `${age} ${sex}`).values()],
        ])
        for (const [one, of] of byMeasure)
          for (const [other, beside] of byMeasure) {
            if (one === other) continue
            const charts = new Set(beside.map(({ chart }) => chart))
            groups.push(
              of.filter(({ chart }) => charts.has(chart)),
              of.filter(({ chart }) => !charts.has(chart)),
            )
          }
        for (const group of groups) {
          looked.groups++
          if (!isFew(group.length)) continue
          looked.few++
          if (whole.has(sumsOf(group).vector)) looked.hidden++
          if (span.has(sumsOf(group).vector))
            throw new Error(`${group.length} people follow, of ${group[0]!.measure} at ${practice ?? 'the region'}`)
        }
      }
  }
  expect(looked.payers).toBeGreaterThan(2)
  expect(looked.figures).toBeGreaterThan(100)
  expect(looked.few).toBeGreaterThan(1000)
  // They would from the scores behind what is told.
  expect(looked.hidden).toBeGreaterThan(100)
}, 120_000)
