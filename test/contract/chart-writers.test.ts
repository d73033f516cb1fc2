// Several write what one chart is summarised as: an import, a result that is sent, the labels of 42 CFR Part 2, the figures that follow.
// Whoever read before another wrote must not put back what it read.
import { openBulk } from '@carecommons/database'
import { importFhir, labelPractice } from '@carecommons/domain'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { openTestApi, type TestApi } from '../support/api.ts'
import { registered, tokenOf } from '../support/systems.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let token: string
let chart: string
let patient: string

beforeEach(async () => {
  api = await openTestApi()
  chart = api.world.charts.alder[0]!
  const administrator = await api.signedIn('administrator')
  const feed = await registered(administrator, { organizationId: api.world.practices.alder, scopes: ['system/*.c'] })
  token = await tokenOf(api, feed, NOW, 'system/*.c')
  patient = (await api.sql('select fhir_id from patient where id = $1', [chart]))[0]!['fhir_id']
  // The practices of this region number their patients alike; this one is nobody's but Alder's.
  await api.sql(`update patient set fhir_id = fhir_id || '-elsewhere' where fhir_id = $1 and id <> $2`, [patient, chart])
  // Without conditions: whose rows are written first, so that the second would wait there already.
  await api.sql('delete from patient_condition where patient_id = $1', [chart])
  await api.sql(`delete from clinical_fact where patient_id = $1 and type = 'Condition'`, [chart])
}, 60_000)
afterEach(() => api.close())

const a1c = (id: string, value: number, day: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: `${day}T09:00:00-05:00`,
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
})

async function send(resource: object): Promise<number> {
  const response = await fetch(`${api.url}/fhir/Observation`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}` },
    body: JSON.stringify(resource),
  })
  await response.text()
  return response.status
}

async function importOne(resource: object, into: 'alder' | 'birch' = 'alder'): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'one-'))
  const path = join(folder, 'Observation.ndjson')
  writeFileSync(path, `${JSON.stringify(resource)}\n`)
  const connection = await openBulk(api.appUrl)
  try {
    const files = [{ path, type: 'Observation', bytes: statSync(path).size }]
    const region = { id: api.world.regionId, timeZone: 'America/New_York' }
    const home = { practiceId: api.world.practices[into], practicesBy: null }
    await importFhir([connection], { region, files, home, fingerprint: path }, () => undefined)
  } finally {
    await connection.close()
    rmSync(folder, { recursive: true })
  }
}

const summary = async () =>
  (
    await api.sql(
      `select s.a1c::float, s.a1c_on::text, s.condition_count::int as conditions,
              (select count(*)::int from patient_condition c where c.patient_id = s.patient_id and c.sensitivity is null) as open
         from patient_summary s where s.patient_id = $1`,
      [chart],
    )
  )[0]!

/** Waits until so many connections wait for a row or a lock of somebody else. */
async function waiting(count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await api.sql('select pg_stat_clear_snapshot()')
    const [{ n }] = (await api.sql(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )) as [{ n: number }]
    if (n >= count) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('Nobody came to wait.')
}

/** Lets `first` and `second` both come as far as the chart's summary, in this order, and then go on. */
async function together(first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  await api.sql('begin')
  await api.sql('select from patient_summary where patient_id = $1 for update', [chart])
  const one = first()
  await waiting(1)
  const other = second()
  await waiting(2)
  await api.sql('rollback')
  await Promise.all([one, other])
}

test('a result that arrives while the chart is labelled puts no protected value back into its summary', async () => {
  expect(await send(a1c('lab-0', 8.8, '2026-02-01'))).toBe(201)
  expect(await summary()).toMatchObject({ a1c: 8.8 })
  await api.sql('update organization set part2_program = true where id = $1', [api.world.practices.alder])
  await together(
    () => labelPractice(api.world.database, api.world.practices.alder),
    () => send(a1c('lab-1', 9.1, '2026-03-01')),
  )
  expect(await summary()).toEqual({ a1c: null, a1c_on: null, conditions: 0, open: 0 })
})

test('an import elsewhere that projects a chart while it is labelled puts none back either', async () => {
  await send(a1c('lab-0', 8.8, '2026-02-01'))
  await api.sql('update organization set part2_program = true where id = $1', [api.world.practices.alder])
  // Left over by an import that was cut short.
  await api.sql('insert into dirty_chart (practice_id, patient_id) values ($1, $2)', [api.world.practices.alder, chart])
  await together(
    () => labelPractice(api.world.database, api.world.practices.alder),
    () => importOne(a1c('lab-2', 7.7, '2026-02-01'), 'birch'),
  )
  expect(await summary()).toEqual({ a1c: null, a1c_on: null, conditions: 0, open: 0 })
  expect(await api.sql('select from dirty_chart')).toEqual([])
})

test('a correction that is imported while the chart is labelled lands, and neither waits for the other in a circle', async () => {
  await send(a1c('lab-0', 8.8, '2026-02-01'))
  await api.sql('update organization set part2_program = true where id = $1', [api.world.practices.alder])
  await together(
    () => labelPractice(api.world.database, api.world.practices.alder),
    () => importOne(a1c('lab-0', 7.7, '2026-02-01')),
  )
  expect(await summary()).toEqual({ a1c: null, a1c_on: null, conditions: 0, open: 0 })
})

test('an import and results sent at once leave the newest value, and no chart that waits for its projection', async () => {
  const sent = async () => {
    for (const [n, day] of ['2026-02-10', '2026-02-11', '2026-02-12'].entries())
      // While the import has the region, whoever sends comes again.
      while ((await send(a1c(`lab-${n}`, 7 + n / 10, day))) === 503) await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await Promise.all([sent(), importOne(a1c('lab-import', 6.6, '2026-02-20')), sent()])
  expect(await summary()).toMatchObject({ a1c: 6.6, a1c_on: '2026-02-20' })
  expect(await api.sql('select from dirty_chart where patient_id = $1', [chart])).toEqual([])
})

test('a correction that PostgreSQL let go first, because somebody took its charts the other way round, lands all the same, once', async () => {
  const [name] = await api.sql('select current_database() as is, (select fhir_id from patient where id = $1) as second', [
    api.world.charts.alder[1],
  ])
  expect(await send(a1c('lab-0', 8.8, '2026-02-01'))).toBe(201)
  const other = new Client(api.ownerUrl)
  await other.connect()
  const lock = (id: string | undefined) => other.query('select from patient where id = $1 for update', [id])
  try {
    // The sender waits a second and looks for the circle; the other one would after an hour.
    await other.query(`set deadlock_timeout = '1h'`)
    await other.query('begin')
    await lock(chart)
    const { subject: _, ...result } = a1c('lab-0', 8.8, '2026-02-01')
    const sent = send({ ...result, status: 'corrected', subject: { reference: `Patient/${name!['second']}` } })
    await waiting(1)
    await lock(api.world.charts.alder[1])
    await other.query('commit')
    expect(await sent).toBe(201)
  } finally {
    await other.end()
  }
  const held = await api.sql(
    `select patient_id, withdrawn from resource_version where fhir_id = 'lab-0' and superseded_at is null order by withdrawn`,
  )
  expect(held).toEqual([
    { patient_id: api.world.charts.alder[1], withdrawn: false },
    { patient_id: chart, withdrawn: true },
  ])
  expect(await api.sql(`select count(*)::int as n from clinical_fact where fhir_id = 'lab-0'`)).toEqual([{ n: 1 }])
})
