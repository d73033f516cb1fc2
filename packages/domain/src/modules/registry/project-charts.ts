import type { Id } from '@carecommons/kernel'
import { FORGET_RISK } from '#modules/risk'
import type { Bulk, BulkConnection } from '#shared/bulk'
import { pastDeadlocks } from '#shared/past-deadlocks'
import { rebuildCoverage } from './rebuild-coverage.ts'
import { readSummaryCodes, type SummaryCodes } from './summary-codes.ts'

const CHARTS_AT_ONCE = 250

/** Rebuilds the projections of every chart whose facts changed, on each connection some. Can be stopped and repeated at any moment. */
export async function projectCharts(
  connections: readonly [BulkConnection, ...BulkConnection[]],
  timeZone: string,
  listen: (charts: number) => void,
): Promise<void> {
  const [first] = connections
  const practiceIds = await first.within({ kind: 'worker', practiceIds: 'none' }, async (bulk) => {
    const rows = await bulk.query<{ id: Id<'Organization'> }>(`select id from organization where kind = 'practice'`)
    return rows.map(({ id }) => id)
  })
  const scope = { kind: 'worker', practiceIds } as const
  const codes = await first.within(scope, readSummaryCodes)
  let done = 0
  let hasFailed = false
  const work = async (connection: BulkConnection): Promise<void> => {
    try {
      for (let charts = -1; charts !== 0 && !hasFailed; listen((done += charts))) {
        charts = await pastDeadlocks(() =>
          connection.within(scope, async (bulk) => {
            await bulk.query(`select set_config('TimeZone', $1, true), set_config('synchronous_commit', 'off', true)`, [timeZone])
            return await projectSome(bulk, codes)
          }),
        )
      }
    } catch (error) {
      hasFailed = true
      throw error
    }
  }
  const results = await Promise.allSettled(connections.map(work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/** The same for some charts alone, in the transaction in which their facts changed: none is seen without the other. */
export async function projectTheirs(bulk: Bulk, timeZone: string, charts: ChartKeys): Promise<void> {
  await bulk.query(`select set_config('TimeZone', $1, true)`, [timeZone])
  await projectSome(bulk, await readSummaryCodes(bulk), charts)
}

interface ChartKeys {
  readonly practiceId: Id<'Organization'>
  readonly patientIds: readonly string[]
}

async function projectSome(bulk: Bulk, codes: SummaryCodes, only?: ChartKeys): Promise<number> {
  await bulk.query(
    'create temporary table if not exists chart (practice_id uuid, patient_id uuid, labelled_only boolean) on commit delete rows',
  )
  const charts = await bulk.query(
    `with taken as (delete from dirty_chart where (practice_id, patient_id) in (
       select practice_id, patient_id from dirty_chart ${only ? 'where practice_id = $1 and patient_id = any ($2::uuid[])' : ''} order by practice_id, patient_id limit ${CHARTS_AT_ONCE} for update skip locked) returning *)
     insert into chart select practice_id, patient_id, labelled_only from taken returning 1`,
    only ? [only.practiceId, only.patientIds] : [],
  )
  if (charts.length === 0) return 0
  await bulk.query('analyze chart')
  // As in `lockCharts`: whatever labels or lands meanwhile comes before or after, and what is read from here on is what it left.
  await bulk.query(`
    select from patient p join chart c on c.practice_id = p.practice_id and c.patient_id = p.id order by p.practice_id, p.id
       for no key update of p`)
  await projectConditions(bulk, codes)
  await projectSummaries(bulk, codes)
  for (const statement of FORGET_RISK) await bulk.query(statement)
  await rebuildCoverage(bulk)
  await bulk.query(`
    insert into changed_chart (practice_id, patient_id, watermark)
    select c.practice_id, c.patient_id, w.value from chart c cross join (select max(value) as value from data_watermark) w
    on conflict (practice_id, patient_id) do update set watermark = excluded.watermark, evaluated = false`)
  await bulk.query(`
    insert into registry_chart (practice_id, patient_id, watermark)
    select c.practice_id, c.patient_id, w.value from chart c cross join (select max(value) as value from data_watermark) w
    on conflict (practice_id, patient_id) do update set watermark = excluded.watermark, evaluated = false`)
  return charts.length
}

/** A condition is carried while it is neither over nor withdrawn. It is labelled when every record that says so is. */
async function projectConditions(bulk: Bulk, { conditions }: SummaryCodes): Promise<void> {
  await bulk.query('delete from patient_condition p using chart c where p.practice_id = c.practice_id and p.patient_id = c.patient_id')
  await bulk.query(
    `insert into patient_condition (practice_id, condition, patient_id, sensitivity, deceased)
     select c.practice_id, g.condition, c.patient_id,
            case when bool_or(f.sensitivity is null) then null when bool_or(f.sensitivity = 'part2') then 'part2' else 'behavioral' end, p.deceased
       from chart c
       join patient p on p.practice_id = c.practice_id and p.id = c.patient_id
       join clinical_fact f on f.practice_id = c.practice_id and f.patient_id = c.patient_id and f.type = 'Condition'
       join unnest($1::int[], $2::text[]) g (code_id, condition) on g.code_id = f.code_id
      where coalesce(f.verification, '') not in ('entered-in-error', 'refuted')
        and coalesce(f.status, 'active') not in ('inactive', 'remission', 'resolved') and (f.ends_at is null or f.ends_at > now())
      group by c.practice_id, g.condition, c.patient_id, p.deceased`,
    [conditions.ids, conditions.keys],
  )
}

/**
 * Values count when they are final, an HbA1c in percent alone: measures ask for no other. Of several on one day the last. A summary is read without consent: labelled records add nothing to it.
 * The count of living people moves with the summaries, in the same statement.
 */
async function projectSummaries(bulk: Bulk, codes: SummaryCodes): Promise<void> {
  await bulk.query(
    `with before as (
       select s.practice_id, s.patient_id, s.deceased from patient_summary s join chart c on c.practice_id = s.practice_id and c.patient_id = s.patient_id),
     projected as (insert into patient_summary as s (practice_id, patient_id, sort_name, birth_date, deceased, condition_count, a1c, a1c_on, systolic, diastolic,
       blood_pressure_on, phq9, phq9_on, last_visit_on, lab_on, prescribed_on, care_manager, last_contact_on, data_through, resource_count)
     select p.practice_id, p.id, left(lower(p.family_name || ' ' || p.given_name), 200), p.birth_date, p.deceased, k.conditions,
            l.a1c, l.a1c_on, b.systolic, b.diastolic, b.starts_on, l.phq9, l.phq9_on, l.last_visit_on, l.lab_on, l.prescribed_on, m.care_manager, l.last_contact_on,
            l.data_through, n.resources
       from chart c
       join patient p on p.practice_id = c.practice_id and p.id = c.patient_id
      cross join lateral (
        select (array_agg(value order by starts_at desc, fhir_id) filter (where final and code_id = any ($1) and unit = '%'))[1] as a1c,
               (array_agg(starts_on order by starts_at desc, fhir_id) filter (where final and code_id = any ($1) and unit = '%'))[1] as a1c_on,
               (array_agg(value order by starts_at desc, fhir_id) filter (where final and code_id = any ($4)))[1] as phq9,
               (array_agg(starts_on order by starts_at desc, fhir_id) filter (where final and code_id = any ($4)))[1] as phq9_on,
               max(starts_on) filter (where type = 'Encounter' and value_code_id = any ($5) and coalesce(code_id, 0) <> all ($6)) as last_visit_on,
               max(starts_on) filter (where type = 'Observation' and category = 'laboratory') as lab_on,
               max(starts_on) filter (where type = 'MedicationRequest') as prescribed_on,
               max(starts_on) filter (where type = 'Encounter' and code_id = any ($6) and status = 'finished') as last_contact_on,
               max(starts_on) as data_through
          from (select f.*, type = 'Observation' and value is not null and status in ('final', 'amended', 'corrected') as final
                  from clinical_fact f where f.practice_id = c.practice_id and f.patient_id = c.patient_id and f.sensitivity is null) f
         where coalesce(verification, '') <> 'entered-in-error' and coalesce(status, '') <> 'entered-in-error' and starts_at <= now()
      ) l
       left join lateral (
        select max(value) filter (where code_id = any ($2)) as systolic, max(value) filter (where code_id = any ($3)) as diastolic, starts_on
          from clinical_fact f
         where f.practice_id = c.practice_id and f.patient_id = c.patient_id and f.type = 'Observation'
           and f.code_id = any ($2::int[] || $3::int[]) and f.status in ('final', 'amended', 'corrected') and f.starts_at <= now()
           and f.sensitivity is null
         group by fhir_id, starts_at, starts_on
        having count(*) filter (where code_id = any ($2)) > 0 and count(*) filter (where code_id = any ($3)) > 0
         order by starts_at desc, fhir_id limit 1
      ) b on true
       left join lateral (
        select coalesce(participant #>> '{member,display}', (
                 select d.name from directory_version d
                  where d.type = 'Practitioner' and d.fhir_id = substring(participant #>> '{member,reference}' from '^Practitioner/(.+)$') order by d.watermark desc limit 1)) as care_manager
          from (select distinct on (v.fhir_id) v.watermark, v.sensitivity, v.content::jsonb as content from resource_version v
                 where v.practice_id = c.practice_id and v.patient_id = c.patient_id and v.type = 'CareTeam'
                 order by v.fhir_id, v.watermark desc) team,
               jsonb_path_query(team.content, '$.participant[*] ? (@.role[*].coding[*].code == "${CARE_MANAGER}")') participant
         where team.content ->> 'status' = 'active' and team.sensitivity is null
         order by team.watermark desc limit 1
      ) m on true
      cross join lateral (
        select count(*) as conditions from patient_condition k where k.practice_id = c.practice_id and k.patient_id = c.patient_id and k.sensitivity is null
      ) k
      cross join lateral (
        select count(*) as resources
          from (select distinct on (v.type, v.fhir_id) v.withdrawn from resource_version v
                 where v.practice_id = c.practice_id and v.patient_id = c.patient_id and v.sensitivity is null
                 order by v.type, v.fhir_id, v.watermark desc) newest
         where not withdrawn
      ) n
     on conflict (practice_id, patient_id) do update set
       sort_name = excluded.sort_name, birth_date = excluded.birth_date, deceased = excluded.deceased, condition_count = excluded.condition_count,
       a1c = excluded.a1c, a1c_on = excluded.a1c_on, systolic = excluded.systolic, diastolic = excluded.diastolic,
       blood_pressure_on = excluded.blood_pressure_on, phq9 = excluded.phq9, phq9_on = excluded.phq9_on, last_visit_on = excluded.last_visit_on,
       lab_on = excluded.lab_on, prescribed_on = excluded.prescribed_on,
       care_manager = excluded.care_manager, last_contact_on = excluded.last_contact_on, data_through = excluded.data_through,
       resource_count = excluded.resource_count
     returning s.practice_id, s.patient_id, s.deceased)
     insert into registry_count as r (practice_id, living)
     select n.practice_id, sum(case when n.deceased then 0 else 1 end - case when b.deceased is false then 1 else 0 end)
       from projected n left join before b on b.practice_id = n.practice_id and b.patient_id = n.patient_id
      group by n.practice_id order by n.practice_id
     on conflict (practice_id) do update set living = r.living + excluded.living where excluded.living <> 0`,
    [codes.a1c, codes.systolic, codes.diastolic, codes.phq9, codes.visitClass, codes.contact],
  )
}

/** NUCC Health Care Provider Taxonomy: Case Manager/Care Coordinator. */
const CARE_MANAGER = '171M00000X'
