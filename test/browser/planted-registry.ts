import type { DemoRegion } from '../support/region.ts'

const HASH = 'f'.repeat(64)

/**
 * One registry, counted for five weeks: everybody with diabetes, by the record that says so; one came three weeks ago, one was in it. Another
 * version of it is there and not in force.
 */
export async function plantRegistry({ sql }: DemoRegion): Promise<void> {
  const planted = await sql('select from registry_package')
  if (planted.length > 0) return
  await sql(
    `insert into registry_package (hash, registry, version, title, description, sources, cql, source_hash, bundle, loaded_at)
     values ($1, 'diabetes', '1.0.0', 'Diabetes', 'People with diabetes among their problems.', '{A source. https://example.org/source}',
             'library DiabetesRegistry version ''1.0.0''', '', '{}', now() - interval '36 days')`,
    [HASH],
  )
  await sql(
    `insert into registry_package (hash, registry, version, title, description, sources, cql, source_hash, bundle, loaded_at)
     select repeat('e', 64), registry, '1.1.0', title, description, sources, replace(cql, '1.0.0', '1.1.0'), '', bundle, now() from registry_package`,
  )
  await sql(
    `insert into registry_term (id, registry, package_hash, position, agreed_with, agreed_at) values (uuidv7(), 'diabetes', $1, 0, 'Test', now())`,
    [HASH],
  )
  await sql(
    `insert into registry_beginning (practice_id, package_hash, begun_on) select id, $1, current_date - 35 from organization where kind = 'practice'`,
    [HASH],
  )
  await sql(
    `insert into registry_membership (practice_id, id, registry, patient_id, entered_on, entered_by, entered_reasons, entered_hash, entered_watermark,
                                      left_on, left_by, left_reasons, risk_rank)
     select practice_id, uuidv7(), 'diabetes', patient_id, current_date - case place when 1 then 21 else 35 end,
            case place when 1 then 'records' else 'first-count' end,
            jsonb_build_array(jsonb_build_object('clause', 'Diabetes mellitus among the problems', 'facts', facts)), $1, 1000000,
            case place when 2 then current_date - 7 end, case place when 2 then 'ended' end, case place when 2 then '[]'::jsonb end, risk_rank
       from (select c.practice_id, c.patient_id, c.risk_rank, row_number() over (partition by c.practice_id order by c.patient_id) as place,
                    (select jsonb_agg('Condition/' || f.fhir_id) from clinical_fact f join code k on k.id = f.code_id
                      where f.practice_id = c.practice_id and f.patient_id = c.patient_id and f.type = 'Condition' and k.code like any ('{E10%,E11%,E13%,44054006}')) as facts
               from patient_condition c join patient_summary s using (practice_id, patient_id)
              where c.condition = 'diabetes' and c.sensitivity is null and not s.deceased) d`,
    [HASH],
  )
}

/**
 * The other version was compared with the one in force: made-up counts of the region, and of each practice the first in it leaves. Of a
 * comparison that was asked for, or of one of its own.
 */
export async function plantComparison({ sql }: DemoRegion): Promise<void> {
  const [asked] = await sql<{ id: string }>('select id from registry_comparison limit 1')
  if (!asked)
    await sql(
      `insert into registry_comparison (id, registry, before_hash, after_hash, state, requested_by, requested_at)
       select uuidv7(), 'diabetes', $1, repeat('e', 64), 'queued', id, now() from app_user limit 1`,
      [HASH],
    )
  const [done] = await sql<{ id: string }>(
    `update registry_comparison set state = 'done', as_of = current_date, charts_done = 400, charts_total = 400, finished_at = now(),
            counts = jsonb_build_object(
              'all', jsonb_build_object('enters', 120, 'leaves', 40, 'stays', 1310),
              'practices', (select jsonb_agg(jsonb_build_object('practiceId', id, 'enters', case when name > 'C' then 30 end, 'leaves', null, 'stays', 120)) from organization where kind = 'practice'),
              'reasons', jsonb_build_array(
                jsonb_build_object('move', 'enters', 'clause', 'HbA1c of 6.5% or more, twice', 'part', 'entry', 'change', 'gained', 'people', 120),
                jsonb_build_object('move', 'leaves', 'clause', 'Diabetes mellitus among the problems', 'part', 'entry', 'change', 'lost', 'people', 40)))::text
      where state = 'queued' returning id`,
  )
  if (!done) return
  await sql(
    `insert into registry_mover (practice_id, comparison_id, patient_id, change, reasons)
     select distinct on (practice_id) practice_id, $1::uuid, patient_id, 'leaves',
            '[{"clause": "Diabetes mellitus among the problems", "part": "entry", "change": "lost", "facts": []}]'::jsonb
       from registry_membership where left_on is null order by practice_id, patient_id`,
    [done.id],
  )
}
