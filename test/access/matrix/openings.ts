import { newId } from '@carecommons/kernel'
import type { TestApi } from '../../support/api.ts'
import type { PracticeKey } from '../../support/world.ts'

/** Which chart of Cedar's was opened to Alder and Birch. */
export const SHARED_CHART = 1

export type Planted =
  'consent' | 'share_grant' | 'emergency_access' | 'invitation' | 'patient_sign_in' | 'care_assignment' | 'system_client'

/**
 * Of every practice one of each thing that an id can name, none of which opens anything: a program consent, a grant that has ended, an
 * emergency that is over, an invitation, one of a patient, an assignment in the far future, a feed's system. And Cedar's second chart is open to the others.
 */
export async function plantOpenings(api: TestApi): Promise<void> {
  const { practices, charts, coordinatingBody } = api.world
  for (const key of Object.keys(practices) as PracticeKey[]) {
    const [own, chart] = [practices[key], charts[key][0]]
    await api.sql(
      `insert into consent (id, practice_id, patient_id, kind, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by, recorded_by_name,
                            recorded_at, idempotency_key)
       values (gen_random_uuid(), $1, $2, 'program', $3, 'verbal', 'x', 'patient', '2026-01-01', 'x', gen_random_uuid(), 'x', now(), 'planted')`,
      [own, chart, coordinatingBody],
    )
    await plantGrant(api, { practice: key, chart: 0, to: key === 'alder' ? 'birch' : 'alder', hasEnded: true })
    await api.sql(
      `insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
       select gen_random_uuid(), $1, $2, user_id, id, 'x', organization_id, 'x', now() - interval '2 days', now() - interval '1 day'
         from membership order by id limit 1`,
      [own, chart],
    )
    await api.sql(
      `insert into invitation (id, organization_id, role, name, email, invited_by, created_at, expires_at)
       values (gen_random_uuid(), $1, 'clinician', 'x', $2, (select id from membership where role = 'region-administrator'), '2026-03-01', '2026-03-08')`,
      [own, `${key}@matrix.example.org`],
    )
    await api.sql(
      `insert into invitation (id, organization_id, role, patient_id, name, email, invited_by, created_at, expires_at)
       values (gen_random_uuid(), $1, 'patient', $3, 'x', $2, (select id from membership where role = 'region-administrator'), '2026-03-01', '2026-03-08')`,
      [own, `patient.${key}@matrix.example.org`, charts[key].at(-1)],
    )
    await api.sql(
      `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
       select gen_random_uuid(), m.id, $1, 'assignment', '2099-01-01', now() from membership m where m.role = 'care-manager'`,
      [own],
    )
    const [user, membership] = [newId(), newId()]
    await api.sql(`insert into app_user (id, name, email, created_at) values ($1, 'Feed of ' || $2, $2 || '@systems.invalid', now())`, [
      user,
      key,
    ])
    await api.sql(
      `insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $3, 'feed-system', '2020-01-01')`,
      [membership, user, own],
    )
    await api.sql(
      `insert into system_client (id, membership_id, jwks_url, scopes, created_by, created_at)
       values (gen_random_uuid(), $1, 'https://keys.example.org/', '{}', $2, now())`,
      [membership, user],
    )
  }
  for (const to of ['alder', 'birch'] as const) await plantGrant(api, { practice: 'cedar', chart: SHARED_CHART, to, hasEnded: false })
}

interface Grant {
  readonly practice: PracticeKey
  readonly chart: number
  readonly to: PracticeKey
  readonly hasEnded: boolean
}

async function plantGrant(api: TestApi, { practice, chart, to, hasEnded }: Grant): Promise<void> {
  const { practices, charts } = api.world
  await api.sql(
    `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                              granted_at, ended_at, idempotency_key)
     values (gen_random_uuid(), $1, $2, $3, '{problems}', '{Condition}', 'treatment', '2099-01-01', gen_random_uuid(), 'x', now(),
             case when $4 then now() end, $5)`,
    [practices[practice], charts[practice][chart], practices[to], hasEnded, `planted-${chart}-${to}`],
  )
}

/** The id of what was planted for a practice; of a grant that it gave to another practice. */
export async function plantedId(
  api: TestApi,
  kind: Planted,
  practice: PracticeKey,
  { openedTo }: { openedTo?: PracticeKey },
): Promise<string> {
  const own = api.world.practices[practice]
  const [row] = await api.sql(
    {
      consent: 'select id from consent where practice_id = $1 and $2::uuid is null order by id limit 1',
      share_grant: `select id from share_grant where practice_id = $1 and case when $2::uuid is null then ended_at is not null else recipient_id = $2 and ended_at is null end
                     order by id limit 1`,
      emergency_access: 'select id from emergency_access where practice_id = $1 and $2::uuid is null order by id limit 1',
      invitation: `select id from invitation where organization_id = $1 and $2::uuid is null and role <> 'patient' order by id limit 1`,
      patient_sign_in: `select id from invitation where organization_id = $1 and $2::uuid is null and role = 'patient' order by id limit 1`,
      care_assignment: `select id from care_assignment where practice_id = $1 and $2::uuid is null and starts_on = '2099-01-01' order by id limit 1`,
      system_client: `select c.id from system_client c join membership m on m.id = c.membership_id where m.organization_id = $1 and $2::uuid is null order by c.id limit 1`,
    }[kind],
    [own, openedTo ? api.world.practices[openedTo] : null],
  )
  return row!['id'] as string
}
