import { openCompiler, openEnginePool } from '@carecommons/cql'
import { openLoadedMeasures, runComparison, runTrial } from '@carecommons/domain'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let analyst: Caller
const pool = openEnginePool({ threads: 1 })
beforeAll(async () => {
  api = await openTestApi()
  analyst = await api.signedIn('analyst')
  // Everybody was born in 1950.
  await api.sql(`
    insert into resource_version
    select (jsonb_populate_record(s.v, jsonb_build_object('id', uuidv7(), 'practice_id', p.practice_id, 'patient_id', p.id, 'type', 'Patient',
             'fhir_id', 'p', 'first_day', '-infinity', 'last_day', 'infinity', 'content', '{"resourceType":"Patient","id":"p","birthDate":"1950-01-01"}'))).*
      from patient p cross join (select v from resource_version v where type = 'Condition' limit 1) s`)
})
afterAll(async () => {
  await pool.close()
  await api.close()
})

const measure = (version: string, age: number): string => `library SeniorsSeen version '${version}'

using FHIR version '4.0.1'

include FHIRHelpers version '4.0.1'
include ClinicalRecord version '1.0.0'

valueset "Visit Class": 'https://carecommons.example/fhir/ValueSet/visit-class'

parameter "Measurement Period" Interval<DateTime>

context Patient

define "Initial Population":
  "Is Old Enough"

define "Is Old Enough":
  AgeInYearsAt(date from start of "Measurement Period") >= ${age}

define "Denominator":
  "Initial Population"

define "Numerator":
  exists ([Encounter: class in "Visit Class"]).finishedDuring("Measurement Period")
`
const year = { start: '2025-01-01', end: '2025-12-31' }

const checked = async (cql: string) =>
  (await analyst.ask('query ($cql: String!) { checkCql(cql: $cql) { line column message } }', { cql })).data.checkCql
const save = async (input: object) =>
  (
    await analyst.ask(
      `mutation ($input: SaveDraftInput!) { saveMeasureDraft(input: $input) {
         __typename ... on MeasureDraft { id version title updatedBy publishedHash } ... on Refused { code } } }`,
      { input: { title: 'Seniors seen', description: 'People of 65 and older with a visit.', improvement: 'INCREASE', ...input } },
    )
  ).data.saveMeasureDraft
const publish = async (id: string, version: number) =>
  (
    await analyst.ask(
      `mutation ($input: PublishDraftInput!) { publishMeasureDraft(input: $input) {
         __typename ... on MeasurePackage { hash measureId version loadedBy } ... on Refused { code message } } }`,
      { input: { id, version } },
    )
  ).data.publishMeasureDraft

let draftId: string
test('a mistake is told at its place, and nothing once it is mended', async () => {
  expect(await checked(measure('1.0.0', 65).replace('AgeInYearsAt', 'AgeInYear'))).toEqual([
    { line: 18, column: 3, message: expect.stringContaining('AgeInYear cannot be applied') },
  ])
  expect(await checked(measure('1.0.0', 65).replace('visit-class', 'no-such-set'))).toEqual([
    { line: 8, column: 25, message: expect.stringMatching(/^There is no value set/) },
  ])
  expect(await checked("library X version '1'")).toContainEqual({
    ...{ line: 1, column: 1 },
    message: 'A measure needs a definition named "Numerator".',
  })
  expect(await checked(measure('1.0.0', 65))).toEqual([])
})

test('a draft is kept broken or whole; who changes an old version of it is told', async () => {
  const made = await save({ cql: 'library', idempotencyKey: 'draft-made' })
  expect(made).toMatchObject({ __typename: 'MeasureDraft', version: 1, updatedBy: 'Ana Lyst', publishedHash: null })
  expect(await save({ cql: 'library', idempotencyKey: 'draft-made' })).toMatchObject({ id: made.id })
  draftId = made.id
  expect(await publish(draftId, 1)).toMatchObject({ code: 'DraftBroken' })
  expect(await save({ id: draftId, version: 1, cql: measure('1.0.0', 65), idempotencyKey: 'draft-mended' })).toMatchObject({ version: 2 })
  expect(await save({ id: draftId, version: 1, cql: 'other', idempotencyKey: 'draft-behind' })).toMatchObject({ code: 'DraftChanged' })
})

test('tried on a sample it gives counts that show no few people, and nothing else', async () => {
  const { data } = await analyst.ask(
    `mutation ($input: TryDraftInput!) { tryMeasureDraft(input: $input) { __typename ... on DraftTrial { id state } ... on Refused { code message } } }`,
    { input: { id: draftId, version: 2, period: year, idempotencyKey: 'trial-of-draft' } },
  )
  expect(data.tryMeasureDraft).toEqual({ id: expect.any(String), __typename: 'DraftTrial', state: 'QUEUED' })
  await runTrial(api.world.database, pool, data.tryMeasureDraft.id)
  await runTrial(api.world.database, pool, data.tryMeasureDraft.id)
  const answer = await analyst.ask(
    'query ($id: ID!) { measureDraft(id: $id) { trials { state sample initialPopulation denominator numerator failure } } }',
    { id: draftId },
  )
  expect(answer.data.measureDraft.trials).toEqual([
    { state: 'DONE', sample: 42, initialPopulation: 42, denominator: 42, numerator: 0, failure: null },
  ])
  expect(await api.sql('select bundle from draft_trial')).toEqual([{ bundle: null }])
  expect(await api.sql(`select action, outcome from audit_event where role = 'worker' and subject = 'ClinicalRecord'`)).toEqual([
    { action: 'read', outcome: 'allowed' },
  ])
})

describe('two published versions, side by side', () => {
  const hashes: string[] = []
  test('a version is published once, and not again with another text', async () => {
    const first = await publish(draftId, 2)
    expect(first).toMatchObject({ __typename: 'MeasurePackage', measureId: 'SeniorsSeen', version: '1.0.0', loadedBy: 'Ana Lyst' })
    expect(await publish(draftId, 2)).toMatchObject({ hash: first.hash })
    await save({ id: draftId, version: 2, cql: measure('1.0.0', 90), idempotencyKey: 'draft-same-version' })
    expect(await publish(draftId, 3)).toMatchObject({ code: 'VersionTaken' })
    await save({ id: draftId, version: 3, cql: measure('2.0.0', 90), idempotencyKey: 'draft-next-version' })
    hashes.push(first.hash, (await publish(draftId, 4)).hash)
  })

  const compare = async (key: string) =>
    (
      await analyst.ask(
        `mutation ($input: ComparePackagesInput!) { comparePackages(input: $input) { __typename ... on PackageComparison { id state } ... on Refused { code } } }`,
        { input: { beforeHash: hashes[0], afterHash: hashes[1], period: year, idempotencyKey: key } },
      )
    ).data.comparePackages
  const MOVES = `query ($id: ID!) { packageComparison(id: $id) { state chartsDone chartsTotal beforeVersion afterVersion
    moves { group before after charts reasons { definition change charts } } } }`
  const movesOf = async (id: string) => (await analyst.ask(MOVES, { id })).data.packageComparison
  const movers = (id: string) =>
    api.sql(
      'select practice_id, patient_id, before, after, lost, gained from comparison_mover where comparison_id = $1 order by patient_id',
      [id],
    )

  test('the body sees counts and definitions, the practice its own people by name', async () => {
    const { id } = await compare('compare-versions')
    const measures = openLoadedMeasures(api.world.database, openCompiler())
    await runComparison(api.world.database, pool, measures, id)
    expect(await movesOf(id)).toEqual({
      ...{ state: 'DONE', chartsDone: 42, chartsTotal: 42, beforeVersion: '1.0.0', afterVersion: '2.0.0' },
      moves: [
        {
          ...{ group: 0, before: 'DENOMINATOR', after: 'OUTSIDE', charts: 42 },
          reasons: ['Denominator', 'Initial Population', 'Is Old Enough'].map((definition) => ({ definition, change: 'LOST', charts: 42 })),
        },
      ],
    })
    const ask = '{ measureMovers(first: 100) { familyName beforeVersion afterVersion before after lost } }'
    const own = (await (await api.signedIn('alderClinician')).ask(ask)).data.measureMovers
    expect(own).toHaveLength(25)
    expect(own[0]).toMatchObject({
      before: 'DENOMINATOR',
      after: 'OUTSIDE',
      beforeVersion: '1.0.0',
      lost: expect.arrayContaining(['Is Old Enough']),
    })
    expect((await (await api.signedIn('birchClinician')).ask(ask)).data.measureMovers).toHaveLength(14)
    for (const user of ['analyst', 'administrator', 'pineAnalyst'] as const)
      expect((await (await api.signedIn(user)).ask(ask)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  })

  test('cut short at any chunk it goes on and ends with the same', async () => {
    const whole = await compare('compare-whole')
    const cut = await compare('compare-cut')
    const measures = openLoadedMeasures(api.world.database, openCompiler())
    await runComparison(api.world.database, pool, measures, whole.id)
    let calls = 0
    const failing = new Proxy(pool, {
      get: (target, key: keyof typeof pool) =>
        key === 'compare' && ++calls % 2 === 0
          ? () => Promise.reject(new Error('The worker was killed.'))
          : (target[key] as () => unknown).bind(target),
    })
    for (let tries = 0; tries < 3; tries++) await runComparison(api.world.database, failing, measures, cut.id).catch(() => undefined)
    await runComparison(api.world.database, pool, measures, cut.id)
    expect((await movesOf(cut.id)).moves).toEqual((await movesOf(whole.id)).moves)
    const bare = (rows: Record<string, unknown>[]) => rows.map((row) => ({ ...row }))
    expect(bare(await movers(cut.id))).toEqual(bare(await movers(whole.id)))
    expect(calls).toBeGreaterThan(3)
  })
})
