import type { DemoRegion } from '../support/region.ts'

/** Somebody is a nurse whose license goes on. Answers her membership. */
export async function plantNurse({ sql }: DemoRegion, email: string): Promise<string> {
  const [who] = await sql<{ id: string }>('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [email])
  await sql(
    `insert into staff_member (membership_id, discipline, employer, fte_percent, weekly_minutes, home_base, languages, version, recorded_by, recorded_at)
     values ($1, 'nurse', 'Riverton Collaborative', 100, 2400, 'Riverton', '{en}', 1, $1, now())`,
    [who!.id],
  )
  await sql(
    `insert into staff_credential (id, membership_id, kind, title, state, number, expires_on, recorded_by, recorded_at)
     values (uuidv7(), $1, 'license', 'RN', 'NY', '410221', current_date + 900, $1, now())`,
    [who!.id],
  )
  return who!.id
}

/** The care manager is a nurse whose license ends in 20 days, with two mornings a week at the first practice. Answers her membership. */
export async function plantStaff({ sql, practiceIds }: DemoRegion): Promise<string> {
  const [who] = await sql<{ id: string }>(
    `select m.id from membership m join app_user u on u.id = m.user_id where u.email = 'carey.manager@example.org'`,
  )
  await sql(
    `insert into staff_member (membership_id, discipline, employer, fte_percent, weekly_minutes, home_base, languages, version, recorded_by, recorded_at)
     values ($1, 'nurse', 'Riverton Collaborative', 80, 1920, 'Riverton', '{en,es}', 1, $1, now()) on conflict do nothing`,
    [who!.id],
  )
  await sql(
    `insert into staff_credential (id, membership_id, kind, title, state, number, expires_on, recorded_by, recorded_at)
     values (uuidv7(), $1, 'license', 'RN', 'NY', '410221', current_date + 20, $1, now()) on conflict do nothing`,
    [who!.id],
  )
  await sql(
    `insert into staff_training (id, membership_id, kind, title, day, done, minutes, recorded_by, recorded_at)
     values (uuidv7(), $1, 'education', 'Motivational interviewing', current_date - 90, true, 240, $1, now()),
            (uuidv7(), $1, 'curriculum', 'Home visits', current_date + 30, false, 0, $1, now()) on conflict do nothing`,
    [who!.id],
  )
  await sql(
    `insert into care_assignment (id, membership_id, practice_id, kind, hours, starts_on, created_at)
     select uuidv7(), $1, $2, 'assignment', '[{"weekday":1,"from":480,"until":720},{"weekday":4,"from":480,"until":720}]', current_date - 1, now()
      where not exists (select from care_assignment where membership_id = $1 and practice_id = $2)`,
    [who!.id, practiceIds[0]],
  )
  return who!.id
}

/** In every practice the first fourteen people are of tier 4, the next sixteen of tier 3. */
export const plantTiers = ({ sql }: DemoRegion): Promise<unknown> =>
  sql(
    `with placed as (select practice_id, patient_id, row_number() over (partition by practice_id order by patient_id) as n from patient_summary where not deceased)
     update patient_summary s set risk_rank = case when p.n <= 14 then 400 when p.n <= 30 then 300 else 0 end
       from placed p where p.practice_id = s.practice_id and p.patient_id = s.patient_id`,
  )
