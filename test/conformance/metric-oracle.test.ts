// The whole way from files to published scores, against a second opinion in SQL that shares no code with it: where every chart stands
// in every measure, the scores of practices, region and payers, and what payers may see. See metric/oracle.sql.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixture } from '../support/fixtures.ts'
import { writeBorderlineCharts } from './metric/borderline-charts.ts'
import { type MeasuredRegion, measuredRegion } from './metric/measured-region.ts'
import { faultsOf, type PayerTable } from './metric/suppression.ts'

const MEASURES = [
  ...['blood-pressure-control', 'breast-cancer-screening', 'care-management-contact', 'colorectal-cancer-screening'],
  ...['depression-screening-follow-up', 'falls-risk-screening', 'follow-up-after-discharge', 'glycemic-control-poor'],
  ...['kidney-health-evaluation', 'statin-therapy', 'tobacco-screening-cessation'],
]
const COUNTS = 'initial_population, denominator, denominator_exclusion, denominator_exception, numerator'
const SUMS = COUNTS.replaceAll(/\w+/g, 'sum($&)::int as $&')

const synthea = fixture('data/synthea-practices')
const border = mkdtempSync(join(tmpdir(), 'commons-border-'))
afterAll(() => rmSync(border, { recursive: true }))

interface Population {
  readonly name: string
  readonly year: number
  /** The command that brings it in. */
  readonly fill: () => readonly string[]
  /** What must not be zero for the comparison to say something. */
  readonly occurs: readonly string[]
  /** Some people have charts under several payers. */
  readonly sharesPeople?: boolean
}

const populations: readonly Population[] = [
  {
    name: '500 made-up charts at the borders of the rules, 2020',
    year: 2020,
    fill: () => {
      writeBorderlineCharts(border, { charts: 500, practices: 3, seed: 7 })
      return ['import', 'fhir', border]
    },
    occurs: ['denominator', 'denominator_exclusion', 'denominator_exception', 'numerator'],
    sharesPeople: true,
  },
  {
    name: 'a demo region of 200 charts, this year',
    year: Number(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'America/New_York' }).format()),
    fill: () => ['demo', '--practices', '4', '--patients', '200'],
    occurs: ['denominator', 'numerator'],
  },
  ...(synthea
    ? [
        {
          name: '615 Synthea charts of 61 practices, 2020',
          year: 2020,
          fill: () => ['import', 'fhir', synthea, '--practices-by', join(synthea, 'practice_by_last_wellness_visit.csv')],
          occurs: ['denominator'],
        },
      ]
    : []),
]

describe.each(populations)('$name', ({ year, fill, occurs, sharesPeople = false }) => {
  let region: MeasuredRegion
  beforeAll(async () => {
    region = await measuredRegion(year, fill())
    // Both sides in one shape: scores by practice (null: the region), payers by name.
    await region.sql(`create temporary view run as select run_id as id from publication where period_start = '${year}-01-01'`)
    await region.sql(`
      create temporary table placed as
        select s.*, c.person, c.payer,
               row_number() over (partition by c.person, s.measure_id order by ${FURTHEST}) as of_person
          from stand s join chart c using (practice_id, patient_id)`)
  }, 300_000)
  afterAll(() => region?.close())

  test('every chart was evaluated', async () => {
    expect(await region.sql('select sum(charts)::int as charts, sum(unevaluated)::int as unevaluated from metric_chunk')).toEqual([
      { charts: (await region.sql('select count(*)::int as n from patient'))[0]!.n, unevaluated: 0 },
    ])
  })

  test('there is somebody to count in every measure', async () => {
    for (const count of occurs) {
      const rows = await region.sql(`select measure_id from stand group by 1 having sum(${count}) > 0 order by 1`)
      expect({ [count]: rows.map((row) => row.measure_id) }).toEqual({
        [count]: count === 'denominator_exception' ? ['statin-therapy'] : MEASURES,
      })
    }
  })

  test('every chart stands in every measure where the oracle says', async () => {
    const of = (source: string) => `select practice_id, patient_id, measure_id, ${COUNTS} from ${source}`
    expect(await differences(of('measure_membership where run_id = (select id from run)'), of('stand'))).toEqual([])
  })

  test('scores of practices add up charts, those of the region people', async () => {
    await expectEqualScores(
      `select practice_id, measure_id, ${COUNTS} from score where run_id = (select id from run)`,
      `select practice_id, measure_id, ${SUMS} from placed group by 1, 2
       union all select null, measure_id, ${SUMS} from placed where of_person = 1 group by 2`,
    )
  })

  test('scores of payers are those of the members each paid for', async () => {
    await expectEqualScores(
      `select o.name, s.practice_id, s.measure_id, ${COUNTS} from payer_score s left join organization o on o.id = s.payer_id where run_id = (select id from run)`,
      `select payer, practice_id, measure_id, ${SUMS} from placed group by 1, 2, 3
       union all select payer, null, measure_id, ${SUMS} from placed where of_person = 1 group by 1, 3`,
    )
  })

  test('scores of strata are those of the charts in each, and of the region people', async () => {
    await region.sql(`create temporary table if not exists in_stratum as ${inStrata(year)}`)
    const of = (practice: string, which: string) =>
      `select ${practice} as practice_id, measure_id, dimension, stratum, ${SUMS} from in_stratum ${which} group by 1, 2, 3, 4`
    await expectEqualScores(
      `select practice_id, measure_id, dimension, stratum, ${COUNTS} from stratum_score where run_id = (select id from run)`,
      `${of('practice_id', '')} union all ${of('null::uuid', 'where of_person = 1')}`,
    )
  })

  test('strata of each kind add up to everybody, place by place', async () => {
    await expectEqualScores(
      `select d.dimension, s.practice_id, s.measure_id, ${COUNTS} from score s, unnest(array['age', 'sex', 'zip3']) d (dimension) where run_id = (select id from run)`,
      `select dimension, practice_id, measure_id, ${SUMS} from stratum_score where run_id = (select id from run) group by 1, 2, 3`,
    )
  })

  test('what the coordinating body may see of strata is their scores, with nobody among ten or fewer in a row or in what is left', async () => {
    const rate = 'denominator - denominator_exclusion - denominator_exception'
    await region.sql(`
      create temporary view told as
        select s.practice_id, s.measure_id, s.dimension, s.stratum, f.run_id is not null and f.counted is not null as is_told,
               ${rate.replaceAll(/denominator/g, 's.denominator')} as counted, s.numerator, f.counted as told_counted, f.numerator as told_numerator
          from stratum_score s
          left join shown_stratum f on f.run_id = s.run_id and f.practice_id is not distinct from s.practice_id and f.measure_id = s.measure_id
           and f.dimension = s.dimension and f.stratum = s.stratum
         where s.run_id = (select id from run)`)
    const few = (figure: string): string => `(${figure} between 1 and 10)`
    expect(
      await region.sql(
        `select * from told where is_told and (counted <> told_counted or numerator <> told_numerator
            or ${few('counted')} or ${few('numerator')} or ${few('counted - numerator')})`,
      ),
    ).toEqual([])
    // What is not told of a place comes to many people, or nothing of the place is told.
    expect(
      await region.sql(`
        select practice_id, measure_id, dimension, sum(counted) filter (where not is_told) as rest from told group by 1, 2, 3
        having bool_or(is_told and counted > 0) and (${few('sum(counted) filter (where not is_told)')} or ${few('sum(numerator) filter (where not is_told)')}
            or ${few('sum(counted - numerator) filter (where not is_told)')})`),
    ).toEqual([])
    const [told] = await region.sql('select count(*) filter (where is_told and counted > 0)::int as n from told')
    if (year !== 2020) expect(told!.n).toBeGreaterThan(0)
  })

  test('payers and the uninsured add up to everybody, practice by practice and in the region', async () => {
    await expectEqualScores(
      `select practice_id, measure_id, ${COUNTS} from score where run_id = (select id from run)`,
      `select practice_id, measure_id, ${SUMS} from payer_score where run_id = (select id from run) group by 1, 2`,
    )
    // People with charts under several payers, whom each of these would count.
    const several = await region.sql(`select person from placed group by person having count(distinct coalesce(payer, '')) > 1 limit 1`)
    expect(several).toHaveLength(sharesPeople ? 1 : 0)
  })

  test('what a payer may see is its scores, with nobody among ten or fewer to be found', async () => {
    const tables = await region.sql<PayerTable>(`
      select json_agg(json_build_object('isRegion', s.practice_id is null, 'hidden', f.hidden,
               'scored', array[s.initial_population, s.denominator, s.denominator_exclusion, s.denominator_exception, s.numerator],
               'shown', array[f.initial_population, f.denominator, f.denominator_exclusion, f.denominator_exception, f.numerator])) as rows
        from payer_score s left join payer_performance f on f.run_id = s.run_id and f.payer_id = s.payer_id
         and f.practice_id is not distinct from s.practice_id and f.measure_id = s.measure_id
       where s.run_id = (select id from run) and s.payer_id is not null group by s.payer_id, s.measure_id`)
    expect(tables.length).toBeGreaterThan(0)
    expect(tables.flatMap(faultsOf)).toEqual([])
    const [uninsured] = await region.sql('select count(*)::int as n from payer_performance where payer_id is null')
    expect(uninsured!.n).toBe(0)
  })

  const differences = (ours: string, oracles: string) =>
    region.sql(
      `select 'only ours' as who, * from ((${ours}) except (${oracles})) a union all select 'only the oracle', * from ((${oracles}) except (${ours})) b`,
    )

  async function expectEqualScores(ours: string, oracles: string): Promise<void> {
    expect(await differences(ours, oracles)).toEqual([])
    const [rows] = await region.sql(
      `select (select count(*) from (${ours}) a)::int as ours, (select count(*) from (${oracles}) b)::int as oracles`,
    )
    expect(rows!.ours).toBe(rows!.oracles)
    expect(rows!.ours).toBeGreaterThan(0)
  }
})

/** Every chart's places beside its strata, from the Patient as it came: areas by the census lists of 2000 and 2010. */
const inStrata = (year: number): string => `
  select s.*, d.dimension, d.stratum
    from placed s
    join raw r on r.type = 'Patient' and r.practice_id = s.practice_id and r.patient_id = s.patient_id
   cross join lateral (select ${year} - left(r.c ->> 'birthDate', 4)::int as age, r.c #>> '{address,0,postalCode}' as zip) b
   cross join lateral (values
     ('age', case when length(r.c ->> 'birthDate') < 10 or r.c ->> 'birthDate' is null then 'unknown' when age < 18 then '0-17'
                  when age < 40 then '18-39' when age < 65 then '40-64' when age < 75 then '65-74' else '75+' end),
     ('sex', case when r.c ->> 'gender' in ('female', 'male', 'other') then r.c ->> 'gender' else 'unknown' end),
     ('zip3', case when zip ~ '^(036|059|063|102|203|205|369|556|692|790|821|823|830|831|878|879|884|890|893)' then '000'
                   when zip ~ '^[0-9]{5}' then left(zip, 3) else 'unknown' end)) d (dimension, stratum)`

/** Of a person's charts the one that stands furthest in a measure counts, of equals the oldest. */
const FURTHEST = 's.initial_population desc, s.denominator desc, s.denominator_exclusion + s.denominator_exception, s.patient_id'
