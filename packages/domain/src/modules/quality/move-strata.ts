import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import type { CurrentRun } from './live-run.ts'
import { COUNTS, SUMS } from './score-run.ts'
import { EACH_STRATUM, STRATUM, strataColumns } from './strata.ts'

/** Charts of a practice in a run that follows records. */
interface Moving {
  readonly runId: string
  readonly practiceId: string
  readonly patientIds: readonly string[]
}

/** Adds where some charts stand to the strata of their practice, or takes it away: what is in no stratum now has no row. */
export async function addStrata(db: Tx['db'], { runId, practiceId, patientIds }: Moving, sign: 1 | -1): Promise<void> {
  await sql`
    with moved (measure_id, group_index, ${STRATUM}, ${COUNTS}) as materialized (
      select measure_id, group_index, d.dimension, d.stratifier, d.stratum, ${sign} * sum(counted_1), ${sign} * sum(counted_2),
             ${sign} * sum(counted_3), ${sign} * sum(counted_4), ${sign} * sum(counted_5)
        from (select c.*, 1 as charts, v.age_band, v.sex, v.zip3
                from measure_membership c
                left join run_member v on v.practice_id = c.practice_id and v.run_id = c.run_id and v.patient_id = c.patient_id
               where c.practice_id = ${practiceId} and c.run_id = ${runId} and c.patient_id = any (${[...patientIds]}::uuid[])) m
             ${EACH_STRATUM}
       group by measure_id, group_index, d.dimension, d.stratifier, d.stratum),
    before as (
      delete from stratum_score s using moved m
       where s.run_id = ${runId} and s.practice_id = ${practiceId} and s.measure_id = m.measure_id and s.group_index = m.group_index
         and s.dimension = m.dimension and s.stratifier is not distinct from m.stratifier and s.stratum = m.stratum
      returning s.*)
    insert into stratum_score (id, run_id, practice_id, measure_id, group_index, ${STRATUM}, ${COUNTS})
    select gen_random_uuid(), ${runId}, ${practiceId}, measure_id, group_index, ${STRATUM}, ${SUMS}
      from (select measure_id, group_index, ${STRATUM}, ${COUNTS} from moved
            union all
            select measure_id, group_index, ${STRATUM}, ${COUNTS} from before) m
     group by measure_id, group_index, ${STRATUM} having sum(initial_population) > 0`.execute(db)
}

/** Whose charts are, and the strata that they count in, by what their records say now. */
export async function renewMembers(
  db: Tx['db'],
  { runId, practiceId, patientIds }: Moving,
  { strata, periodEnd }: Pick<CurrentRun, 'strata' | 'periodEnd'>,
): Promise<void> {
  await sql`
    insert into run_member (practice_id, run_id, patient_id, person_id, age_band, sex, zip3)
    select p.practice_id, ${runId}, p.id, p.person_id, ${strataColumns(strata, periodEnd)}
      from patient p where p.practice_id = ${practiceId} and p.id = any (${[...patientIds]}::uuid[])
    on conflict (practice_id, run_id, patient_id) do update
      set person_id = excluded.person_id, age_band = excluded.age_band, sex = excluded.sex, zip3 = excluded.zip3`.execute(db)
}
