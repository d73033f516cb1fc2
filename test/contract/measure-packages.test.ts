import { gzipSync } from 'node:zlib'
import { openCompiler, openEnginePool } from '@carecommons/cql'
import { openLoadedMeasures, planRun, requestRun, runDeckCheck } from '@carecommons/domain'
import { isRefusal } from '@carecommons/kernel'
import { starterPackages } from '../../packages/cql/src/starter-packages.fixture.ts'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

type Json = Record<string, any>
let api: TestApi
let analyst: Caller
let published: Json
beforeAll(async () => {
  api = await openTestApi()
  analyst = await api.signedIn('analyst')
  published = (await starterPackages()).get('glycemic-control-poor')!.bundle as unknown as Json
})
afterAll(() => api.close())

const upload = async (caller: Caller, body: Buffer | string, path = '/uploads/measure-package') => {
  const response = await caller.fetch(path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers: { 'x-commons': 'web' } })
  return { status: response.status, body: (await response.json()) as Json }
}

/** The published bundle with something changed in it. */
function changed(change: (bundle: Json) => void): string {
  const bundle = structuredClone(published)
  change(bundle)
  return JSON.stringify(bundle)
}
const of = (bundle: Json, type: string): Json[] =>
  bundle['entry'].map(({ resource }: Json) => resource).filter(({ resourceType }: Json) => resourceType === type)

/** Changes the ELM of a library. */
function inElm(library: Json, change: (elm: Json) => void): void {
  const content = library['content'].find(({ contentType }: Json) => contentType === 'application/elm+json')
  const elm = JSON.parse(Buffer.from(content.data, 'base64').toString()) as Json
  change(elm['library'])
  content.data = Buffer.from(JSON.stringify(elm)).toString('base64')
}
const nextYear = (bundle: Json): void => void (of(bundle, 'Measure')[0]!['version'] = '2027.0.0')

const kept = () => api.sql('select hash from measure_package order by hash')
const inForce = async (year: number) =>
  (
    await analyst.ask('query ($period: PeriodInput!) { measureSet(period: $period) { measureId packageHash } }', {
      period: { start: `${year}-01-01`, end: `${year}-12-31` },
    })
  ).data.measureSet as { measureId: string; packageHash: string }[]

const ACTIVATE = `mutation ($input: ActivateMeasureInput!) { activateMeasure(input: $input) {
  __typename ... on MeasureTerm { measureId packageHash startsOn endsOn agreedBy agreedWith } ... on Refused { code message } } }`
const RETIRE = `mutation ($input: RetireMeasureInput!) { retireMeasure(input: $input) {
  __typename ... on MeasureTerm { measureId packageHash } ... on Refused { code } } }`

describe('loading a package', () => {
  test('keeps it as a version with a page; the same content again is the same version', async () => {
    const first = await upload(analyst, gzipSync(JSON.stringify(published)))
    expect(first).toMatchObject({ status: 201, body: { isNew: true, warnings: [] } })
    expect(await upload(analyst, JSON.stringify(published))).toMatchObject({
      status: 200,
      body: { hash: first.body['hash'], isNew: false },
    })
    const { data, errors } = await analyst.ask(
      `query ($hash: String!) { measurePackage(hash: $hash) {
         name url cql warnings { message } terms { id } deckChecks { id }
         package { measureId version improvement loadedBy isComputed }
         groups { id scoring basis populations { code definition logic { depth words } } }
         libraries { name } valueSets { url title codes note } requirements { type codes valueSets dates } } }`,
      { hash: first.body['hash'] },
    )
    expect(errors).toEqual([])
    const page = data.measurePackage
    expect(page.package).toMatchObject({
      measureId: 'glycemic-control-poor',
      improvement: 'DECREASE',
      loadedBy: 'Ana Lyst',
      isComputed: false,
    })
    expect(page.groups[0].populations.map(({ code }: Json) => code)).toContain('numerator')
    expect(page.groups[0].populations[0].logic[0]).toEqual({ depth: 0, words: '"Initial Population"' })
    expect(page.valueSets.find(({ title }: Json) => title === 'Diabetes mellitus')?.codes).toBeGreaterThan(10)
    expect(page.requirements.map(({ type }: Json) => type)).toContain('Observation')
    // What it asks for is named as its value sets are.
    const titles = page.valueSets.map(({ title }: Json) => title)
    const named = page.requirements.flatMap(({ valueSets }: Json) => valueSets)
    expect(named.length).toBeGreaterThan(0)
    for (const title of named) expect(titles).toContain(title)
    expect(page.cql).toContain('library GlycemicControlPoor')
    const noted = await api.sql(`select action, outcome from audit_event where subject = 'MeasurePackage'`)
    expect(noted).toEqual([{ action: 'create', outcome: 'allowed' }])
  })

  test.each<[string, () => string | Buffer, RegExp]>([
    [
      'a value set is missing',
      () => changed((b) => (b['entry'] = b['entry'].filter(({ resource }: Json) => resource.title !== 'Diabetes mellitus'))),
      /is missing/,
    ],
    [
      'an expansion is cut off',
      () => changed((b) => (of(b, 'ValueSet')[0]!['expansion'] = { total: 1997, contains: [{ system: 'urn:x', code: 'a' }] })),
      /holds 1 of 1997 codes/,
    ],
    [
      'libraries include each other in a circle',
      () =>
        changed((b) =>
          of(b, 'Library').forEach((one) =>
            inElm(
              one,
              (elm) => (elm['includes'] = { def: of(b, 'Library').map(({ name }) => ({ localIdentifier: `L${name}`, path: name })) }),
            ),
          ),
        ),
      /circle|include/i,
    ],
    [
      'a node is unknown',
      () =>
        changed((b) =>
          inElm(
            of(b, 'Library')[0]!,
            (elm) => (elm['statements'].def.find(({ name }: Json) => name === 'Initial Population').expression = { type: 'Frobnicate' }),
          ),
        ),
      /Initial Population.*Frobnicate/,
    ],
    ['it is no JSON', () => 'Measure: CMS122', /not JSON/],
    ['it is an archive', () => 'PK\u0003\u0004 and so on', /ZIP archive/],
    ['it is cut off', () => JSON.stringify(published).slice(0, 5000), /cut off/],
    ['it unpacks to far more than a package has', () => gzipSync(Buffer.alloc(101 * 1024 * 1024, ' '), { level: 1 }), /more than 100 MB/],
  ])('refuses it in words when %s; nothing is kept and what is in force stays', async (_name, body, words) => {
    const before = [await kept(), await inForce(2026)]
    const { status, body: told } = await upload(analyst, body())
    expect([status, told['problems'].map(({ subject, message }: Json) => `${subject}: ${message}`).join(' ')]).toEqual([
      422,
      expect.stringMatching(words),
    ])
    expect([await kept(), await inForce(2026)]).toEqual(before)
  })

  test('is the analyst’s alone: nobody else, nobody signed in, no other page, no larger file', async () => {
    const before = await kept()
    for (const user of ['administrator', 'careManager', 'alderAdministrator', 'alderClinician', 'pineAnalyst'] as const)
      expect((await upload(await api.signedIn(user), JSON.stringify(published))).status).toBe(403)
    expect((await upload(api.caller(), JSON.stringify(published))).status).toBe(401)
    const foreign = await analyst.fetch('/uploads/measure-package', { method: 'POST', body: JSON.stringify(published) })
    expect(foreign.status).toBe(403)
    expect((await upload(analyst, Buffer.alloc(33 * 1024 * 1024, 32))).status).toBe(413)
    expect(await kept()).toEqual(before)
  })

  test('a version is refused under a number that is here with other content, and when a value set that the logic asks for was emptied', async () => {
    const hashes = await kept()
    const before = [hashes, await inForce(2026)]
    const diabetes = (b: Json): Json => of(b, 'ValueSet').find(({ title }) => title === 'Diabetes mellitus')!
    const listed = (b: Json): Json[] => diabetes(b)['compose'].include[0].concept
    const codes = (diabetes(published)['compose'].include as Json[]).reduce((sum, { concept }) => sum + concept.length, 0)
    const message = async (change: (bundle: Json) => void) => {
      const { status, body } = await upload(analyst, changed(change))
      return [status, body['problems']?.[0].subject, body['problems']?.[0].message]
    }
    expect(await message((b) => void listed(b).pop())).toEqual([
      422,
      'Measure/glycemic-control-poor',
      expect.stringMatching(/^Version \S+ is here with other content; what differs: value set \S+diabetes\S*\. Figures name their version/),
    ])
    const emptied = (b: Json): void => {
      nextYear(b)
      diabetes(b)['expansion'] = { contains: [] }
      delete diabetes(b)['compose']
    }
    expect(await message(emptied)).toEqual([
      422,
      diabetes(published)['url'],
      expect.stringContaining(
        `holds no code, and version ${of(published, 'Measure')[0]!['version']} has ${codes} in it. Ask its publisher`,
      ),
    ])
    expect([await kept(), await inForce(2026)]).toEqual(before)
    // Written down anew by a server, it is what it was.
    expect(
      await upload(
        analyst,
        changed((b) => (b['timestamp'] = '2026-01-01T00:00:00Z')),
      ),
    ).toMatchObject({
      status: 200,
      body: { isNew: false, hash: hashes.find(({ hash }) => !/^(.)\1+$/.test(hash))!['hash'] },
    })
    const retired = await upload(
      analyst,
      changed((b) => {
        emptied(b)
        of(b, 'Measure')[0]!['version'] = '2026.9.0'
        diabetes(b)['status'] = 'retired'
      }),
    )
    expect([retired.status, retired.body['warnings'][0].message]).toEqual([
      201,
      expect.stringMatching(/^Its publisher retired the value set/),
    ])
    await api.sql('delete from measure_package where hash = $1', [retired.body['hash']])
    const few = await upload(
      analyst,
      changed((b) => {
        of(b, 'Measure')[0]!['version'] = '2026.9.1'
        diabetes(b)['compose'].include = [{ ...diabetes(b)['compose'].include[0], concept: listed(b).slice(0, 1) }]
      }),
    )
    expect([few.status, few.body['warnings'][0].message]).toEqual([201, expect.stringMatching(/^The value set holds 1 code; version/)])
    await api.sql('delete from measure_package where hash = $1', [few.body['hash']])
  })

  test('another measure under an id that is taken is refused', async () => {
    const { status, body } = await upload(
      analyst,
      changed((b) => Object.assign(of(b, 'Measure')[0]!, { url: 'https://other.example/Measure/x', version: '7' })),
    )
    expect([status, body['problems'][0].message]).toEqual([422, expect.stringMatching(/^Another measure is here/)])
  })
})

describe('agreeing', () => {
  test('what is in force is what was agreed on last for a year, and a run over the year computes with it', async () => {
    const [{ hash: old } = { hash: '' }] = (await api.sql(
      `select hash from measure_package where measure_id = 'glycemic-control-poor'`,
    )) as { hash: string }[]
    const { body } = await upload(analyst, changed(nextYear))
    const activate = async (packageHash: string, startsOn: string, endsOn: string | null, key: string) =>
      (
        await analyst.ask(ACTIVATE, {
          input: { packageHash, startsOn, endsOn, improvement: 'DECREASE', agreedWith: 'Quality committee, 2 March', idempotencyKey: key },
        })
      ).data.activateMeasure
    expect(await activate(old, '2025-01-01', null, 'agree-old-1')).toMatchObject({ __typename: 'MeasureTerm', agreedBy: 'Ana Lyst' })
    await activate(body['hash'], '2027-01-01', '2027-12-31', 'agree-new-1')
    const hashOf = async (year: number) => (await inForce(year)).find(({ measureId }) => measureId === 'glycemic-control-poor')?.packageHash
    expect([await hashOf(2024), await hashOf(2026), await hashOf(2027), await hashOf(2028)]).toEqual([undefined, old, body['hash'], old])
    expect(await activate(body['hash'], '2026-02-01', null, 'agree-bad-1')).toMatchObject({ code: 'PeriodNotYears' })
    expect(await activate('f'.repeat(64), '2026-01-01', null, 'agree-bad-2')).toMatchObject({ code: 'PackageUnknown' })

    const planned = async (year: number): Promise<string[]> => {
      const request = {
        regionId: api.world.regionId,
        period: { start: `${year}-01-01`, end: `${year}-12-31` },
        today: `${year}-01-01`,
        idempotencyKey: `run of ${year}`,
        requestedBy: null,
      }
      const id = await api.world.database.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => requestRun(db, request))
      if (isRefusal(id)) throw new Error(id.message)
      await planRun(api.world.database, id, 'test')
      return (await api.sql('select package_hashes from metric_run where id = $1', [id]))[0]!['package_hashes']
    }
    expect(await planned(2027)).toEqual(['c'.repeat(64), 'd'.repeat(64), body['hash']])
    expect(await planned(2028)).toEqual(['c'.repeat(64), 'd'.repeat(64), old])

    const retired = await analyst.ask(RETIRE, {
      input: { measureId: 'glycemic-control-poor', startsOn: '2028-01-01', agreedWith: 'Quality committee', idempotencyKey: 'retire-1' },
    })
    expect(retired.data.retireMeasure).toMatchObject({ __typename: 'MeasureTerm', packageHash: null })
    expect([await hashOf(2027), await hashOf(2028)]).toEqual([body['hash'], undefined])
    const noted = await api.sql(
      `select action, outcome from audit_event where subject = 'MeasurePackage' and action in ('start', 'end') order by at`,
    )
    expect(noted.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'start allowed',
      'start allowed',
      'start denied',
      'start not-found',
      'end allowed',
    ])
  })

  test('a target that is agreed on stands beside the rates of its years, for the practice and for the region, until another row says otherwise', async () => {
    const clinician = await api.signedIn('alderClinician')
    const targets = async () => {
      const of = ({ measure, target }: Json) => [measure.id, target]
      const { data } = await clinician.ask('{ practice { scores { measure { id } target } } }')
      const { data: all } = await analyst.ask(
        '{ region { scores { measure { id } target } practices { scores { measure { id } target } } } }',
      )
      // Of practices with few people the region is shown nothing.
      const shown = all.region.practices.map(({ scores }: Json) => scores).find((scores: readonly Json[]) => scores.length > 0)
      const told = [data.practice.scores, all.region.scores, shown].map((scores) => Object.fromEntries(scores.map(of)))
      for (const one of told) expect(one).toEqual(told[0])
      return told[0]
    }
    const agree = async (target: number | undefined, startsOn: string, key: string) => {
      const [found] = (await api.sql('select improvement from measure_package where hash = $1', ['c'.repeat(64)])) as Json[]
      const agreed = { startsOn, endsOn: `${startsOn.slice(0, 4)}-12-31`, agreedWith: 'Quality committee', idempotencyKey: key }
      const input = {
        packageHash: 'c'.repeat(64),
        improvement: found!['improvement'].toUpperCase(),
        ...agreed,
        ...(target === undefined ? {} : { target }),
      }
      return (await analyst.ask(ACTIVATE, { input })).data.activateMeasure as Json
    }
    expect(await targets()).toEqual({ control: null, poor: null })
    expect(await agree(0.7, PERIOD.start, 'target-agreed')).toMatchObject({ __typename: 'MeasureTerm' })
    await agree(0.8, '2024-01-01', 'target-of-another-year')
    expect(await targets()).toEqual({ control: 0.7, poor: null })
    for (const unusable of [0, 1, 70, -0.5])
      expect(await agree(unusable, PERIOD.start, `target-${unusable}`)).toMatchObject({ code: 'TargetUnusable' })
    await agree(undefined, PERIOD.start, 'target-none')
    expect(await targets()).toEqual({ control: null, poor: null })
  })

  test('which way is better can be corrected until figures are out', async () => {
    const input = {
      packageHash: 'c'.repeat(64),
      startsOn: '2030-01-01',
      improvement: 'DECREASE',
      agreedWith: 'x',
      idempotencyKey: 'direction',
    }
    expect((await analyst.ask(ACTIVATE, { input })).data.activateMeasure).toMatchObject({ code: 'DirectionFixed' })
    expect(PERIOD.start).toBe('2025-01-01')
  })
})

test('a deck is run against a package: what passed is counted, what differs is told with expected, got and evidence', async () => {
  const [{ hash } = { hash: '' }] = (await api.sql(
    `select hash from measure_package where measure_id = 'glycemic-control-poor' order by loaded_at, version limit 1`,
  )) as { hash: string }[]
  const patient = { resourceType: 'Patient', id: 'p', birthDate: '1970-01-01' }
  const nobody = { 'initial-population': 0, denominator: 0, 'denominator-exclusion': 0, numerator: 0 }
  const one = (id: string, expected: Json) => ({
    id,
    title: `Case ${id}`,
    period: { start: '2026-01-01', end: '2026-12-31' },
    resources: [patient],
    expected: [expected],
  })
  const lines = [one('a', nobody), { ...one('c', nobody), period: { start: '2026-13-01' } }, one('b', { ...nobody, numerator: 1 })]
  const deck = lines.map((line) => JSON.stringify(line)).join('\n')
  const started = await upload(analyst, gzipSync(deck), `/uploads/deck?package=${hash}&name=cases.ndjson.gz`)
  expect(started.status).toBe(202)
  const pool = openEnginePool({ threads: 1 })
  try {
    const measures = openLoadedMeasures(api.world.database, openCompiler())
    await runDeckCheck(api.world.database, pool, measures, started.body['id'])
    await runDeckCheck(api.world.database, pool, measures, started.body['id'])
    const ASK = `query ($id: ID!) { deckCheck(id: $id) { state casesTotal casesDone passed failed undecided failure requestedBy
      outcomes { id verdict problem differences { population expected got } evidence { definition } } } }`
    expect((await analyst.ask(ASK, { id: started.body['id'] })).data.deckCheck).toMatchObject({
      ...{ state: 'DONE', casesTotal: 3, casesDone: 3, passed: 1, failed: 2, undecided: 0, failure: null, requestedBy: 'Ana Lyst' },
      outcomes: [
        { id: 'c', verdict: 'FAILED', problem: 'Not run. Line 2 of the deck: The case has no period of two days.' },
        { id: 'b', verdict: 'FAILED', problem: null, differences: [{ population: 'numerator', expected: 1, got: 0 }] },
      ],
    })
    expect(await api.sql('select deck from deck_check')).toEqual([{ deck: null }])
    const bad = await upload(analyst, 'no deck', `/uploads/deck?package=${hash}&name=x`)
    await runDeckCheck(api.world.database, pool, measures, bad.body['id'])
    expect((await analyst.ask(ASK, { id: bad.body['id'] })).data.deckCheck).toMatchObject({
      state: 'FAILED',
      failure: 'Line 1: This is not JSON; a deck holds one case a line.',
    })
  } finally {
    await pool.close()
  }
  expect((await upload(analyst, deck, '/uploads/deck?package=nothing&name=x')).status).toBe(422)
})
