import type { DemoRegion } from '../support/region.ts'

/** Two years of months as a worker would leave them, so that no test waits for one: the last of them stands out, and one measure has few people. */
export async function plantMonths({ sql }: DemoRegion): Promise<void> {
  await sql(`
    insert into month_state (practice_id, ends_on, package_hashes, engine, watermark, living, worked_out_at)
    select o.id, date_trunc('month', now())::date - 1, r.package_hashes, r.engine, r.watermark, 100, now()
      from organization o, publication u join metric_run r on r.id = u.run_id where o.kind = 'practice' on conflict do nothing`)
  await sql(`
    insert into month_score (practice_id, measure_id, ends_on, package_hash, counted, numerator, open_before, closed)
    select t.practice_id, k.measure_id, (date_trunc('month', now()) - make_interval(months => 24 - n))::date - 1, k.hash, 60,
           20 + n / 4 + ((n * 7) % 3) + case when n = 24 then 16 else 0 end,
           case when n > 0 then 30 end, case when n > 0 then 6 + (n * 5) % 4 + case when n > 20 then 10 else 0 end end
      from month_state t join measure_package k on k.hash = any (t.package_hashes) cross join generate_series(0, 24) n
    on conflict do nothing`)
}

/** Something that the first practice tries since half a year, and shares. */
export async function plantCycle({ sql, practiceIds }: DemoRegion): Promise<void> {
  await sql(
    `insert into improvement_cycle (id, practice_id, measure_id, aim, change_tried, learned, starts_on, shared, version, created_by, created_by_name, created_at,
                                    updated_by, updated_by_name, updated_at)
     select uuidv7(), $1, measure_id, 'Nobody waits for a call back', 'Two of us call from eight to nine', 'Calls come earlier', current_date - 190, true, 1,
            uuidv7(), 'Dr. Gray', now(), uuidv7(), 'Dr. Gray', now()
       from month_score where practice_id = $1 and not exists (select from improvement_cycle) order by measure_id, ends_on limit 1`,
    [practiceIds[0]],
  )
}
