// A measure's own stratifiers, from the package to the scores of practices and region: a package of ours beside the raw records, a published one
// beside its deck.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type MeasurePackage, openCompiler, openEnginePool, readPackage } from '@carecommons/cql'
import { openDatabase } from '@carecommons/database'
import { openFollower, openLoadedMeasures } from '@carecommons/domain'
import { Client } from 'pg'
import { ownMeasure, parts } from '../../packages/cql/src/own-measures.fixture.ts'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { fixture } from '../support/fixtures.ts'

const YEAR = new Date().getUTCFullYear()
const DECK_YEAR = 2026
const deck = fixture('measures/CMS125')
const COUNTS = ['initial-population', 'denominator', 'denominator-exclusion', 'denominator-exception', 'numerator'] as const

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client
const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]
const measure = (...more: readonly string[]) => runCommons(['measures', 'run', '--year', String(YEAR), ...more], database.env)

interface Resource {
  readonly resourceType: string
  readonly id: string
}
interface DeckCase {
  readonly resources: readonly Resource[]
  readonly expected: readonly Readonly<Record<string, number>>[]
  readonly expectedStrata: readonly (readonly { readonly id: string; readonly populations: Readonly<Record<string, number>> }[])[]
}
const cases = deck
  ? gunzipSync(readFileSync(join(deck, 'cases.ndjson.gz'))).toString().trim().split('\n').map((line) => JSON.parse(line) as DeckCase)
  : [] // prettier-ignore

/** Cases have ids in common. */
const apart = (resources: readonly Resource[], at: number): Resource[] => {
  const told = resources.reduce(
    (text, { resourceType, id }) => text.replaceAll(`"${resourceType}/${id}"`, `"${resourceType}/${at}-${id}"`),
    JSON.stringify(resources),
  )
  return (JSON.parse(told) as Resource[]).map((one) => ({ ...one, id: `${at}-${one.id}` }))
}

async function put(pkg: MeasurePackage): Promise<void> {
  await sql(
    `insert into measure_package (hash, measure_id, url, version, title, description, improvement, source_hash, bundle, loaded_at)
     values ($1, $2, $3, $4, $5, '', 'increase', $1, $6, now())`,
    [pkg.hash, pkg.id, pkg.url, pkg.version, pkg.title, JSON.stringify(pkg.bundle)],
  )
  await sql(
    `insert into measure_term (id, measure_id, package_hash, starts_on, position, agreed_with, agreed_at)
     values (gen_random_uuid(), $1, $2, '1900-01-01', 0, 'this test', now())`,
    [pkg.id, pkg.hash],
  )
}

async function send(resources: readonly { readonly resourceType: string }[], ...more: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'commons-strata-'))
  for (const [type, of] of Map.groupBy(resources, ({ resourceType }) => resourceType))
    writeFileSync(join(folder, `${type}.ndjson`), of.map((one) => JSON.stringify(one)).join('\n'))
  await runCommons(['import', 'fhir', folder, ...more], database.env)
  rmSync(folder, { recursive: true })
}

const { population } = parts
const stratifier = (id: string, expression: string): object => ({ id, criteria: { expression } })
const own = () =>
  ownMeasure('proportion', 'Encounter', [
    {
      id: 'stays',
      population: [population('ip: initial-population: Stays'), population('n: numerator: Long')],
      stratifier: [stratifier('inpatient', 'Inpatient'), stratifier('kind', 'Kind')],
    },
    {
      id: 'people',
      extension: [{ url: 'http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-populationBasis', valueCode: 'boolean' }],
      population: [population('ip2: initial-population: Has Stays'), population('n2: numerator: Has Inpatient')],
      stratifier: [stratifier('sex', 'Sex')],
    },
  ])

beforeAll(async () => {
  database = await testDatabase()
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', '120', '--seed', '7'], database.env)
  // A deck's days are those of UTC.
  await sql(`update region set time_zone = 'UTC'`)
  await put(await own())
  if (deck) {
    const reading = readPackage(JSON.parse(gunzipSync(readFileSync(join(deck, 'package.json.gz'))).toString()))
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
    await put(reading.package)
    const folder = mkdtempSync(join(tmpdir(), 'commons-deck-'))
    const records = cases.flatMap(({ resources }, at) => apart(resources, at))
    const lines = records.flatMap(({ resourceType, id }) => (resourceType === 'Patient' ? `${id},deck,Deck` : []))
    writeFileSync(join(folder, 'practices.csv'), ['patient_id,pcp_org_id,pcp_org_name', ...lines].join('\n'))
    await send(records, '--practices-by', join(folder, 'practices.csv'))
    rmSync(folder, { recursive: true })
  }
  // Some stays in a hospital, one of them a long one, two in one chart.
  const charts = await ofDemo()
  await send(
    charts
      .slice(0, 12)
      .flatMap(({ id }, at) => [stay(`a-${at}`, id, 'IMP', at % 3 ? 12 : 60), ...(at % 4 ? [] : [stay(`b-${at}`, id, 'EMER', 5)])]),
  )
  await measure()
}, 300_000)
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

const ofDemo = () =>
  sql<{ id: string }>(
    `select p.fhir_id as id from patient p join organization o on o.id = p.practice_id where o.name <> 'Deck' order by 1 limit 25`,
  )

const stay = (id: string, patient: string, kind: string, hours: number) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', subject: { reference: `Patient/${patient}` } },
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: kind },
  period: { start: `${YEAR}-03-10T12:00:00Z`, end: new Date(Date.UTC(YEAR, 2, 10, 12 + hours)).toISOString() },
})

interface StratumRow {
  readonly practice: string | null
  readonly group: number
  readonly stratifier: string
  readonly stratum: string
  readonly counts: readonly number[]
}
const rowsOf = async (runId: string, measureId: string): Promise<StratumRow[]> =>
  sql<StratumRow>(
    `select practice_id as practice, group_index as group, stratifier, stratum,
            array[initial_population, denominator, denominator_exclusion, denominator_exception, numerator] as counts
       from stratum_score where run_id = $1 and measure_id = $2 and dimension = 'stratifier' order by 1, 2, 3, 4`,
    [runId, measureId],
  )
const runId = async (): Promise<string> =>
  (await sql<{ id: string }>('select run_id as id from publication where period_start = $1', [`${YEAR}-01-01`]))[0]!.id

/** The same from the records as they came; the demo's people have one chart each but for those whose person says otherwise. */
async function fromRecords(): Promise<StratumRow[]> {
  const stays = await sql<{ practice: string; patient: string; person: string; sex: string | null; kind: string; hours: number }>(
    `select p.practice_id as practice, p.id as patient, p.person_id as person, p.gender as sex, c #>> '{class,code}' as kind,
            extract(epoch from (c #>> '{period,end}')::timestamptz - (c #>> '{period,start}')::timestamptz) / 3600 as hours
       from patient p join (select *, content::jsonb as c from resource_version where type = 'Encounter' and superseded_at is null and not withdrawn) v
         on v.practice_id = p.practice_id and v.patient_id = p.id
      where c ->> 'status' = 'finished' and ((c #>> '{period,end}')::timestamptz at time zone (select time_zone from region))::date
            between $1::date and $2::date`,
    [`${YEAR}-01-01`, `${YEAR}-12-31`],
  )
  const all: StratumRow[] = []
  const add = (practice: string | null, group: number, stratifier: string, stratum: string, is: boolean): void => {
    all.push({ practice, group, stratifier, stratum, counts: [1, 1, 0, 0, Number(is)] })
  }
  const charts = [...Map.groupBy(stays, ({ patient }) => patient).values()]
  // In the region a person counts by the chart with most stays, of equals the oldest; of people by the oldest.
  const persons = [...Map.groupBy(charts, ([first]) => first!.person).values()]
  const inRegion = persons.map((of) => of.toSorted((a, b) => b.length - a.length || (a[0]!.patient < b[0]!.patient ? -1 : 1))[0]!)
  const peopleInRegion = persons.map((of) => of.toSorted((a, b) => (a[0]!.patient < b[0]!.patient ? -1 : 1))[0]!)
  for (const [some, people, isRegion] of [[charts, charts, false], [inRegion, peopleInRegion, true]] as const) {
    for (const { practice, kind, hours } of some.flat()) {
      const place = isRegion ? null : practice
      add(place, 0, 'inpatient', kind === 'IMP' ? 'true' : 'none', Math.floor(hours) > 24)
      add(place, 0, 'kind', kind, Math.floor(hours) > 24)
    }
    for (const of of people)
      add(isRegion ? null : of[0]!.practice, 1, 'sex', of[0]!.sex ?? 'none', of.some(({ kind }) => kind === 'IMP')) // prettier-ignore
  } // prettier-ignore
  const groups = Map.groupBy(all, ({ practice, group, stratifier, stratum }) => JSON.stringify([practice, group, stratifier, stratum]))
  return [...groups.values()].map((of) => ({
    ...of[0]!,
    counts: COUNTS.map((_, at) => of.reduce((sum, { counts }) => sum + counts[at]!, 0)),
  }))
}

const inOrder = (rows: readonly StratumRow[]): string[] => rows.map((row) => JSON.stringify([row.practice, row.group, row.stratifier, row.stratum, row.counts])).sort() // prettier-ignore

test('criteria, values and two groups: strata are those of the records, practice by practice and in the region', async () => {
  const rows = await rowsOf(await runId(), 'own')
  expect(new Set(rows.map(({ stratum }) => stratum))).toEqual(new Set(['true', 'none', 'AMB', 'HH', 'IMP', 'EMER', 'VR', 'female', 'male']))
  expect(inOrder(rows)).toEqual(inOrder(await fromRecords()))
})

test('a published measure: strata sum to those of its deck', async () => {
  if (!deck) return
  expect(DECK_YEAR).toBe(YEAR)
  const rows = (await rowsOf(await runId(), 'CMS125FHIRBreastCancerScreen')).filter(({ practice }) => practice !== null)
  const [practice] = await sql<{ id: string }>(`select id from organization where name = 'Deck'`)
  const ours = rows.filter((row) => row.practice === practice!.id && row.stratum === 'true')
  const expected = ['Stratification_1_1', 'Stratification_1_2'].map((id) => ({
    stratifier: id,
    counts: COUNTS.map((code) => cases.reduce((sum, { expectedStrata }) => sum + (expectedStrata[0]!.find((one) => one.id === id)!.populations[code] ?? 0), 0)),
  })) // prettier-ignore
  expect(expected.every(({ counts }) => counts[0]! > 0)).toBe(true)
  expect(ours.map(({ stratifier, counts }) => ({ stratifier, counts }))).toEqual(expected)
})

test('what the coordinating body reads of them is their scores without 1 to 10 people, and payers have none', async () => {
  const id = await runId()
  const shown = await sql<{ counted: number | null; numerator: number | null; stratum: string | null }>(
    `select stratum, counted, numerator from shown_stratum where run_id = $1 and dimension = 'stratifier' and measure_id = 'own'`,
    [id],
  )
  expect(shown.length).toBeGreaterThan(4)
  expect(shown.filter(({ counted }) => counted !== null && counted > 0).length).toBeGreaterThan(0)
  const isFew = (count: number): boolean => count > 0 && count < 11
  for (const { counted, numerator } of shown)
    if (counted !== null && numerator !== null) expect([counted, numerator, counted - numerator].filter(isFew)).toEqual([])
  expect(await sql(`select from payer_performance where run_id = $1 and measure_id like '%stratif%'`, [id])).toEqual([])
})

test('they follow the records to where a whole run ends, and a repeated run has the same', async () => {
  const frozen = await runId()
  const of = async (id: string) => ({
    scores: (await rowsOf(id, 'own')).filter(({ practice }) => practice !== null),
    places: await sql(`select patient_id, measure_id, group_index, strata::text from measure_membership where run_id = $1 order by 1, 2, 3`, [id]),
  }) // prettier-ignore
  const before = { ...(await of(frozen)), region: await rowsOf(frozen, 'own') }
  const app = openDatabase(database.appUrl, { max: 4 })
  const pool = openEnginePool({ threads: 1 })
  const follower = openFollower(app, pool, openLoadedMeasures(app, openCompiler()))
  const charts = (await ofDemo()).toReversed()
  await send(charts.flatMap(({ id }, at) => [stay(`c-${at}`, id, ['IMP', 'EMER', 'ACUTE'][at % 3]!, 20 + at)]))
  const cancelled = { ...stay('a-0', (await ofDemo())[0]!.id, 'IMP', 60), status: 'cancelled' }
  await send([cancelled])
  for (let some = -1; some !== 0;) some = await follower.follow()
  const moved = await of(await runId())
  expect(moved.scores).not.toEqual(before.scores)
  expect(moved.scores.map(({ stratum }) => stratum)).toContain('ACUTE')
  await measure()
  expect(await of(await runId())).toEqual(moved)
  await measure('--repeat', frozen)
  const [repeated] = await sql<{ id: string }>('select id from metric_run where repeats = $1', [frozen])
  expect({ ...(await of(repeated!.id)), region: await rowsOf(repeated!.id, 'own') }).toEqual(before)
  await pool.close()
  await app.close()
}, 300_000)
