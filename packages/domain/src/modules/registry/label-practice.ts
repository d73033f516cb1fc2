import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { lockCharts } from '#modules/patient'
import { countOpenGaps, LIVE_LOCK } from '#modules/quality'
import type { Sessions, Tx } from '#shared/sessions'

const CHARTS_AT_ONCE = 200
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Labels everything that a practice already has when it is declared a program under 42 CFR Part 2, chart by chart, with what was made of
 * it: summaries, conditions, gaps. Of a chart all of it or nothing; cut short it begins anew, and passes over what is labelled. What arrives
 * meanwhile is labelled as it lands: imports and runs hold the practice's row, so that its declaration waits for what had not seen it.
 */
export async function labelPractice(sessions: Sessions, practiceId: string): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [practiceId] } as const
  for (let after: string | null = BEFORE_ALL; after !== null;) {
    const last: string = after
    after = await sessions.within(scope, ({ db }) => labelSome(db, practiceId, last))
  }
}

/** The next charts in order of their ids; answers the last of them, null when there are none. */
async function labelSome(db: Tx['db'], practiceId: string, after: string): Promise<string | null> {
  const charts = await sql<{ id: string }>`
    select p.id from patient p join organization o on o.id = p.practice_id and o.part2_program
     where p.practice_id = ${practiceId} and p.id > ${after} order by p.id limit ${CHARTS_AT_ONCE}`.execute(db)
  const ids = charts.rows.map(({ id }) => id)
  // Gaps are counted into summaries under this lock.
  await sql`select pg_advisory_xact_lock(hashtext(${LIVE_LOCK}))`.execute(db)
  // As imports do, before the charts: what is labelled is another state of the records than what a run read that was planned before.
  const step = await sql<{ value: string }>`update data_watermark set value = value + 1 returning value`.execute(db)
  await lockCharts(db, practiceId, ids)
  if (ids.length === 0) {
    await keepJobEvent(db, { action: 'update', subject: 'SensitiveRecord', subjectIds: [], practiceId })
    return null
  }
  const theirs = (alias: string) =>
    sql`${sql.ref(`${alias}.practice_id`)} = ${practiceId} and ${sql.ref(`${alias}.patient_id`)} = any (${ids}::uuid[])`
  const unlabelled = (alias: string) => sql`${theirs(alias)} and ${sql.ref(`${alias}.sensitivity`)} is distinct from 'part2'`
  // Who somebody is stays open, as it does when a chart arrives.
  await sql`update resource_version v set sensitivity = 'part2' where ${unlabelled('v')} and v.type <> 'Patient'`.execute(db)
  await sql`update clinical_fact f set sensitivity = 'part2' where ${unlabelled('f')}`.execute(db)
  await sql`update patient_condition c set sensitivity = 'part2' where ${unlabelled('c')}`.execute(db)
  await sql`
    update measure_membership m set sensitivity = 'part2'
     where ${unlabelled('m')} and exists (select from unnest(m.evidence) r where r not like 'Patient/%')`.execute(db)
  await sql`
    delete from open_membership m where ${theirs('m')} and exists (select from unnest(m.evidence) r where r not like 'Patient/%')`.execute(
    db,
  )
  // Where charts stand without what is labelled now is looked at anew.
  await sql`
    insert into changed_chart (practice_id, patient_id, watermark)
    select ${practiceId}, id, ${step.rows[0]?.value ?? '0'}::bigint from unnest(${ids}::uuid[]) c (id)
    on conflict (practice_id, patient_id) do update set watermark = excluded.watermark, evaluated = false`.execute(db)
  await sql`
    update registry_membership r set sensitivity = 'part2'
     where ${unlabelled('r')} and jsonb_path_exists(r.entered_reasons || coalesce(r.left_reasons, '[]'), '$[*].facts[*]')`.execute(db)
  await sql`
    update registry_mover m set sensitivity = 'part2' where ${unlabelled('m')} and jsonb_path_exists(m.reasons, '$[*].facts[*]')`.execute(
    db,
  )
  await sql`update coming_gap g set sensitivity = 'part2' where ${unlabelled('g')}`.execute(db)
  await sql`delete from risk_score r where ${theirs('r')}`.execute(db)
  await sql`delete from risk_outcome o where ${theirs('o')}`.execute(db)
  await sql`
    update patient_risk r set tier = 0, segment = null, opportunity = 0, reasons = '{}', worked_out_on = '-infinity', watermark = null
     where ${theirs('r')}`.execute(db)
  // A summary is read without consent: of labelled records nothing is left in it.
  await sql`
    update patient_summary s
       set condition_count = 0, a1c = null, a1c_on = null, systolic = null, diastolic = null, blood_pressure_on = null, phq9 = null,
           phq9_on = null, risk_rank = 0, last_visit_on = null, care_manager = null, last_contact_on = null, data_through = null,
           resource_count = (select count(distinct v.fhir_id) from resource_version v
                              where v.practice_id = s.practice_id and v.patient_id = s.patient_id and v.type = 'Patient')
     where ${theirs('s')}`.execute(db)
  await countOpenGaps(db, { practiceId, patientIds: ids })
  return ids.at(-1)!
}
