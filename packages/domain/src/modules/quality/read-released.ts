import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import type { Standing } from './nested-figures.ts'
import type { PopulationCounts } from './suppress.ts'
import type { ReleasedRow, ReleaseRow } from './told-table.ts'
import { FURTHEST, joinWhole } from './score-run.ts'

export interface ScoredRow extends ReleaseRow {
  readonly payerId: string
}

/** What became of a row, by the first of the releases one after the other that it was so in. */
export interface ShownRow extends ReleasedRow {
  readonly payerId: string
  readonly runId: string
  /** The package that it was computed with. */
  readonly packageHash: string
}

/** One group of a measure is one measure to a table. */
const MEASURE = sql`s.measure_id || ' ' || s.group_index`
export const groupOf = (measure: string): { readonly measureId: string; readonly groupIndex: number } => {
  const at = measure.lastIndexOf(' ')
  return { measureId: measure.slice(0, at), groupIndex: Number(measure.slice(at + 1)) }
}
const countsOf = (row: 's' | 'f') => sql`
  jsonb_build_object('initialPopulation', ${sql.ref(`${row}.initial_population`)}, 'denominator', ${sql.ref(`${row}.denominator`)},
                     'denominatorExclusion', ${sql.ref(`${row}.denominator_exclusion`)},
                     'denominatorException', ${sql.ref(`${row}.denominator_exception`)}, 'numerator', ${sql.ref(`${row}.numerator`)})`

/** Every payer's figures of a run. */
export async function readScored(db: Tx['db'], runId: string): Promise<ScoredRow[]> {
  const { rows } = await sql<ScoredRow>`
    select s.payer_id as "payerId", s.practice_id as "practiceId", ${MEASURE} as measure, ${countsOf('s')} as counts
      from payer_score s where s.run_id = ${runId} and s.payer_id is not null order by s.practice_id nulls first, s.measure_id, s.group_index`.execute(
    db,
  )
  return rows
}

/** All that payers were ever told of the period of a run, release by release; of what stayed as it was only the first. */
export async function readShown(db: Tx['db'], runId: string): Promise<ShownRow[]> {
  const { rows } = await sql<ShownRow>`
    with s as (
      select f.*, r.finished_at, k.hash, case when f.figures_of = f.run_id then ${countsOf('f')} end as counts
        from metric_run n
        join metric_run r on r.period_start = n.period_start and r.period_end = n.period_end and r.id <> n.id
        join payer_performance f on f.run_id = r.id
        join measure_package k on k.measure_id = f.measure_id and k.hash = any (r.package_hashes)
       where n.id = ${runId}),
    step as (select *, row_number() over w as nth, lag(counts) over w as before from s
             window w as (partition by payer_id, practice_id, measure_id, group_index order by finished_at, run_id))
    select s.payer_id as "payerId", s.run_id as "runId", s.hash as "packageHash", s.practice_id as "practiceId", ${MEASURE} as measure, s.counts
      from step s where s.nth = 1 or s.counts is distinct from s.before
     order by s.finished_at, s.run_id, s.practice_id nulls first, s.measure_id, s.group_index`.execute(db)
  return rows
}

/** Charts that stand alike, and how many of each payer's stand so now, by practice. */
export interface StandingCharts {
  readonly standing: Standing
  readonly people: ReadonlyMap<string, ReadonlyMap<string | null, number>>
}

/**
 * How charts stand in all runs of a period, and how many so in this one. For the region (null) a member is one chart, of those by which the region counts
 * the person in some measure the one in most measures: in what measures is the region's to know, by which chart each of them counts a member is not.
 */
export async function readStandings(db: Tx['db'], runId: string): Promise<StandingCharts[]> {
  await joinWhole(db)
  const { rows } = await sql<{
    standing: string
    people: [string, string | null, number][] | null
  }>`
    with chart as materialized (
      select s.run_id, s.practice_id, s.patient_id,
             string_agg(concat_ws(' ', s.initial_population, s.denominator, s.denominator_exclusion, s.denominator_exception, s.numerator,
                                  s.measure_id, s.group_index), chr(10) order by s.measure_id, s.group_index) as standing,
             count(*) as measures
        from measure_membership s
       where s.run_id in (select r.id from metric_run n join metric_run r on r.period_start = n.period_start and r.period_end = n.period_end
                           where n.id = ${runId} and r.state = 'published')
       group by s.run_id, s.practice_id, s.patient_id),
    belongs as materialized (select *, count(*) over (partition by person_id) as charts from run_member where run_id = ${runId}),
    passed_over as (
      select patient_id from (
        select m.patient_id, row_number() over (partition by p.person_id, m.measure_id, m.group_index order by ${FURTHEST}) = 1 as of_person
          from measure_membership m join belongs p on p.patient_id = m.patient_id and p.charts > 1 where m.run_id = ${runId}) m
       group by patient_id having not bool_or(of_person)),
    member as materialized (
      select c.standing, c.practice_id, v.payer_id,
             case when o.patient_id is null
                  then row_number() over (partition by v.payer_id, v.person_id, o.patient_id is null order by c.measures desc, c.patient_id) end as of_member
        from chart c
        left join passed_over o on o.patient_id = c.patient_id
        join belongs v on v.practice_id = c.practice_id and v.patient_id = c.patient_id and v.payer_id is not null
       where c.run_id = ${runId}),
    counted as (
      select standing, payer_id, practice_id, count(*) as people from member group by standing, payer_id, practice_id
      union all
      select standing, payer_id, null, count(*) from member where of_member = 1 group by standing, payer_id)
    select d.standing, jsonb_agg(jsonb_build_array(c.payer_id, c.practice_id, c.people)) filter (where c.people > 0) as people
      from (select distinct standing from chart) d left join counted c on c.standing = d.standing group by d.standing`.execute(db)
  return rows.map(({ standing, people }) => ({
    standing: standingIn(standing),
    people: new Map(
      [...Map.groupBy(people ?? [], ([payerId]) => payerId)].map(([payerId, of]) => [
        payerId,
        new Map(of.map(([, practiceId, count]) => [practiceId, count])),
      ]),
    ),
  }))
}

type Five = [number, number, number, number, number]

/** A line for each measure: five counts, then its name. */
function standingIn(lines: string): Standing {
  const measures = lines.split('\n').map((line): [string, PopulationCounts] => {
    const words = line.split(' ')
    const [initialPopulation, denominator, denominatorExclusion, denominatorException, numerator] = words.map(Number) as Five
    return [words.slice(5).join(' '), { initialPopulation, denominator, denominatorExclusion, denominatorException, numerator }]
  })
  return new Map(measures)
}

/** The package that each measure of a run is computed with. */
export async function readPackages(db: Tx['db'], runId: string): Promise<Map<string, string>> {
  const { rows } = await sql<{ measureId: string; hash: string }>`
    select k.measure_id as "measureId", k.hash from metric_run r join measure_package k on k.hash = any (r.package_hashes)
     where r.id = ${runId}`.execute(db)
  return new Map(rows.map(({ measureId, hash }) => [measureId, hash]))
}
