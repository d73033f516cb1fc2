import { readCell } from '@carecommons/interop'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

let api: TestApi
let analyst: Caller
beforeAll(async () => {
  api = await openTestApi()
  analyst = await api.signedIn('pineAnalyst')
})
afterAll(() => api.close())

const PULL = `query ($period: PeriodInput) { performance(period: $period) {
  payer { slug } period { start end } runId publishedAt
  rows { scope practice { slug } measure { id } hidden engine watermark initialPopulation denominator denominatorExclusion denominatorException numerator rate interval { low high } } } }`

test('hardening 21, 22: a payer pulls region rows first, then practices, and of a hidden row nothing', async () => {
  const { data, errors, text } = await analyst.ask(PULL)
  expect(errors).toEqual([])
  expect(data.performance).toMatchObject({
    payer: { slug: 'pine' },
    period: PERIOD,
    runId: api.world.runId,
    publishedAt: '2026-01-05T00:01:00.000Z',
  })
  const { rows } = data.performance
  expect(
    rows.map((row: { scope: string; practice: { slug: string } | null; measure: { id: string } }) => [
      row.scope,
      row.practice?.slug,
      row.measure.id,
    ]),
  ).toEqual([
    ['REGION', undefined, 'control'],
    ['REGION', undefined, 'poor'],
    ['PRACTICE', 'cedar', 'control'],
    ['PRACTICE', 'alder', 'control'],
    ['PRACTICE', 'birch', 'control'],
  ])
  expect(rows[1]).toMatchObject({
    hidden: false,
    engine: 'test',
    watermark: '7',
    denominator: 300,
    denominatorExclusion: 20,
    denominatorException: 20,
    numerator: 26,
    rate: 0.1,
  })
  const { scope: _, practice: __, measure: ___, hidden, ...figures } = rows[4]
  expect(hidden).toBe(true)
  expect(Object.values(figures).every((figure) => figure === null)).toBe(true)
  // Another payer's figures are nowhere in the answer.
  expect(text).not.toMatch(/77777|44444|quill/i)
})

test('of a period that is not published there is nothing', async () => {
  const { data } = await analyst.ask(PULL, { period: { start: '2019-01-01', end: '2019-12-31' } })
  expect(data.performance).toEqual({ payer: { slug: 'pine' }, period: null, runId: null, publishedAt: null, rows: [] })
})

test('hardening 41: the file holds the rows of the page, and no cell that a spreadsheet would run', async () => {
  await api.sql('delete from audit_event')
  const response = await analyst.fetch(`/exports/performance.csv?start=${PERIOD.start}&end=${PERIOD.end}`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=performance.csv')
  const text = await response.text()
  const lines = text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  expect(lines[0]!.slice(0, 8)).toEqual([
    'scope',
    'practice',
    'measure',
    'measure_version',
    'period_start',
    'period_end',
    'hidden',
    'initial_population',
  ])
  expect(lines[1]!.slice(0, 13)).toEqual([
    'region',
    '',
    'control',
    '1.0.0',
    '2025-01-01',
    '2025-12-31',
    'no',
    '400',
    '300',
    '0',
    '0',
    '150',
    '0.5000',
  ])
  // What the figures of the row were computed with and from; of a hidden row, with what alone.
  expect(lines[0]!.slice(-4)).toEqual(['run', 'package_hash', 'engine', 'watermark'])
  expect(lines[1]!.slice(-4)).toEqual([api.world.runId, 'c'.repeat(64), 'test', '7'])
  expect(lines[5]!.slice(-4)).toEqual([api.world.runId, 'c'.repeat(64), '', ''])
  expect(lines[3]![1]).toBe("'=Cedar Health")
  expect(readCell(lines[3]![1]!)).toBe('=Cedar Health')
  expect(lines[5]!.slice(6, 15)).toEqual(['yes', '', '', '', '', '', '', '', ''])
  expect(await api.sql('select action, subject, subject_ids from audit_event')).toEqual([
    { action: 'export', subject: 'Performance', subject_ids: [api.world.runId] },
  ])
})

test('the file opens to payers only', async () => {
  const get = async (caller: Caller, query = '') => (await caller.fetch(`/exports/performance.csv${query}`)).status
  expect(await get(analyst)).toBe(200)
  expect(await get(api.caller())).toBe(401)
  for (const user of ['administrator', 'alderClinician'] as const) {
    const response = await (await api.signedIn(user)).fetch('/exports/performance.csv')
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
  }
  const events = await api.sql(`select count(*)::int as count from audit_event where action = 'export' and outcome = 'denied'`)
  expect(events).toEqual([{ count: 2 }])
  expect(await get(analyst, '?start=2025-01-01')).toBe(400)
  expect(await get(analyst, "?start=2025-01-01&end=' or 1=1")).toBe(400)
  expect(await get(analyst, '?start=2019-01-01&end=2019-12-31')).toBe(404)
})
