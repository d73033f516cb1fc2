import { openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())

const SCORE =
  'measure { id } period { start end } initialPopulation denominator denominatorExclusion denominatorException numerator rate interval { low high }'

/** Of n charts every fourth is excluded, and every other even one is in the numerator. */
function scoreOf(measure: string, ...practices: readonly number[]) {
  const excluded = practices.reduce((sum, n) => sum + Math.ceil(n / 4), 0)
  const numerator = practices.reduce((sum, n) => sum + Math.ceil(n / 2) - Math.ceil(n / 4), 0)
  const all = practices.reduce((sum, n) => sum + n, 0)
  return {
    measure: { id: measure },
    period: PERIOD,
    initialPopulation: all,
    denominator: all,
    denominatorExclusion: excluded,
    denominatorException: 0,
    numerator,
    rate: numerator / (all - excluded),
    interval: expect.objectContaining({ low: expect.any(Number) }),
  }
}

test('the region sees practices and figures, none of ten people or fewer: cedar has 3 charts, of 14 in birch 10 count', async () => {
  const administrator = await api.signedIn('administrator')
  const { data, errors } = await administrator.ask(`{ region {
    region { name } practiceCount payerCount peopleCount latestRun { id state } scores { ${SCORE} }
    practices { organization { slug } chartCount dataThrough scores { ${SCORE} } hidden } } }`)
  expect(errors).toEqual([])
  expect(data.region).toEqual({
    region: { name: 'Riverton' },
    practiceCount: 3,
    payerCount: 2,
    peopleCount: 42,
    latestRun: { id: api.world.runId, state: 'PUBLISHED' },
    scores: [scoreOf('control', 25, 14, 3), scoreOf('poor', 25, 14, 3)],
    practices: [
      { organization: { slug: 'cedar' }, chartCount: null, dataThrough: '2026-02-20', scores: [], hidden: ['control', 'poor'] },
      {
        organization: { slug: 'alder' },
        chartCount: 25,
        dataThrough: '2026-02-20',
        scores: [scoreOf('control', 25), scoreOf('poor', 25)],
        hidden: [],
      },
      { organization: { slug: 'birch' }, chartCount: 14, dataThrough: '2026-02-20', scores: [], hidden: ['control', 'poor'] },
    ],
  })
})

test('figures of a period that nobody published are no figures', async () => {
  const administrator = await api.signedIn('administrator')
  const { data } = await administrator.ask(
    '{ region { practices(period: { start: "2019-01-01", end: "2019-12-31" }) { scores { rate } } } }',
  )
  expect(data.region.practices.every(({ scores }: { scores: object[] }) => scores.length === 0)).toBe(true)
})

test('a newer year that counts nobody yet does not hide the last one that does', async () => {
  const [run] = await api.sql(
    `insert into metric_run (id, region_id, period_start, period_end, package_hashes, state, idempotency_key, requested_at)
     select uuidv7(), region_id, '2026-01-01', '2026-12-31', package_hashes, 'published', 'empty', now() from metric_run limit 1 returning id`,
  )
  await api.sql(`insert into publication (period_start, period_end, run_id, published_at) values ('2026-01-01', '2026-12-31', $1, now())`, [
    run!.id,
  ])
  await api.sql(
    `insert into score (id, run_id, practice_id, measure_id, group_index, initial_population, denominator, denominator_exclusion, denominator_exception, numerator)
     select uuidv7(), $1, practice_id, measure_id, group_index, 0, 0, 0, 0, 0 from score where run_id = $2`,
    [run!.id, api.world.runId],
  )
  const shown = async (user: 'administrator' | 'alderClinician', query: string) => (await (await api.signedIn(user)).ask(query)).data
  const period = 'period { start }'
  const { region } = await shown('administrator', `{ region { practices { scores { ${period} } } } }`)
  const { practice } = await shown('alderClinician', `{ practice { comparisons { own { ${period} } } } }`)
  for (const table of ['score', 'publication']) await api.sql(`delete from ${table} where run_id = $1`, [run!.id])
  await api.sql('delete from metric_run where id = $1', [run!.id])
  expect(region.practices.map(({ scores }: { scores: object[] }) => scores)).toEqual([
    [],
    Array(2).fill({ period: { start: PERIOD.start } }),
    [],
  ])
  expect(practice.comparisons.map(({ own }: { own: object }) => own)).toEqual(Array(2).fill({ period: { start: PERIOD.start } }))
})

test('a practice sees itself, the region, and the others without their names', async () => {
  const clinician = await api.signedIn('alderClinician')
  const { data, errors, text } = await clinician.ask(`{ practice {
    organization { slug } chartCount deceasedCount dataThrough conditionCounts { condition { key } count } gapCounts { measure { id } open } scores { ${SCORE} }
    comparisons { measure { id } own { ${SCORE} } region { rate } peers } } }`)
  expect(errors).toEqual([])
  expect(data.practice).toEqual({
    organization: { slug: 'alder' },
    // The registry lists the 24 who live.
    chartCount: 25,
    deceasedCount: 1,
    dataThrough: '2026-02-20',
    conditionCounts: [
      { condition: { key: 'diabetes' }, count: 12 },
      { condition: { key: 'hypertension' }, count: 12 },
    ],
    gapCounts: [
      { measure: { id: 'control' }, open: 12 },
      { measure: { id: 'poor' }, open: 6 },
    ],
    scores: [scoreOf('control', 25), scoreOf('poor', 25)],
    // Birch counts 10 people after exclusions and Cedar 2: less Alder's own, a figure of the region would be theirs. See access/comparisons.
    comparisons: ['control', 'poor'].map((id) => ({ measure: { id }, own: scoreOf(id, 25), region: null, peers: [] })),
  })
  expect(text).not.toMatch(/birch|cedar/i)
})

test('attention goes to living people with the worst values; each is noted as read', async () => {
  const clinician = await api.signedIn('alderClinician')
  await api.sql('delete from audit_event')
  const { data, errors } = await clinician.ask(
    '{ practice { attention { key title count patients { id familyName latestA1c { value } } } } }',
  )
  expect(errors).toEqual([])
  const groups = Object.fromEntries(
    data.practice.attention.map((group: { key: string; count: number; patients: { familyName: string }[] }) => [
      group.key,
      [group.count, ...group.patients.map(({ familyName }) => Number(familyName.slice(-2)))],
    ]),
  )
  expect(groups).toEqual({
    // HbA1c is 5 + n/4 up to 19: over 9 from 17 on.
    'a1c-over-9': [3, 19, 18, 17],
    // Systolic is 120 + 2n of even numbers: 160 from 20 on; 24 died.
    'pressure-160-100': [2, 22, 20],
    'unseen-two-conditions': [6, 22, 20, 18, 16, 14],
    'phq9-10': [4, 21, 18, 15, 12],
  })
  const shown = new Set(data.practice.attention.flatMap(({ patients }: { patients: { id: string }[] }) => patients.map(({ id }) => id)))
  const events = await api.sql('select subject, subject_ids from audit_event order by subject')
  expect(events.map(({ subject }) => subject)).toEqual(['Chart', 'PracticeOverview'])
  expect(new Set(events[0]!['subject_ids'])).toEqual(shown)
})

test('what scores were computed with and from is open to everybody signed in', async () => {
  const ask = async (period: string) =>
    (
      await (
        await api.signedIn('quillAnalyst')
      ).ask(`{ lineage${period} { period { start end } engine watermark measures { measure { packageHash } valueSets { url hash } } } }`)
    ).data.lineage
  const lineage = {
    ...{ period: PERIOD, engine: 'test', watermark: '7' },
    measures: [
      ['control', 'c'],
      ['poor', 'd'],
    ].map(([id, hash]) => ({
      measure: { packageHash: hash!.repeat(64) },
      valueSets: [{ url: `https://example.org/ValueSet/${id}`, hash: 'e'.repeat(64) }],
    })),
  }
  expect(await ask('')).toEqual(lineage)
  expect(await ask(`(period: { start: "${PERIOD.start}", end: "${PERIOD.end}" })`)).toEqual(lineage)
  expect(await ask('(period: { start: "2019-01-01", end: "2019-12-31" })')).toBeNull()
})

test('measures and periods in force are open to everybody signed in', async () => {
  const { data } = await (
    await api.signedIn('quillAnalyst')
  ).ask('{ measures { id title improvement version packageHash } publishedPeriods { start end } conditionGroups { key } }')
  expect(data.measures).toEqual([
    { id: 'control', title: 'Blood pressure control', improvement: 'INCREASE', version: '1.0.0', packageHash: 'c'.repeat(64) },
    { id: 'poor', title: 'Poor glycemic control', improvement: 'DECREASE', version: '1.0.0', packageHash: 'd'.repeat(64) },
  ])
  expect(data.publishedPeriods).toEqual([PERIOD])
  expect(data.conditionGroups).toContainEqual({ key: 'diabetes' })
})

const START = `mutation ($key: String!, $start: Day!, $end: Day!) {
  startRun(input: { period: { start: $start, end: $end }, idempotencyKey: $key }) {
    __typename ... on MetricRun { id state period { start end } chunksTotal measures { id } watermark } ... on Refused { code message } } }`

test('asking for a run leaves a run, a job and a note; asking again with the key leaves nothing', async () => {
  const administrator = await api.signedIn('administrator')
  const ask = (key: string, start: string, end: string) => administrator.ask(START, { key, start, end })
  const { data, errors } = await ask('key-one-1', '2026-01-01', '2026-12-31')
  expect(errors).toEqual([])
  const { id } = data.startRun
  expect(data.startRun).toEqual({
    __typename: 'MetricRun',
    id,
    state: 'QUEUED',
    period: { start: '2026-01-01', end: '2026-12-31' },
    chunksTotal: 0,
    measures: [],
    watermark: null,
  })
  const again = await Promise.all([ask('key-one-1', '2026-01-01', '2026-12-31'), ask('key-one-1', '2026-01-01', '2026-12-31')])
  expect(again.map((one) => one.data.startRun.id)).toEqual([id, id])
  expect(await api.sql(`select name, state, enqueued_at from job where subject_id = $1`, [id])).toEqual([
    { name: 'measures.run', state: 'queued', enqueued_at: null },
  ])
  expect(
    await api.sql(`select distinct action, subject_ids from audit_event where subject = 'MetricRun' and $1 = any (subject_ids)`, [id]),
  ).toEqual([{ action: 'start', subject_ids: [id] }])

  expect((await ask('key-one-1', '2024-01-01', '2024-12-31')).data.startRun).toMatchObject({
    __typename: 'Refused',
    code: 'IdempotencyKeyReused',
  })
  // Figures of periods that overlap could be subtracted from each other.
  for (const [start, end] of [
    ['2026-12-31', '2026-01-01'],
    ['2026-01-01', '2026-12-30'],
    ['2025-01-01', '2026-12-31'],
  ] as const) {
    expect((await ask('key-two-2', start, end)).data.startRun).toMatchObject({ __typename: 'Refused', code: 'PeriodNotAYear' })
  }
  expect((await ask('key-in-future', '2027-01-01', '2027-12-31')).data.startRun).toMatchObject({ code: 'PeriodNotBegun' })
  expect((await ask('short', '2026-01-01', '2026-12-31')).data.startRun).toMatchObject({
    __typename: 'Refused',
    code: 'IdempotencyKeyUnusable',
  })
  expect((await ask('key-two-2', '2026-02-30', '2026-12-31')).errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')

  const { data: listed } = await administrator.ask(
    '{ runs { id state chartsDone chartsTotal chunksDone chunksTotal watermark measures { id } } }',
  )
  expect(listed.runs.map((run: { id: string }) => run.id)).toEqual([id, api.world.runId])
  expect(listed.runs[1]).toMatchObject({
    state: 'PUBLISHED',
    chartsDone: 42,
    chartsTotal: 42,
    chunksDone: 3,
    chunksTotal: 3,
    watermark: '7',
    measures: [{ id: 'control' }, { id: 'poor' }],
  })
  const { data: one } = await administrator.ask(
    'query ($id: ID!) { run(id: $id) { state } other: run(id: "01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0") { state } none: run(id: "x") { state } }',
    { id },
  )
  expect(one).toEqual({ run: { state: 'QUEUED' }, other: null, none: null })
})
