// What changes in records moves the figures of the year that is not over: whatever came in, they end where a whole run ends.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCompiler, openEnginePool } from '@carecommons/cql'
import { movementsChannel, openDatabase } from '@carecommons/database'
import { openFollower, openLoadedMeasures, workOutComingGaps } from '@carecommons/domain'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { starterSet } from '../support/starter-set.ts'

const YEAR = new Date().getUTCFullYear()
const SEED = Number(process.env['COMMONS_SEED'] ?? 20261122)

let database: Awaited<ReturnType<typeof testDatabase>>
let owner: Client
let close: () => Promise<void>
let follow: () => Promise<number>
let workOut: () => Promise<void>

beforeAll(async () => {
  database = await testDatabase(starterSet)
  owner = new Client(database.ownerUrl)
  await owner.connect()
  await runCommons(['demo', '--practices', '3', '--patients', '90', '--seed', String(SEED % 1000)], database.env)
  await measure()
  const app = openDatabase(database.appUrl, { max: 4 })
  const pool = openEnginePool({ threads: 1 })
  const measures = openLoadedMeasures(app, openCompiler())
  const follower = openFollower(app, pool, measures)
  workOut = async () => {
    // The command's worker may have begun.
    await sql('delete from coming_gap')
    await sql('update metric_chunk set coming_at = null')
    await sql(`update coming_gap_state set state = 'under-way', carries = null`)
    for (const { id, practiceId } of await sql<{ id: string; practiceId: string }>(
      'select id, practice_id as "practiceId" from metric_chunk',
    ))
      await workOutComingGaps(app, pool, measures, id, practiceId)
    expect(await sql('select distinct state from coming_gap_state')).toEqual([{ state: 'ready' }])
  }
  follow = async () => {
    let charts = 0
    for (let some = -1; some !== 0; charts += some) some = await follower.follow()
    return charts
  }
  close = async () => {
    await pool.close()
    await app.close()
    await owner.end()
    await database.drop()
  }
}, 180_000)
afterAll(() => close?.())

const measure = () => runCommons(['measures', 'run', '--year', String(YEAR)], database.env)
const sql = async <Row extends object>(text: string, values: readonly unknown[] = []) =>
  (await owner.query(text, [...values])).rows as Row[]
const published = async () =>
  (
    await sql<{ id: string; liveOf: string | null; watermark: string }>(
      `select r.id, r.live_of as "liveOf", r.watermark from publication u join metric_run r on r.id = u.run_id where u.period_start = $1`,
      [`${YEAR}-01-01`],
    )
  )[0]!

const rowsOf = (runId: string) => (table: string) =>
  sql(`select to_jsonb(t) - '{id,run_id}'::text[] as fact from ${table} t where run_id = $1 order by 1`, [runId])

/** Everything that follows records, without ids of rows and runs. */
async function figures(runId: string): Promise<Record<string, unknown>> {
  const of = rowsOf(runId)
  const strata = (await of('stratum_score')) as { fact: { practice_id: string | null } }[]
  return {
    places: [...(await of('measure_membership')), ...(await of('open_membership'))],
    scores: await of('score'),
    // The region's strata stay as a run left them.
    strata: strata.filter(({ fact }) => fact.practice_id !== null),
  }
}
/** What a run alone decides: payers' figures do not follow records, and who was in which stratum is kept. */
async function payersFigures(runId: string): Promise<Record<string, unknown>> {
  const of = rowsOf(runId)
  return { members: await of('run_member'), payers: await of('payer_score'), strata: await of('stratum_score') }
}
const A1C = 'glycemic-control-poor'
/** What practices' rates of one measure rest on, as scores tell it. */
const ground = (runId: string) =>
  sql(
    `select practice_id, recorded, recorded_until::text as until from score
      where run_id = $1 and measure_id = $2 and practice_id is not null order by 1`,
    [runId, A1C],
  )
/** The same as the records tell it: charts of the denominator with an HbA1c of the year. */
const resultsOnFile = (runId: string) =>
  sql(
    `select m.practice_id, count(v.day)::int as recorded, max(v.day)::text as until
       from measure_membership m cross join lateral (
         select max(first_day) as day from resource_version v
          where v.practice_id = m.practice_id and v.patient_id = m.patient_id and v.type = 'Observation' and v.superseded_at is null
            and not v.withdrawn and v.first_day >= $3::date and v.content like '%"4548-4"%') v
      where m.run_id = $1 and m.measure_id = $2 and m.denominator > 0 group by 1 order by 1`,
    [runId, A1C, `${YEAR}-01-01`],
  )
const coming = () => sql('select practice_id, patient_id, measure_id, due_on::text, sensitivity from coming_gap order by 1, 2, 3')
const gaps = () => sql('select patient_id, open_gaps from patient_summary order by 1')

async function send(resources: readonly object[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'commons-live-'))
  const byType = Map.groupBy(resources as { resourceType: string }[], ({ resourceType }) => resourceType)
  for (const [type, of] of byType) writeFileSync(join(folder, `${type}.ndjson`), of.map((one) => JSON.stringify(one)).join('\n'))
  await runCommons(['import', 'fhir', folder], database.env)
  rmSync(folder, { recursive: true })
}

/** Results, illnesses, visits and corrections for a third of the charts, other ones each round. */
async function changes(round: number): Promise<object[]> {
  const charts = await sql<{ fhirId: string }>(`select fhir_id as "fhirId" from patient where abs(hashtext(fhir_id || $1::text)) % 3 = 0`, [
    round,
  ])
  const corrected = await sql<{ content: string }>(
    `select content from resource_version where type in ('Observation', 'Encounter', 'Patient') and superseded_at is null
       and abs(hashtext(fhir_id || $1::text)) % 40 = 0 order by fhir_id limit 150`,
    [round],
  )
  const payers = (
    await sql<{ content: string }>(`select content from resource_version where type = 'Coverage' order by fhir_id limit 200`)
  ).flatMap(({ content }) => (JSON.parse(content) as { payor: { reference?: string }[] }).payor[0]?.reference ?? [])
  const fresh = charts.flatMap(({ fhirId }, index) => {
    const subject = { reference: `Patient/${fhirId}` }
    const day = `${YEAR}-0${1 + (index % 8)}-1${index % 9}`
    const concept = (system: string, code: string) => ({ coding: [{ system, code }] })
    return [
      {
        ...{ resourceType: 'Observation', id: `lab-${round}-${index}`, status: 'final', subject, effectiveDateTime: day },
        code: concept('http://loinc.org', '4548-4'),
        valueQuantity: { value: 5 + ((index * 7 + round) % 90) / 10, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
      },
      ...(index % 2
        ? [
            {
              ...{ resourceType: 'Condition', id: `dx-${round}-${index}`, subject, onsetDateTime: '2019-02-03' },
              code: concept('http://hl7.org/fhir/sid/icd-10-cm', index % 4 === 1 ? 'E11.9' : 'I10'),
              clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
            },
          ]
        : []),
      {
        ...{ resourceType: 'Coverage', id: `cover-${round}-${index}`, status: 'active', beneficiary: subject },
        period: { start: `${YEAR}-0${1 + round}-01` },
        payor: [{ reference: payers[(index + round) % payers.length]! }],
      },
    ]
  })
  const amended = corrected.map(({ content }) => amend(JSON.parse(content) as Record<string, unknown>))
  return [...fresh, ...amended]
}

async function manyResults(count: number): Promise<object[]> {
  const charts = await sql<{ fhirId: string }>('select fhir_id as "fhirId" from patient order by fhir_id')
  return Array.from({ length: count }, (_, index) => ({
    ...{ resourceType: 'Observation', id: `more-${index}`, status: 'final' },
    subject: { reference: `Patient/${charts[index % charts.length]!.fhirId}` },
    effectiveDateTime: `${YEAR}-0${1 + (index % 9)}-${10 + (index % 18)}`,
    code: { coding: [{ system: 'http://loinc.org', code: ['4548-4', '2160-0', '72166-2', '44261-6'][index % 4] }] },
    valueQuantity: { value: 5 + (index % 90) / 10, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  }))
}

function amend(resource: Record<string, unknown>): object {
  if (resource['resourceType'] === 'Encounter') return { ...resource, status: 'cancelled' }
  if (resource['resourceType'] === 'Observation') return { ...resource, status: 'entered-in-error' }
  return { ...resource, birthDate: '1961-05-06', gender: 'other', address: [{ postalCode: '03601-1234' }] }
}

test(`what came in is where a whole run ends, round after round (seed ${SEED})`, async () => {
  const frozen = await published()
  const before = await figures(frozen.id)
  const payersBefore = await payersFigures(frozen.id)
  const shownBefore = await rowsOf(frozen.id)('payer_performance')
  const regionBefore = await rowsOf(frozen.id)('shown_stratum')
  expect(regionBefore.length).toBeGreaterThan(50)
  expect(frozen.liveOf).toBeNull()
  await workOut()
  for (const round of [1, 2, 3]) {
    await send(await changes(round))
    expect(await follow()).toBeGreaterThan(10)
    const live = await published()
    const [moved, movedGaps, movedDays] = [await figures(live.id), await gaps(), await coming()]
    expect(movedDays.length).toBeGreaterThan(20)
    expect(moved['strata']).not.toEqual(before['strata'])
    expect(live.watermark).toBe((await sql<{ value: string }>('select value from data_watermark'))[0]!.value)
    // A whole run over the same records takes over; nothing is different.
    await measure()
    const whole = await published()
    expect(whole.id).not.toBe(live.id)
    expect(whole.watermark).toBe(live.watermark)
    expect(await figures(whole.id)).toEqual(moved)
    expect(await gaps()).toEqual(movedGaps)
    await workOut()
    expect(await coming()).toEqual(movedDays)
    expect(await ground(whole.id)).toEqual(await resultsOnFile(whole.id))
    expect(await follow()).toBe(0)
  }
  expect(await figures(frozen.id)).toEqual(before)

  // Ten thousand results more, for everybody, and other payers for many: the first run is as it was.
  await send(await manyResults(10_000))
  expect(await payersFigures(frozen.id)).toEqual(payersBefore)
  await measure()
  expect(await payersFigures((await published()).id)).not.toEqual(payersBefore)

  // What was computed first is computed again over what stood then: the same, and nobody reads it instead of what is newer.
  const newest = await published()
  await runCommons(['measures', 'run', '--year', String(YEAR), '--repeat', frozen.id], database.env)
  const [repeated] = await sql<{ id: string; watermark: string }>('select id, watermark from metric_run where repeats = $1', [frozen.id])
  expect(repeated!.watermark).toBe(frozen.watermark)
  expect(await figures(repeated!.id)).toEqual(before)
  expect(await payersFigures(repeated!.id)).toEqual(payersBefore)
  expect(await published()).toEqual(newest)
  // What payers were told stays; of what nobody reads they are told nothing.
  expect(await rowsOf(frozen.id)('payer_performance')).toEqual(shownBefore)
  expect(await rowsOf(frozen.id)('shown_stratum')).toEqual(regionBefore)
  expect(await rowsOf(repeated!.id)('payer_performance')).toEqual([])
}, 300_000)

test('charts that become one person, or part again, move the region with the records; a run of before stays, and so does its repeat', async () => {
  await follow()
  await measure()
  const before = await published()
  const counted = await figures(before.id)
  // Two charts of two practices that one measure counts, of nobody who has a third.
  const pair = await sql<{ content: string }>(
    `select distinct on (v.practice_id) v.content from resource_version v join measure_membership m on m.practice_id = v.practice_id and m.patient_id = v.patient_id
      where v.type = 'Patient' and v.superseded_at is null and m.run_id = $1 and m.denominator = 1
        and m.measure_id = (select measure_id from score where run_id = $1 and practice_id is null order by denominator desc limit 1)
        and not exists (select from patient p join patient q on q.person_id = p.person_id and q.id <> p.id where p.id = v.patient_id)
      order by v.practice_id, v.patient_id limit 2`,
    [before.id],
  )
  const [one, two] = pair.map(({ content }) => JSON.parse(content) as Record<string, unknown>)
  const people = async () => (await sql<{ n: number }>('select count(distinct person_id)::int as n from patient'))[0]!.n
  const apart = await people()
  const regionOf = (of: Record<string, unknown>) =>
    (of['scores'] as { fact: { practice_id: string | null } }[]).filter(({ fact }) => fact.practice_id === null)
  for (const steps of [
    { sent: [{ ...two, identifier: one!['identifier'], birthDate: one!['birthDate'] }], people: apart - 1 },
    { sent: [two!], people: apart },
  ]) {
    const standing = await figures((await published()).id)
    await send(steps.sent)
    expect(await people()).toBe(steps.people)
    expect(await follow()).toBeGreaterThan(0)
    const moved = await figures((await published()).id)
    expect(regionOf(moved)).not.toEqual(regionOf(standing))
    await measure()
    expect(await figures((await published()).id)).toEqual(moved)
    await runCommons(['measures', 'run', '--year', String(YEAR), '--repeat', before.id], database.env)
    const [again] = await sql<{ id: string }>('select id from metric_run where repeats = $1 order by requested_at desc limit 1', [
      before.id,
    ])
    expect({ ...(await figures(again!.id)), ...(await payersFigures(again!.id)) }).toEqual({
      ...counted,
      ...(await payersFigures(before.id)),
    })
  }
}, 300_000)

test('that nothing but a labelled record came to a chart is told to its patient alone', async () => {
  await follow()
  const told: { patientIds: string[]; labelledIds: string[] }[] = []
  owner.on('notification', ({ payload }) => void told.push(JSON.parse(payload!) as (typeof told)[number]))
  await sql(`listen ${movementsChannel(database.appUrl)}`)
  const [chart] = await sql<{ id: string; fhirId: string }>('select id, fhir_id as "fhirId" from patient order by id limit 1')
  const result = (id: string, more: object = {}) => ({
    ...{ resourceType: 'Observation', id, status: 'final', subject: { reference: `Patient/${chart!.fhirId}` } },
    ...{ effectiveDateTime: `${YEAR}-02-03`, code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] }, ...more },
  })
  const labelled = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'SUD' }] } }
  for (const sent of [
    [result('told')],
    [result('hidden', labelled)],
    [result('hidden-too', labelled), result('told', { status: 'amended' })],
  ]) {
    await send(sent)
    expect(await follow()).toBe(1)
  }
  await sql('unlisten *')
  expect(told.map(({ patientIds, labelledIds }) => ({ patientIds, labelledIds }))).toEqual([
    { patientIds: [chart!.id], labelledIds: [] },
    { patientIds: [], labelledIds: [chart!.id] },
    { patientIds: [chart!.id], labelledIds: [] },
  ])
}, 60_000)

test('whoever lands records of a chart and whoever follows them wait for each other in one order', async () => {
  await follow()
  const [chart] = await sql<{ practice_id: string; id: string }>('select practice_id, id from patient order by id limit 1')
  await sql(
    `insert into changed_chart (practice_id, patient_id, watermark) select $1, $2, max(value) from data_watermark
     on conflict (practice_id, patient_id) do update set evaluated = false, watermark = excluded.watermark`,
    [chart!.practice_id, chart!.id],
  )
  await sql('begin')
  await sql('select from patient where id = $1 for no key update', [chart!.id])
  const followed = follow()
  for (let waits = false; !waits;)
    [{ waits } = { waits: false }] = await sql<{ waits: boolean }>('select exists (select from pg_locks where not granted) as waits')
  await sql('update changed_chart set watermark = watermark where patient_id = $1', [chart!.id])
  await sql('commit')
  expect(await followed).toBeGreaterThan(0)
}, 60_000)

test('what is repeated is looked at beside what stands, also where nothing came in between', async () => {
  await measure()
  const standing = await published()
  await runCommons(['measures', 'run', '--year', String(YEAR), '--repeat', standing.id], database.env)
  expect(await published()).toEqual(standing)
}, 60_000)
