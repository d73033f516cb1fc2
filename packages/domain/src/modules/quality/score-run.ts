import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { allPractices } from '#modules/practice'
import { tellMovement } from '#shared/movements'
import type { Sessions, Tx } from '#shared/sessions'
import { EACH_STRATUM, type Strata, strataColumns, STRATUM, STRATUM_SUMS } from './strata.ts'

/** Adds up the memberships of a run: by practice, region, payer and stratum. Repeatable. */
export async function scoreRun(sessions: Sessions, runId: string): Promise<void> {
  const practiceIds = await allPractices(sessions)
  await sessions.within({ kind: 'worker', practiceIds }, async ({ db }) => {
    const run = await sql<Planned>`
      select state, strata, period_end::text as "periodEnd" from metric_run where id = ${runId} for update`.execute(db)
    if (run.rows[0]?.state === 'published' || run.rows[0]?.state === 'failed') return
    const unfinished = await sql`select from metric_chunk where run_id = ${runId} and finished_at is null limit 1`.execute(db)
    if (run.rows[0]?.state === 'queued' || unfinished.rows.length > 0)
      throw new Error(`Run ${runId} was to be scored before it was evaluated.`)
    await sql`update metric_run set state = 'scoring' where id = ${runId}`.execute(db)
    for (const table of ['run_member', 'score', 'payer_score', 'stratum_score']) {
      await sql`delete from ${sql.table(table)} where run_id = ${runId}`.execute(db)
    }
    await keepMembers(db, runId, run.rows[0]!)
    await joinWhole(db)
    await scoreAll(db, runId)
    await tellMovement(db, { what: 'runs' })
  })
}

interface Planned {
  readonly state: string
  readonly strata: Strata | null
  readonly periodEnd: Day
}

/**
 * Of rows that were written a moment ago PostgreSQL knows no numbers: it takes them for few and compares each with each. Until the end of the
 * transaction it joins whole tables.
 */
export const joinWhole = (db: Tx['db']): Promise<object> => sql`set local enable_nestloop = off`.execute(db)

export const SUMS = sql`sum(initial_population)::int, sum(denominator)::int, sum(denominator_exclusion)::int, sum(denominator_exception)::int, sum(numerator)::int`

/** The payer of a chart is who covered it last within the period; a repeated run has the persons, payers and strata of the run that it repeats. */
async function keepMembers(db: Tx['db'], runId: string, { strata, periodEnd }: Planned): Promise<void> {
  await sql`
    insert into run_member (practice_id, run_id, patient_id, person_id, payer_id, age_band, sex, zip3)
    select m.practice_id, r.id, m.patient_id, m.person_id, m.payer_id, m.age_band, m.sex, m.zip3
      from metric_run r join run_member m on m.run_id = r.repeats
     where r.id = ${runId}
    union all
    select p.practice_id, r.id, p.id, p.person_id, v.payer_id, ${strataColumns(strata, periodEnd)}
      from metric_run r
     cross join patient p
      left join lateral (select c.payer_id from coverage c where c.practice_id = p.practice_id and c.patient_id = p.id
                            and c.starts_on <= r.period_end and (c.ends_on is null or c.ends_on >= r.period_start)
                          order by c.starts_on desc limit 1) v on true
     where r.id = ${runId} and r.repeats is null`.execute(db)
}

/**
 * The memberships of a run beside the person, the payer and the strata of each chart.
 * A person with several charts counts once in the region, for the payer and in the strata of that chart: by the one that stands furthest in the measure, of
 * equals the oldest.
 * Few people have several, and only theirs are put in order.
 */
const standing = (runId: string) => {
  const memberships = (which: RawBuilder<unknown>, ofPerson: RawBuilder<unknown>) => sql`
    select m.practice_id, m.measure_id, m.group_index, m.initial_population, m.denominator, m.denominator_exclusion, m.denominator_exception,
           m.numerator, m.recorded_on, m.strata, v.payer_id, v.age_band, v.sex, v.zip3, ${ofPerson} as of_person
      from measure_membership m
      join (select *, count(*) over (partition by person_id) as charts from run_member where run_id = ${runId}) v
        on v.practice_id = m.practice_id and v.patient_id = m.patient_id and v.charts ${which}
     where m.run_id = ${runId}`
  const isFirst = sql`row_number() over (partition by v.person_id, m.measure_id, m.group_index order by ${FURTHEST}) = 1`
  return sql`${memberships(sql`= 1`, sql`true`)} union all ${memberships(sql`> 1`, isFirst)}`
}

export const FURTHEST = sql`m.initial_population desc, m.denominator desc, m.denominator_exclusion + m.denominator_exception, m.patient_id`
/**
 * Of memberships: how many of the denominator have a record of the measure's kinds, and the newest such day. Null where it was not looked for
 * those of somebody, be it that the measure asks for no results: whoever comes or goes, it stays so.
 */
export const RECORDED = sql`case when count(*) filter (where recorded_on is null) = 0
  then (count(*) filter (where denominator > 0 and recorded_on > '-infinity'))::int end`
export const RECORDED_UNTIL = sql`max(recorded_on) filter (where denominator > 0 and recorded_on > '-infinity')`
const RECORDED_OF_CELLS = sql`case when count(*) filter (where recorded is null) = 0 then sum(recorded)::int end`
export const COUNTS = sql`initial_population, denominator, denominator_exclusion, denominator_exception, numerator`

/** Read once: cells are of one practice, payer and stratum of each kind and alike by the measure's own, and everything else is a sum of cells. */
async function scoreAll(db: Tx['db'], runId: string): Promise<void> {
  await sql`
    with cell (practice_id, payer_id, age_band, sex, zip3, strata, measure_id, group_index, of_person, charts, ${COUNTS}, recorded, recorded_until) as materialized (
      select practice_id, payer_id, age_band, sex, zip3, strata, measure_id, group_index, of_person, count(*), ${SUMS}, ${RECORDED}, ${RECORDED_UNTIL}
        from (${standing(runId)}) m
       group by practice_id, payer_id, age_band, sex, zip3, strata, measure_id, group_index, of_person),
    scored as (
      insert into score (id, run_id, practice_id, measure_id, group_index, ${COUNTS}, recorded, recorded_until)
      select gen_random_uuid(), ${runId}::uuid, practice_id, measure_id, group_index, ${SUMS}, ${RECORDED_OF_CELLS}, max(recorded_until)
        from cell group by practice_id, measure_id, group_index
      union all
      select gen_random_uuid(), ${runId}::uuid, null::uuid, measure_id, group_index, ${SUMS}, ${RECORDED_OF_CELLS}, null::date
        from cell where of_person group by measure_id, group_index),
    of_stratum (practice_id, ${STRATUM}, measure_id, group_index, of_person, ${COUNTS}) as materialized (
      select practice_id, ${STRATUM}, measure_id, group_index, of_person, ${STRATUM_SUMS}
        from cell m ${EACH_STRATUM} group by practice_id, ${STRATUM}, measure_id, group_index, of_person),
    broken_down as (
      insert into stratum_score (id, run_id, practice_id, measure_id, group_index, ${STRATUM}, ${COUNTS})
      select gen_random_uuid(), ${runId}::uuid, practice_id, measure_id, group_index, ${STRATUM}, ${SUMS}
        from of_stratum group by practice_id, measure_id, group_index, ${STRATUM}
      union all
      select gen_random_uuid(), ${runId}::uuid, null::uuid, measure_id, group_index, ${STRATUM}, ${SUMS}
        from of_stratum where of_person group by measure_id, group_index, ${STRATUM})
    insert into payer_score (id, run_id, payer_id, practice_id, measure_id, group_index, ${COUNTS})
    select gen_random_uuid(), ${runId}::uuid, payer_id, practice_id, measure_id, group_index, ${SUMS}
      from cell group by payer_id, practice_id, measure_id, group_index
    union all
    select gen_random_uuid(), ${runId}::uuid, payer_id, null::uuid, measure_id, group_index, ${SUMS}
      from cell where of_person group by payer_id, measure_id, group_index`.execute(db)
  await noteNewest(db, runId)
}

/** The newest record behind a figure of the region is the newest of its practices. */
export async function noteNewest(db: Tx['db'], runId: string): Promise<void> {
  await sql`
    update score r set recorded_until = p.newest
      from (select measure_id, group_index, max(recorded_until) as newest from score
             where run_id = ${runId} and practice_id is not null group by measure_id, group_index) p
     where r.run_id = ${runId} and r.practice_id is null and r.measure_id = p.measure_id and r.group_index = p.group_index
       and r.recorded_until is distinct from p.newest`.execute(db)
}
