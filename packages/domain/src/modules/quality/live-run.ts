import { type Day, newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import type { Strata } from './strata.ts'

/** The run behind the figures of a period that is not over, and what it computes with. */
export interface CurrentRun {
  readonly id: string
  readonly packageHashes: string[]
  readonly periodStart: Day
  readonly periodEnd: Day
  readonly timeZone: string
  readonly strata: Strata | null
  /** The run that it began as and has left; null: it is still that. */
  readonly liveOf: string | null
}

/** Held while the figures of the period that is not over change, by name: publishing and following take turns. */
export const LIVE_LOCK = 'commons live period'

/** The published run of the newest period that is not over; null while none is published. */
export async function currentRun(db: Tx['db']): Promise<CurrentRun | null> {
  const { rows } = await sql<CurrentRun>`
    select r.id, r.package_hashes as "packageHashes", r.period_start::text as "periodStart", r.period_end::text as "periodEnd",
           g.time_zone as "timeZone", r.strata, r.live_of as "liveOf"
      from publication u join metric_run r on r.id = u.run_id join region g on g.id = r.region_id
     where (now() at time zone g.time_zone)::date between u.period_start and u.period_end
     order by u.period_end desc, u.period_start desc limit 1`.execute(db)
  return rows[0] ?? null
}

/**
 * Takes over from a published run: a copy of its places and scores that moves on with the records, while the run itself stays what it was.
 * Payers' tables, and what the coordinating body is shown of strata, stay with the run: they change by releases only.
 */
export async function openLiveRun(db: Tx['db'], ofRunId: string): Promise<string> {
  const id = newId<'MetricRun'>()
  await sql`
    insert into metric_run (id, region_id, period_start, period_end, watermark, package_hashes, engine, state, idempotency_key, requested_at,
                            started_at, finished_at, live_of, strata)
    select ${id}, region_id, period_start, period_end, watermark, package_hashes, engine, state, ${`live ${id}`}, now(), now(), now(), id, strata
      from metric_run where id = ${ofRunId}`.execute(db)
  await sql`
    insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator,
                                    denominator_exclusion, denominator_exception, numerator, evidence, sensitivity, recorded_on, strata)
    select practice_id, ${id}, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
           denominator_exception, numerator, evidence, sensitivity, recorded_on, strata
      from measure_membership where run_id = ${ofRunId}`.execute(db)
  await sql`
    insert into open_membership (practice_id, run_id, patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator,
                                 denominator_exclusion, denominator_exception, numerator, evidence, sensitivity)
    select practice_id, ${id}, patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator, denominator_exclusion,
           denominator_exception, numerator, evidence, sensitivity
      from open_membership where run_id = ${ofRunId}`.execute(db)
  await sql`
    insert into score (id, run_id, practice_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
                       denominator_exception, numerator, recorded, recorded_until)
    select gen_random_uuid(), ${id}, practice_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
           denominator_exception, numerator, recorded, recorded_until
      from score where run_id = ${ofRunId}`.execute(db)
  await sql`
    insert into run_member (practice_id, run_id, patient_id, person_id, age_band, sex, zip3)
    select p.practice_id, ${id}, p.id, coalesce(m.person_id, p.person_id), m.age_band, m.sex, m.zip3
      from patient p left join run_member m on m.practice_id = p.practice_id and m.run_id = ${ofRunId} and m.patient_id = p.id`.execute(db)
  await sql`
    insert into stratum_score (id, run_id, practice_id, measure_id, group_index, dimension, stratifier, stratum, initial_population, denominator,
                               denominator_exclusion, denominator_exception, numerator)
    select gen_random_uuid(), ${id}, practice_id, measure_id, group_index, dimension, stratifier, stratum, initial_population, denominator,
           denominator_exclusion, denominator_exception, numerator
      from stratum_score where run_id = ${ofRunId} and practice_id is not null`.execute(db)
  await sql`update publication set run_id = ${id} where run_id = ${ofRunId}`.execute(db)
  return id
}
