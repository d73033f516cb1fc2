import type { DemoRegion } from '../support/region.ts'

/**
 * A chart of the first practice with a protected problem, an open and a revoked consent to the practice, a grant of problems and medicines
 * to the second practice, and an emergency of its clinician that is over. Planted once.
 */
export async function plantOpenings(region: DemoRegion, chart: string): Promise<{ readonly emergencyId: string }> {
  const [own, other] = region.practiceIds
  await labelProblem(region, chart)
  const consent = (key: string, kind: string, category: string | null, recipient: string, ended: string | null) =>
    region.sql(
      `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                            recorded_by_name, recorded_at, ended_at, ended_by_name, idempotency_key)
       values (uuidv7(), $1, $2, $3, $4, $5, 'written', 'Rowan Examplecroft', 'patient', current_date - 40, 'Records for treatment here',
               uuidv7(), 'Casey Clinician', now() - interval '40 days', $6::timestamptz, case when $6::timestamptz is not null then 'Casey Clinician' end, $7)
       on conflict do nothing`,
      [own, chart, kind, category, recipient, ended, key],
    )
  const [body] = await region.sql<{ id: string }>(`select id from organization where kind = 'coordinating-body'`)
  await consent('planted-program', 'program', null, body!.id, null)
  await consent('planted-part2', 'sensitive', 'part2', own!, null)
  await consent('planted-behavioral', 'sensitive', 'behavioral', own!, '2026-10-01T12:00:00Z')
  await region.sql(
    `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                              granted_at, idempotency_key)
     values (uuidv7(), $1, $2, $3, '{problems,medications}', '{Condition,MedicationRequest}', 'treatment', now() + interval '80 days',
             uuidv7(), 'Casey Clinician', now() - interval '10 days', 'planted') on conflict do nothing`,
    [own, chart, other],
  )
  const [emergency] = await region.sql<{ id: string }>(
    `with there as (select id from emergency_access where reason = $3),
          made as (insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason,
                                                 opened_at, expires_at, mailed_at)
                   select uuidv7(), $1, $2, m.user_id, m.id, u.name, m.organization_id, $3, now() - interval '1 day',
                          now() - interval '20 hours', now() - interval '1 day'
                     from membership m join app_user u on u.id = m.user_id
                    where u.email = $4 and not exists (select from there) returning id)
     select id from there union all select id from made`,
    [own, chart, 'Found unconscious on the street; allergies and medicines unknown', region.users.clinicianElsewhere.email],
  )
  return { emergencyId: emergency!.id }
}

/** A problem that its source marked as substance use. */
export const labelProblem = (region: DemoRegion, chart: string) =>
  region.sql(
    `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, starts_at, starts_on, value_text, sensitivity)
     values ($1, $2, 'Condition', 'labelled', 0, 'active', now(), current_date, 'Opioid use disorder', 'part2') on conflict do nothing`,
    [region.practiceIds[0], chart],
  )
