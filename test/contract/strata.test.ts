// By what figures are broken down: who agrees on it, what a run takes of it, and who reads which strata.
import { planRun, requestRun } from '@carecommons/domain'
import { isRefusal } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

type Json = Record<string, any>

let api: TestApi
let analyst: Caller
beforeAll(async () => {
  api = await openTestApi()
  analyst = await api.signedIn('analyst')
})
afterAll(() => api.close())

const AGREE = `mutation ($input: AgreeOnStrataInput!) { agreeOnStrata(input: $input) {
  __typename ... on StrataTerm { id startsOn endsOn ageBounds bySex byZip3 agreedBy agreedWith } ... on Refused { code message } } }`
const agreement = { startsOn: '2026-01-01', ageBounds: [18, 65], bySex: true, byZip3: false, agreedWith: 'Quality committee, 2 March' }
const agree = async (input: Json): Promise<Json> => (await analyst.ask(AGREE, { input: { ...agreement, ...input } })).data.agreeOnStrata

describe('agreeing', () => {
  test('is a dated row that a run of its years takes, the latest first, and that a repeated run keeps', async () => {
    const first = await agree({ idempotencyKey: 'strata-first' })
    expect(first).toMatchObject({ ...agreement, __typename: 'StrataTerm', endsOn: null, agreedBy: 'Ana Lyst' })
    expect(await agree({ idempotencyKey: 'strata-first' })).toEqual(first)
    await agree({ startsOn: '2027-01-01', endsOn: '2027-12-31', ageBounds: null, byZip3: true, idempotencyKey: 'strata-2027' })
    await agree({ startsOn: '2029-01-01', ageBounds: null, bySex: false, idempotencyKey: 'strata-none' })
    const planned = async (year: number): Promise<unknown> => {
      const period = { start: `${year}-01-01`, end: `${year}-12-31` } as const
      const request = { regionId: api.world.regionId, period, today: period.start, idempotencyKey: `run of ${year}`, requestedBy: null }
      const id = await api.world.database.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) => requestRun(db, request))
      if (isRefusal(id)) throw new Error(id.message)
      await planRun(api.world.database, id, 'test')
      return (await api.sql('select strata from metric_run where id = $1', [id]))[0]!['strata']
    }
    const ours = { ages: [18, 65], sex: true, zip3: false }
    expect([await planned(2024), await planned(2026), await planned(2027), await planned(2028), await planned(2029)]).toEqual([
      null,
      ours,
      { ages: null, sex: true, zip3: true },
      ours,
      null,
    ])
    const { data } = await analyst.ask('{ strataTerms { agreedWith } }')
    expect(data.strataTerms).toHaveLength(3)
    const noted = await api.sql(`select outcome from audit_event where subject = 'MeasurePackage' and action = 'start' and $1 = any (subject_ids::text[])`, [first['id']]) // prettier-ignore
    expect(noted).toEqual([{ outcome: 'allowed' }])
  })

  test.each([
    ['bands without an age', { ageBounds: [] }, 'AgeBandsUnusable', 'not 0'],
    ['bands that go down', { ageBounds: [18, 65, 40] }, 'AgeBandsUnusable', '40 follows 65'],
    ['two bands at one age', { ageBounds: [18, 18] }, 'AgeBandsUnusable', '18 follows 18'],
    ['a band before birth', { ageBounds: [0, 18] }, 'AgeBandsUnusable', 'not at 0'],
    ['a band that nobody reaches', { ageBounds: [121] }, 'AgeBandsUnusable', 'not at 121'],
    ['more bands than people read', { ageBounds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }, 'AgeBandsUnusable', 'not 10'],
    ['a year that begins in March', { startsOn: '2026-03-01' }, 'PeriodNotYears', 'calendar years'],
    ['years that end before they begin', { endsOn: '2025-12-31' }, 'PeriodNotYears', 'calendar years'],
    ['nobody who agreed', { agreedWith: ' ' }, 'AgreementUnnamed', 'with whom'],
  ])('%s is refused in words', async (what, wrong, code, said) => {
    const before = await api.sql('select count(*) from strata_term')
    const answer = await agree({ ...wrong, idempotencyKey: `wrong-${what.replaceAll(' ', '-')}` })
    expect(answer).toMatchObject({ __typename: 'Refused', code })
    expect(answer['message']).toContain(said)
    expect(await api.sql('select count(*) from strata_term')).toEqual(before)
  })
})

describe('reading', () => {
  const STRATUM =
    'stratum counted numerator rate interval { low high } initialPopulation denominator denominatorExclusion denominatorException'
  const FIELDS = `{ whole { numerator denominator } figuresAt breakdowns { dimension stratifier strata { ${STRATUM} } } }`
  beforeAll(async () => {
    const { alder, birch } = api.world.practices
    const scored = (practice: string | null, stratum: string, [i, d, x, n]: readonly number[]) =>
      api.sql(
        `insert into stratum_score (id, run_id, practice_id, measure_id, group_index, dimension, stratum, initial_population, denominator,
                                    denominator_exclusion, denominator_exception, numerator)
         values (gen_random_uuid(), $1, $2, 'control', 0, 'sex', $3, $4, $5, $6, 0, $7)`,
        [api.world.runId, practice, stratum, i, d, x, n],
      )
    await scored(alder, 'female', [9, 9, 2, 3])
    await scored(alder, 'unknown', [2, 2, 0, 1])
    await scored(birch, 'female', [30, 30, 4, 11])
    for (const [id, stratum] of [['z', 'none'], ['z', 'true'], ['kind', 'b'], ['kind', 'a']] as const)
      await api.sql(
        `insert into stratum_score (id, run_id, practice_id, measure_id, group_index, dimension, stratifier, stratum, initial_population,
                                    denominator, denominator_exclusion, denominator_exception, numerator)
         values (gen_random_uuid(), $1, $2, 'control', 0, 'stratifier', $3, $4, 5, 5, 0, 0, 2)`,
        [api.world.runId, alder, id, stratum],
      ) // prettier-ignore
    const shown = (practice: string | null, dimension: string, stratum: string | null, counts: readonly (number | null)[]) =>
      api.sql(
        `insert into shown_stratum (id, run_id, practice_id, measure_id, group_index, dimension, stratum, counted, numerator, initial_population)
         values (gen_random_uuid(), $1, $2, 'control', 0, $3, $4, $5, $6, $7)`,
        [api.world.runId, practice, dimension, stratum, ...counts],
      )
    await shown(null, 'age', '65+', [40, 20, 60])
    await shown(null, 'age', '0-17', [null, null, null])
    await shown(null, 'zip3', null, [null, null, null])
    await shown(null, 'zip3', '010', [200, 100, null])
    await shown(alder, 'age', '65+', [null, null, null])
  })

  test('a practice reads its own strata in whole numbers, unknown last, and nobody else', async () => {
    const clinician = await api.signedIn('alderClinician')
    const { data } = await clinician.ask(`{ practice { strata(measure: "control") ${FIELDS} } }`)
    expect(data.practice.strata.breakdowns).toEqual([
      {
        dimension: 'SEX',
        stratifier: null,
        strata: [
          expect.objectContaining({ stratum: 'female', counted: 7, numerator: 3, denominator: 9, denominatorExclusion: 2, rate: 3 / 7 }),
          expect.objectContaining({ stratum: 'unknown', counted: 2, numerator: 1, rate: 0.5 }),
        ],
      },
      // The measure's own come after what was agreed on, those in none of their strata last.
      ...[
        ['kind', 'a', 'b'],
        ['z', 'true', 'none'],
      ].map(([stratifier, ...strata]) => ({
        ...{ dimension: 'STRATIFIER', stratifier },
        strata: strata.map((stratum) => expect.objectContaining({ stratum, counted: 5, numerator: 2 })),
      })),
    ])
    const missing = await clinician.ask('{ practice { strata(measure: "no such measure") { figuresAt } } }')
    expect(missing.data.practice.strata).toBeNull()
  })

  test.each(['analyst', 'administrator'] as const)(
    'the coordinating body (%s) reads what was suppressed, of the region and of a practice',
    async (role) => {
      const caller = await api.signedIn(role)
      const ask = `query ($practice: ID) { region { strata(measure: "control", practice: $practice) ${FIELDS} } }`
      const region = (await caller.ask(ask)).data.region.strata
      expect(region.figuresAt).toBe('2026-01-05T00:01:00.000Z')
      expect(region.breakdowns).toEqual([
        {
          dimension: 'AGE',
          stratifier: null,
          strata: [
            expect.objectContaining({ stratum: '0-17', counted: null, numerator: null, rate: null, interval: null }),
            expect.objectContaining({ stratum: '65+', counted: 40, numerator: 20, rate: 0.5, initialPopulation: 60, denominator: null }),
          ],
        },
        {
          dimension: 'ZIP3',
          stratifier: null,
          strata: [expect.objectContaining({ stratum: '010', counted: 200 }), expect.objectContaining({ stratum: null, counted: null })],
        },
      ])
      const practice = (await caller.ask(ask, { practice: api.world.practices.alder })).data.region.strata
      expect(practice.breakdowns).toEqual([
        { dimension: 'AGE', stratifier: null, strata: [expect.objectContaining({ stratum: '65+', counted: null })] },
      ])
      for (const nothing of ['not-an-id', '00000000-0000-4000-8000-000000000000'])
        expect((await caller.ask(ask, { practice: nothing })).data.region.strata).toBeNull()
    },
  )

  test('a run that records moved since is read as it was: two looks tell nobody who came', async () => {
    const live = '0b9f9d3c-0000-4000-8000-00000000000a'
    await api.sql(
      `insert into metric_run (id, region_id, period_start, period_end, watermark, package_hashes, engine, state, idempotency_key, requested_at, finished_at, live_of)
       select $1, region_id, period_start, period_end, watermark, package_hashes, engine, state, 'live', requested_at, now(), id from metric_run where id = $2`,
      [live, api.world.runId],
    )
    await api.sql('update publication set run_id = $1 where period_start = $2', [live, PERIOD.start])
    const { data } = await analyst.ask(`{ region { strata(measure: "control") ${FIELDS} } }`)
    await api.sql('update publication set run_id = $1 where period_start = $2', [api.world.runId, PERIOD.start])
    await api.sql('delete from metric_run where id = $1', [live])
    expect(data.region.strata.figuresAt).toBe('2026-01-05T00:01:00.000Z')
    expect(data.region.strata.breakdowns).toHaveLength(2)
  })

  test('nobody else has any of it, neither over the API nor in the database', async () => {
    for (const role of ['pineAnalyst', 'careManager'] as const) {
      const caller = await api.signedIn(role)
      for (const root of ['practice', 'region']) {
        const { errors } = await caller.ask(`{ ${root} { strata(measure: "control") { figuresAt } } }`)
        expect(errors).not.toEqual([])
      }
    }
    const privileges = await api.sql(`
      select t.name as table, array_agg(r.rolname::text order by r.rolname) as roles
        from (values ('strata_term'), ('stratum_score'), ('shown_stratum')) t (name)
        join pg_roles r on r.rolname like 'commons_%' and has_any_column_privilege(r.rolname, t.name, 'select') and not r.rolsuper
         and r.rolname not like 'commons\\_login%' and r.rolname not like 'commons\\_owner%'
       group by 1 order by 1`)
    expect(privileges).toEqual([
      { table: 'shown_stratum', roles: ['commons_region', 'commons_worker'] },
      { table: 'strata_term', roles: ['commons_region', 'commons_worker'] },
      { table: 'stratum_score', roles: ['commons_practice', 'commons_worker'] },
    ])
  })
})
