import { entities } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import type { TestApi } from '../../support/api.ts'
import { plantLabelled } from '../../support/sensitive-charts.ts'
import { type PracticeKey, PERIOD, type UserKey } from '../../support/world.ts'

/** Which chart of Cedar's was opened to Alder and Birch. */
export const SHARED_CHART = 1
/** The charts of every practice about which things are planted. */
const CHARTS = [0, 2]

export type Planted =
  | 'contested_emergency'
  | 'consent'
  | 'share_grant'
  | 'emergency_access'
  | 'invitation'
  | 'patient_sign_in'
  | 'care_assignment'
  | 'system_client'
  | 'gap_exception'
  | 'tier_override'
  | 'huddle_entry'
  | 'saved_view'
  | 'improvement_cycle'
  | 'care_case'
export type Behind = Pick<TestApi, 'sql' | 'world'>

/**
 * Of every practice one of each thing that an id can name or a list can show, none of which opens anything: program consents, grants that have
 * ended, emergencies that are over, an invitation, one of a patient, an assignment in the far future, agreements, a feed's system, audit rows, labelled
 * records. And Cedar's second chart is open to the others. Of the region a run that failed, and a deck of test cases.
 */
export async function plantOpenings(api: Behind): Promise<void> {
  const { practices } = api.world
  for (const key of Object.keys(practices) as PracticeKey[]) {
    for (const chart of CHARTS) {
      await plantConsent(api, key, chart)
      await plantRevoked(api, key, chart)
      await plantException(api, key, chart)
      await plantTier(api, key, chart)
      await plantHuddle(api, key, chart)
      await plantCase(api, key, chart)
      await plantGrant(api, { practice: key, chart, to: key === 'alder' ? 'birch' : 'alder', hasEnded: true })
    }
    await plantEmergency(api, key, CHARTS[0]!, 'careManager')
    await plantEmergency(api, key, CHARTS[1]!, key === 'alder' ? 'birchClinician' : 'alderClinician')
    await plantEmergency(api, key, CHARTS[1]!, 'analyst')
    await contest(api, key, CHARTS[1]!)
    await plantViews(api, key)
    await plantPeople(api, key)
    await plantCycle(api, key)
    await plantFile(api, key)
    await plantUpload(api, key)
    // Of the first chart, and of one with a gap that they decided.
    for (const chart of key === 'cedar' ? [0] : [0, 3]) await plantLabelled(api, key, chart)
    await plantAudit(api, practices[key], api.world.charts[key][0]!)
  }
  for (const to of ['alder', 'birch'] as const) await plantGrant(api, { practice: 'cedar', chart: SHARED_CHART, to, hasEnded: false })
  await plantAudit(api, null, null)
  await api.sql(
    `insert into metric_run (id, region_id, period_start, period_end, package_hashes, engine, state, idempotency_key, requested_at, failure)
     select uuidv7(), region_id, $1, $2, package_hashes, 'test', 'failed', 'planted-failure', requested_at, 'x' from metric_run limit 1`,
    [PERIOD.start, PERIOD.end],
  )
  await api.sql(
    `insert into deck_check (id, package_hash, name, state, cases_done, passed, failed, undecided, requested_by, requested_at, failure)
     select uuidv7(), hash, 'x', 'failed', 0, 0, 0, 0, (select id from app_user where email = $1), now(), 'x' from measure_package limit 1`,
    [api.world.users.analyst.email],
  )
  for (const user of ['alderClinician', 'birchClinician'] as const)
    await api.sql(
      `insert into totp_authenticator (id, user_id, label, secret, last_step, created_at)
       select uuidv7(), id, 'x', '\\x00', 0, now() from app_user where email = $1`,
      [api.world.users[user].email],
    )
  await markWords(api)
  await markFigures(api)
}

const plantConsent = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into consent (id, practice_id, patient_id, kind, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by, recorded_by_name,
                          recorded_at, idempotency_key)
     values (uuidv7(), $1, $2, 'program', $3, 'verbal', 'x', 'patient', '2026-01-01', 'x', uuidv7(), 'x', now(), $4)`,
    [world.practices[practice], world.charts[practice][chart], world.coordinatingBody, `planted-${chart}`],
  )

/** Revoked, so that it opens nothing; that there was one is told to few. */
const plantRevoked = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                          recorded_by_name, recorded_at, ended_at, idempotency_key)
     values (uuidv7(), $1, $2, 'sensitive', 'part2', $1, 'written', 'x', 'patient', '2026-01-01', 'x', uuidv7(), 'x', now(), now(), $3)`,
    [world.practices[practice], world.charts[practice][chart], `revoked-${chart}`],
  )

interface Grant {
  readonly practice: PracticeKey
  readonly chart: number
  readonly to: PracticeKey
  readonly hasEnded: boolean
}

const plantGrant = ({ sql, world }: Behind, { practice, chart, to, hasEnded }: Grant) =>
  sql(
    `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                              granted_at, ended_at, idempotency_key)
     values (uuidv7(), $1, $2, $3, '{problems}', '{Condition}', 'treatment', '2099-01-01', uuidv7(), 'x', now(),
             case when $4 then now() end, $5)`,
    [world.practices[practice], world.charts[practice][chart], world.practices[to], hasEnded, `planted-${chart}-${to}`],
  )

const plantEmergency = ({ sql, world }: Behind, practice: PracticeKey, chart: number, by: UserKey) =>
  sql(
    `insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
     select uuidv7(), $1, $2, m.user_id, m.id, 'x', m.organization_id, 'x', now() - interval '2 days', now() - interval '1 day'
       from membership m join app_user u on u.id = m.user_id where u.email = $3`,
    [world.practices[practice], world.charts[practice][chart], world.users[by].email],
  )

/** The practice contested what was opened of this chart, and the person is barred from the next. */
async function contest({ sql, world }: Behind, practice: PracticeKey, chart: number): Promise<void> {
  const of = [world.practices[practice], world.charts[practice][chart]]
  await sql('update emergency_access set ended_at = now(), contested_at = now() where practice_id = $1 and patient_id = $2', of)
  await sql(
    `insert into emergency_bar (id, practice_id, patient_id, user_id, set_at, set_by_name)
     select uuidv7(), practice_id, patient_id, user_id, now(), 'x' from emergency_access where practice_id = $1 and patient_id = $2`,
    of,
  )
}

const plantException = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into gap_exception (id, practice_id, patient_id, measure_id, reason, words, expires_on, recorded_by, recorded_by_name, recorded_at,
                                idempotency_key)
     values (uuidv7(), $1, $2, 'poor', 'declined', 'x', '2026-12-31', uuidv7(), 'x', now(), $3)`,
    [world.practices[practice], world.charts[practice][chart], `planted-${chart}`],
  )

const plantTier = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into tier_override (id, practice_id, patient_id, tier_before, tier, words, expires_on, recorded_by, recorded_by_name, recorded_at,
                                idempotency_key)
     values (uuidv7(), $1, $2, 1, 2, 'x', '2026-12-31', uuidv7(), 'x', now(), $3)`,
    [world.practices[practice], world.charts[practice][chart], `planted-${chart}`],
  )

/** On the list of today and left open on one before. */
const plantHuddle = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into huddle_entry (id, practice_id, patient_id, day, reason, words, added_by, added_by_name, added_at)
     select uuidv7(), $1, $2, day, 'worse', 'x', uuidv7(), 'x', now() from unnest('{2026-03-02,2026-02-27}'::date[]) day`,
    [world.practices[practice], world.charts[practice][chart]],
  )

/** A file that somebody of the practice asked for and that was not made; its words say why. */
const plantFile = ({ sql, world }: Behind, key: PracticeKey) =>
  sql(
    `insert into list_export (id, membership_id, format, filter, sort, reversed, columns, state, requested_at, finished_at, failure, content)
     select uuidv7(), id, 'csv', '{}', 'NAME', false, '{age}', 'failed', now(), now(), 'x', 'x' from membership
      where organization_id = $1 and role in ('clinician', 'practice-administrator')`,
    [world.practices[key]],
  )

/** Led by somebody who works nowhere. */
const plantCase = ({ sql, world }: Behind, practice: PracticeKey, chart: number) =>
  sql(
    `insert into care_case (id, practice_id, patient_id, program, points, due_on, lead_membership_id, lead_name, lead_since, opened_on, opened_by, opened_by_name)
     values (uuidv7(), $1, $2, 'care-management', 3, '2026-03-02', uuidv7(), 'x', now(), '2026-03-01', uuidv7(), 'x')`,
    [world.practices[practice], world.charts[practice][chart]],
  )

/** A file that somebody of the practice sent, and that could not be read. */
const plantUpload = ({ sql, world }: Behind, key: PracticeKey) =>
  sql(
    `insert into record_upload (id, practice_id, name, bytes, state, requested_by, requested_by_name, requested_at, finished_at, lines, counts, rejected,
                                rejections, failure, content)
     select uuidv7(), $1, 'x', 2, 'failed', id, 'x', now(), now(), 1, '{"Patient": {"created": 0, "updated": 0, "unchanged": 0, "rejected": 1}}', 1,
            '[{"line": 1, "reason": "x"}]', 'x', 'x' from app_user order by id limit 1`,
    [world.practices[key]],
  )

/** One that is shared, and one that somebody keeps who asks nothing. */
const plantViews = ({ sql, world }: Behind, key: PracticeKey) =>
  sql(
    `insert into saved_view (id, practice_id, membership_id, owner_name, audience, name, filter, clinical, sort, reversed, columns, version, part_versions,
                             changed_by_name, changed_at)
     select uuidv7(), $1, uuidv7(), 'x', audience, 'x', '{}', false, 'NAME', false, '{age}', 1, '{}', 'x', now() from unnest('{practice,me}'::text[]) audience`,
    [world.practices[key]],
  )

/** Of the own practice alone: not shared. */
const plantCycle = ({ sql, world }: Behind, practice: PracticeKey) =>
  sql(
    `insert into improvement_cycle (id, practice_id, measure_id, aim, change_tried, learned, starts_on, shared, version, created_by, created_by_name, created_at,
                                    updated_by, updated_by_name, updated_at)
     values (uuidv7(), $1, 'control', 'x', 'x', 'x', '2025-11-15', false, 1, uuidv7(), 'x', now(), uuidv7(), 'x', now())`,
    [world.practices[practice]],
  )

async function plantPeople({ sql, world }: Behind, key: PracticeKey): Promise<void> {
  const own = world.practices[key]
  await sql(
    `insert into invitation (id, organization_id, role, name, email, invited_by, created_at, expires_at)
     values (uuidv7(), $1, 'clinician', 'x', $2, (select id from membership where role = 'region-administrator'), '2026-03-01', '2026-03-08')`,
    [own, `${key}@matrix.example.org`],
  )
  await sql(
    `insert into invitation (id, organization_id, role, patient_id, name, email, invited_by, created_at, expires_at)
     values (uuidv7(), $1, 'patient', $3, 'x', $2, (select id from membership where role = 'region-administrator'), '2026-03-01', '2026-03-08')`,
    [own, `patient.${key}@matrix.example.org`, world.charts[key].at(-1)],
  )
  await sql(
    `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, created_at)
     select uuidv7(), m.id, $1, 'assignment', '2099-01-01', now() from membership m where m.role = 'care-manager'`,
    [own],
  )
  await sql(
    `insert into agreement (organization_id, kind, version, signed_by, signed_as, signed_on, manner, recorded_at)
     values ($1, 'participation', '2020-01', 'x', 'x', '2020-01-01', 'paper', now())`,
    [own],
  )
  const [user, membership] = [newId(), newId()]
  await sql(`insert into app_user (id, name, email, created_at) values ($1, 'Feed of ' || $2, $2 || '@systems.invalid', now())`, [
    user,
    key,
  ])
  await sql(`insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $3, 'feed-system', '2020-01-01')`, [
    membership,
    user,
    own,
  ])
  await sql(
    `insert into system_client (id, membership_id, jwks_url, scopes, created_by, created_at)
     values (uuidv7(), $1, 'https://keys.example.org/', '{}', $2, now())`,
    [membership, user],
  )
}

/** A look in an emergency: of the kind that an accounting of disclosures shows. */
const plantAudit = ({ sql }: Behind, practice: string | null, chart: string | null) =>
  sql(
    `insert into audit_event (at, id, role, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     values ('2026-03-02T14:00:00Z', uuidv7(), 'clinician', 'emergency', $1, 'x', 'x', case when $2::uuid is null then '{}' else array[$2::uuid] end, 'allowed',
             uuidv7())`,
    [practice, chart],
  )

/**
 * Tables whose rows have an id of their own, and their words: what a row tells of is the row, so its canary is `canary:<table>:<id>`. The
 * words that are left as they are stand for something: codes, keys, states.
 */
const WITH_ID: Readonly<Record<string, readonly string[]>> = {
  consent: ['kind', 'category', 'manner'],
  share_grant: ['basis'],
  emergency_access: [],
  invitation: ['role'],
  care_assignment: ['kind', 'duty'],
  gap_exception: ['measure_id', 'reason', 'sensitivity'],
  tier_override: [],
  huddle_entry: ['reason', 'ended_as'],
  care_case: ['program', 'closed_as'],
  saved_view: ['audience', 'sort'],
  improvement_cycle: ['measure_id'],
  list_export: ['format', 'sort', 'state'],
  record_upload: ['state'],
  system_client: [],
  audit_event: ['role', 'purpose', 'outcome'],
  deck_check: ['package_hash', 'state', 'outcomes'],
}
/** Tables whose rows are about a chart: their canary is `canary:patient:<id>`. The names of charts are canaries themselves. */
const OF_CHARTS: Readonly<Record<string, readonly string[]>> = {
  patient: ['fhir_id', 'family_name', 'gender', 'address'],
  patient_summary: ['sort_name'],
  clinical_fact: ['type', 'fhir_id', 'category', 'status', 'verification', 'comparator', 'unit', 'sensitivity'],
}
/** Tables with an owner that are shown as figures, or not at all; and what stands in their words. */
const WITHOUT_WORDS: Readonly<Record<string, string>> = {
  membership: 'words: the role; people are known by their email',
  agreement: 'marked by hand: its rows have no id',
  emergency_bar: 'shown with the emergency that it followed',
  organization_alias: 'never shown; region directory',
  resource_version: 'FHIR as it arrived; its canaries are planted with the world',
  measure_membership: 'marked by hand: evidence is a list',
  open_membership: 'marked by hand: evidence is a list',
  patient_condition: 'words: keys of condition groups; labelled rows are met as counts',
  patient_search: 'never shown',
  coverage: 'shown as names of payers, which are directory',
  payer_evidence: 'never shown',
  person_key: 'never shown',
  registry_count: 'a figure',
  patient_risk: 'its canaries are planted with the world',
  risk_outcome: 'never shown',
  risk_calibration: 'sums of the region',
  risk_score: 'its canaries are planted with the world',
  coming_gap: 'words: ids of measures',
  coming_gap_state: 'a state',
  registry_membership: 'marked by hand: clauses are in a list',
  registry_beginning: 'days',
  registry_comparison_chunk: 'never shown',
  registry_mover: 'nobody moves here: access/walls and contract/registry-comparisons make them',
  registry_chart: 'never shown',
  changed_chart: 'never shown',
  dirty_chart: 'never shown',
  run_member: 'never shown',
  score: 'figures',
  month_score: 'figures',
  month_state: 'versions',
  stratum_score: 'figures',
  shown_stratum: 'suppressed figures',
  payer_score: 'never shown',
  payer_performance: 'figures',
  metric_chunk: 'figures of progress',
  comparison_chunk: 'figures of progress',
  comparison_mover: 'words: names of definitions and places; nobody moves here, contract/measure-drafts makes them',
  import_run: 'never shown',
  import_file: 'never shown',
  import_rejection: 'never shown',
  import_pending: 'never shown',
  job: 'never shown',
  kept_wish: 'never shown',
  leave_cover: 'words: names of shared staff; nobody is away here, access/leave-walls makes them',
  staff_handoff: 'nobody is away here, access/leave-walls makes them with canaries',
  handoff_receipt: 'a moment',
}

/** Tables with an owner that nobody has said anything about. */
export const untold = entities
  .filter(({ meta }) => ['practiceId', 'organizationId', 'payerId', 'patientId'].some((name) => name in meta.properties))
  .map(({ meta }) => meta.tableName as string)
  .filter((table) => ![WITH_ID, OF_CHARTS, WITHOUT_WORDS].some((known) => table in known))

/** Puts a canary into every word of every row that has an owner. */
async function markWords({ sql }: Behind): Promise<void> {
  const columns = async (table: string, left: readonly string[]) =>
    (await sql(`select column_name as name from information_schema.columns where table_name = $1 and data_type = 'text'`, [table])).flatMap(
      ({ name }) => (left.includes(name as string) ? [] : [name as string]),
    )
  for (const [table, left] of Object.entries(WITH_ID))
    for (const name of await columns(table, left)) {
      const canary = `'canary:${table}:' || id`
      const words =
        name === 'email' ? `${canary} || '@example.org'` : name === 'jwks_url' ? `'https://keys.example.org/' || ${canary}` : canary
      await sql(`update ${table} set ${name} = ${words} where ${name === 'jwks_url' ? `${name} is not null` : 'true'}`)
    }
  for (const [table, left] of Object.entries(OF_CHARTS))
    for (const name of await columns(table, left))
      await sql(
        `update ${table} t set ${name} = 'canary:patient:' || ${table === 'patient' ? 'id' : 'patient_id'} where ${table === 'clinical_fact' ? 'sensitivity is null' : 'true'}`,
      )
  await sql(`update agreement set signed_by = 'canary:agreement:' || organization_id, signed_as = 'canary:agreement:' || organization_id`)
  await sql(`update measure_membership set evidence = array['Observation/canary:patient:' || patient_id] where sensitivity is null`)
  await sql(`
    insert into open_membership (practice_id, run_id, patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator,
                                 denominator_exclusion, denominator_exception, numerator, evidence)
    select practice_id, run_id, patient_id, measure_id, group_index, 'none', array[sensitivity], 1, 1, 1, 0, 0,
           array['Observation/canary:patient:' || patient_id] from measure_membership where sensitivity is not null`)
  await sql(`
    update registry_membership set entered_reasons = jsonb_build_array(jsonb_build_object('clause', 'canary:patient:' || patient_id, 'facts', '[]'::jsonb))
     where sensitivity is null`)
  await sql(`update metric_run set failure = 'canary:metric_run:' || id where state = 'failed'`)
  await sql(`update totp_authenticator set label = 'canary:totp_authenticator:' || user_id`)
}

/** Figures that nobody would meet by chance: of each practice its own first digits. */
export const FIGURES: Readonly<Record<PracticeKey, string>> = { alder: '97531', birch: '96421', cedar: '98642' }

async function markFigures({ sql, world }: Behind): Promise<void> {
  for (const [key, digits] of Object.entries(FIGURES)) {
    const own = world.practices[key as PracticeKey]
    await sql('update score set initial_population = $2 where practice_id = $1', [own, `${digits}00`])
    await sql('update registry_count set living = $2 where practice_id = $1', [own, `${digits}00`])
  }
}

/** The id of what was planted for a practice, about its first chart where it is about one; of a grant that it gave to another practice. */
export async function plantedId(
  api: Behind,
  kind: Planted,
  practice: PracticeKey,
  { openedTo }: { openedTo?: PracticeKey },
): Promise<string> {
  const { practices, charts } = api.world
  const [own, chart, to] = [practices[practice], charts[practice][CHARTS[0]!], openedTo ? practices[openedTo] : null]
  const ofChart = `practice_id = $1 and ($2::uuid is not null and $3::uuid is null)`
  const [row] = await api.sql(
    {
      tier_override: `select id from tier_override where practice_id = $1 and patient_id = $2 and coalesce($3, $1) is not null order by id limit 1`,
      huddle_entry: `select id from huddle_entry where ${ofChart} and patient_id = $2 order by id limit 1`,
      saved_view: `select id from saved_view where ${ofChart} and audience = 'practice' order by id limit 1`,
      improvement_cycle: `select id from improvement_cycle where ${ofChart} and learned like 'canary%' order by id limit 1`,
      care_case: `select id from care_case where ${ofChart} and patient_id = $2 order by id limit 1`,
      gap_exception: `select id from gap_exception where ${ofChart} and patient_id = $2 order by id limit 1`,
      consent: `select id from consent where ${ofChart} and patient_id = $2 and kind = 'program' order by id limit 1`,
      share_grant: `select id from share_grant where practice_id = $1
         and case when $3::uuid is null then ended_at is not null and patient_id = $2 else recipient_id = $3 and ended_at is null end order by id limit 1`,
      emergency_access: `select id from emergency_access where ${ofChart} and patient_id = $2 order by id limit 1`,
      // Of somebody who asks for none.
      contested_emergency: `select id from emergency_access where ${ofChart} and contested_at is not null
        and user_id = (select user_id from membership where role = 'region-analyst') order by id limit 1`,
      invitation: `select id from invitation where organization_id = $1 and ($2::uuid is not null and $3::uuid is null) and role <> 'patient' order by id limit 1`,
      patient_sign_in: `select id from invitation where organization_id = $1 and ($2::uuid is not null and $3::uuid is null) and role = 'patient' order by id limit 1`,
      care_assignment: `select id from care_assignment where ${ofChart} and starts_on = '2099-01-01' order by id limit 1`,
      system_client: `select c.id from system_client c join membership m on m.id = c.membership_id where m.organization_id = $1 and c.scopes = '{}' and ($2::uuid is not null and $3::uuid is null)
        order by c.id limit 1`,
    }[kind],
    [own, chart, to],
  )
  return row!['id'] as string
}
