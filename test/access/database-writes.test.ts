import { openTestApi, type TestApi } from '../support/api.ts'
import { type AsPerson, insert, NOW_AND_ID, openAsPerson, type Who } from '../support/as-person.ts'
import { type AsRole, CHECK_VIOLATION, DENIED, openAsRole, type Settings } from '../support/as-role.ts'
import type { UserKey } from '../support/world.ts'

let api: TestApi
let asked: AsRole
const as: AsRole['as'] = (...asking) => asked.as(...asking)
const acting: AsRole['acting'] = (...whom) => asked.acting(...whom)
beforeAll(async () => {
  api = await openTestApi()
  asked = await openAsRole(api)
})
afterAll(async () => {
  await asked.close()
  await api.close()
})

test('rows of the audit are written in the own name and about the own reach', async () => {
  const { practices, payers, coordinatingBody, users } = api.world
  const [me] = await api.sql(
    'select m.user_id, m.id as membership_id from membership m join app_user u on u.id = m.user_id where u.email = $1',
    [users.alderClinician.email],
  )
  const mine = { user_id: me!.user_id as string, membership_id: me!.membership_id as string }
  const someone = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
  const row = {
    ...mine,
    organization_id: practices.alder,
    role: 'x',
    practice_id: practices.alder,
    subject: 'Chart',
    action: 'read',
    outcome: 'allowed',
  }
  const append = (role: string, settings: Settings, values: Partial<Record<keyof typeof row, string | null>>) =>
    as(
      role,
      settings,
      `insert into audit_event (id, at, purpose, subject_ids, correlation_id, ${Object.keys(values).join(', ')})
       values (uuidv7(), now(), 'operations', '{}', uuidv7(), ${Object.values(values)
         .map((one) => (one === null ? 'null' : `'${one}'`))
         .join(', ')})`,
    )
  const here = {
    ...mine,
    organization_id: practices.alder,
    practice_id: practices.alder,
    practice_ids: `{${practices.alder}}`,
    payer_id: payers.pine,
  }
  const atBody = { ...here, organization_id: coordinatingBody }
  const worker = { ...row, user_id: null, membership_id: null, organization_id: null, role: 'worker' }
  const door = { ...worker, role: null, practice_id: null, subject: 'Session' }
  const good: [string, Settings, object][] = [
    ...['practice', 'care_manager', 'patient', 'feed', 'grantee'].map((role): [string, Settings, object] => [role, here, row]),
    ...['practice', 'care_manager', 'payer', 'patient', 'region', 'auditor'].map((role): [string, Settings, object] => [
      role,
      here,
      { ...row, practice_id: null },
    ]),
    ['practice', here, { ...row, practice_id: practices.birch, subject: 'EmergencyAccess', action: 'create', outcome: 'denied' }],
    ['region', atBody, { ...row, organization_id: coordinatingBody, subject: 'Assignment', practice_id: practices.birch }],
    ['auditor', atBody, { ...row, organization_id: coordinatingBody, subject: 'AuditEvent', practice_id: practices.birch }],
    ['door', {}, door],
    ['worker', here, worker],
  ]
  for (const [role, settings, values] of good)
    expect({ role, values, got: await append(`commons_${role}`, settings, values) }).toEqual({ role, values, got: [] })
  const bad: [string, Settings, object][] = [
    ...['practice', 'care_manager', 'region', 'payer', 'patient', 'feed', 'grantee', 'auditor'].flatMap(
      (role): [string, Settings, object][] => [
        [role, here, { ...row, practice_id: practices.birch }],
        [role, here, { ...row, practice_id: null, user_id: someone }],
        [role, here, { ...row, practice_id: null, membership_id: someone }],
        [role, here, { ...row, practice_id: null, organization_id: practices.birch }],
        [role, {}, { ...row, practice_id: null }],
      ],
    ),
    ['payer', here, row],
    ['region', atBody, { ...row, organization_id: coordinatingBody, practice_id: practices.birch }],
    ['door', {}, { ...door, practice_id: practices.alder }],
    ['door', {}, { ...door, organization_id: practices.alder }],
    ['door', {}, { ...door, subject: 'Chart' }],
    ['worker', here, { ...worker, practice_id: practices.birch }],
    ['worker', here, { ...worker, role: 'clinician' }],
    ['sealer', here, worker],
  ]
  for (const [role, settings, values] of bad)
    expect({ role, values, got: await append(`commons_${role}`, settings, values) }).toEqual({ role, values, got: DENIED })
})

test('nobody opens a practice but itself and who administers the region', async () => {
  const { practices, users } = api.world
  await api.sql('update organization set active_since = null where id = $1', [practices.cedar])
  await api.sql(
    `insert into agreement (organization_id, kind, version, signed_by, signed_as, signed_on, manner, recorded_at)
     select $1, kind, '1', 'C', 'owner', current_date, 'paper', now() from unnest(array['participation', 'data-use']) kind`,
    [practices.cedar],
  )
  const membership = async (email: string) =>
    (await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [email]))[0]!.id as string
  const open = `select * from commons_activate_practice('${practices.cedar}', current_date)`
  const administrator = await membership(users.administrator.email)
  for (const [role, settings] of [
    ['practice', { organization_id: practices.alder, practice_id: practices.alder }],
    ['practice', { organization_id: practices.alder, membership_id: administrator }],
    ['practice', {}],
    ['region', {}],
    ['region', { membership_id: await membership(users.analyst.email) }],
    ['practice', { organization_id: practices.cedar }],
    ['practice', await acting(users.alderAdministrator.email, { organization_id: practices.cedar })],
    ['region', await acting(users.administrator.email, { user_id: (await acting(users.analyst.email)).user_id! })],
  ] as const)
    expect({ role, settings, got: await as(`commons_${role}`, settings, open) }).toEqual({ role, settings, got: [] })
  const ofCedar: Settings = { ...(await acting(users.auditor.email)), organization_id: practices.cedar, membership_id: practices.cedar }
  await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $1, 'practice-administrator', '2026-03-02')`,
    [practices.cedar, ofCedar.user_id],
  )
  expect(await as('commons_practice', ofCedar, open)).toHaveLength(1)
  expect(await as('commons_region', await acting(users.administrator.email), open)).toHaveLength(1)
  await api.sql('delete from membership where id = $1', [practices.cedar])
})

test('nobody but the worker writes a chart, and no role of a person changes what was noted', async () => {
  const { alder } = api.world.practices
  for (const [role, settings] of [
    ['commons_practice', { practice_id: alder }],
    ['commons_region', {}],
    ['commons_payer', { payer_id: api.world.payers.pine }],
    ['commons_door', {}],
  ] as const) {
    expect(await as(role, settings, `update patient set family_name = 'x'`)).toBe(DENIED)
    expect(await as(role, settings, 'delete from audit_event')).toBe(DENIED)
    expect(await as(role, settings, `update audit_event set action = 'none'`)).toBe(DENIED)
    // A practice reads who looked at its charts; that is a case of its own.
    if (role !== 'commons_practice') expect(await as(role, settings, 'select * from audit_event')).toBe(DENIED)
    expect(await as(role, settings, 'select * from audit_seal')).toBe(DENIED)
  }
  expect(await as('commons_practice', { practice_id: alder }, 'select * from password_credential')).toBe(DENIED)
})

describe('what no role page permits, no database role does', () => {
  let people: AsPerson
  beforeAll(async () => {
    people = await openAsPerson(api, asked)
  })
  const of: AsPerson['of'] = (key) => people.of(key)
  const by: AsPerson['by'] = (who, sql) => people.by(who, sql)
  const set = (key: string, what: string) => `update membership set ${what} where id = '${of(key).id}' returning id`
  const assignment = (by: Who, whom = 'careManager', more = {}) =>
    insert('care_assignment', {
      ...NOW_AND_ID,
      ...{ membership_id: of(whom).id, practice_id: api.world.practices.cedar, kind: 'assignment', starts_on: '2026-03-02' },
      ...{ created_by: of(by).user_id, ...more },
    })
  const invitation = (by: Who, organization_id: string, role: string, more = {}) =>
    insert('invitation', {
      ...NOW_AND_ID,
      ...{ organization_id, role, name: 'N', email: 'n@example.org', invited_by: of(by).id, expires_at: '2026-03-09', ...more },
    })
  const renewal = (by: Who, whom: UserKey, role: string, more = {}) =>
    invitation(by, of(whom).organization_id, role, { renews: of(whom).id, email: api.world.users[whom].email, ...more })
  const member = (organization_id: string, role: string, user_id = of('auditor').user_id) =>
    insert('membership', { id: NOW_AND_ID.id, user_id, organization_id, role, starts_on: '2026-03-02' })
  /** A system's user, and what is done with it in the same statement or after it. */
  const SYSTEM = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb1'
  const system = insert('app_user', { id: SYSTEM, name: 'S', email: 's@systems.invalid', created_at: '2026-03-02' })
  const end = (key: string) => `select id from commons_end_membership('${of(key).id}', now())`
  const rename = (key: string, present: string) => `select id from commons_rename_person('${of(key).id}', 'X', '${present}')`
  const job = (name: string, practice_id: string | null) =>
    insert('job', { ...NOW_AND_ID, name, subject_id: practice_id, practice_id, state: 'queued' })

  test('people, assignments and invitations: what a page permits', async () => {
    const { practices, payers, coordinatingBody } = api.world
    const done: [Who, string][] = [
      ['administrator', set('analyst', `role = 'auditor'`)],
      ['administrator', end('alderClinician')],
      ['alderAdministrator', set('alderClinician', `role = 'practice-quality-lead'`)],
      ['alderAdministrator', end('alderClinician')],
      ['alderAdministrator', rename('alderClinician', 'Casey Alder')],
      ['administrator', rename('analyst', of('analyst').name)],
      ['alderStaff', set('alderPatient', 'ended_at = now()')],
    ]
    for (const [who, sql] of done) expect({ who, sql, got: await by(who, sql) }).toMatchObject({ got: [{}] })
    const added: [Who, string][] = [
      ['administrator', `${system}; ${member(payers.pine, 'payer-system', SYSTEM)}`],
      ['administrator', invitation('administrator', coordinatingBody, 'care-manager')],
      ['administrator', invitation('administrator', practices.cedar, 'practice-administrator')],
      ['alderAdministrator', invitation('alderAdministrator', practices.alder, 'clinician')],
      ['alderStaff', invitation('alderStaff', practices.alder, 'patient', { patient_id: api.world.charts.alder[3]! })],
      ['administrator', renewal('administrator', 'analyst', 'region-analyst')],
      ['administrator', renewal('administrator', 'pineAnalyst', 'payer-analyst')],
      ['administrator', renewal('administrator', 'alderAdministrator', 'practice-administrator')],
      ['alderAdministrator', renewal('alderAdministrator', 'alderClinician', 'clinician')],
      ['alderAdministrator', renewal('alderAdministrator', 'alderPatient', 'patient', { patient_id: await chartOf('alderPatient') })],
      ['workforceManager', assignment('workforceManager')],
      ['administrator', job('record.label', practices.alder)],
      ['analyst', job('packages.compare', null)],
      ['analyst', job('registries.compare', null)],
    ]
    for (const [who, sql] of added) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: [] })
  })

  const chartOf = async (key: string) =>
    (await api.sql('select patient_id from membership where id = $1', [of(key).id]))[0]!.patient_id as string

  test('new ways to sign in: to nobody else than the person, of nobody else than whom one manages, never to oneself', async () => {
    const patient = { patient_id: await chartOf('alderPatient') }
    const refusals: [Who, string][] = [
      ['alderAdministrator', renewal('alderAdministrator', 'alderClinician', 'clinician', { email: 'mine@example.org' })],
      ['alderAdministrator', renewal('alderAdministrator', 'alderClinician', 'practice-administrator')],
      ['alderAdministrator', renewal('alderAdministrator', 'alderClinician', 'clinician', { token_hash: '\\x00' })],
      ['alderAdministrator', renewal('alderAdministrator', 'alderAdministrator', 'practice-administrator')],
      ['alderAdministrator', renewal('alderAdministrator', 'birchClinician', 'clinician')],
      [
        'alderAdministrator',
        renewal('alderAdministrator', 'birchClinician', 'clinician', { organization_id: of('alderStaff').organization_id }),
      ],
      ['alderAdministrator', renewal('alderAdministrator', 'alderPatient', 'patient', { patient_id: api.world.charts.alder[3]! })],
      ['alderStaff', renewal('alderStaff', 'alderPatient', 'patient', patient)],
      ['alderStaff', renewal('alderStaff', 'alderClinician', 'clinician')],
      ['alderClinician', renewal('alderClinician', 'alderStaff', 'practice-staff')],
      ['administrator', renewal('administrator', 'administrator', 'region-administrator')],
      ['administrator', renewal('administrator', 'alderClinician', 'clinician')],
      ['administrator', renewal('administrator', 'alderPatient', 'patient', patient)],
      ['administrator', renewal('administrator', 'analyst', 'region-analyst', { email: 'mine@example.org' })],
      ['workforceManager', renewal('workforceManager', 'careManager', 'care-manager')],
      ['alderAdministrator', job('mail.renewed', null)],
      ['administrator', job('mail.renewed', null)],
    ]
    for (const [who, sql] of refusals) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: DENIED })
    expect(await as('commons_door', {}, job('mail.renewed', null))).toBe(DENIED)
    expect(await as('commons_door', {}, job('mail.invitation', null))).toBe(DENIED)
    const ended = `update membership set ended_at = now() where id = '${of('alderPatient').id}'; ${renewal('alderAdministrator', 'alderPatient', 'patient', patient)}`
    expect(await by('alderAdministrator', ended)).toBe(DENIED)
  })

  test('people, assignments and invitations: everything else is refused', async () => {
    const { practices, payers, coordinatingBody, charts } = api.world
    const refusals: [Who, string][] = [
      // In place: whose, where, since when; the own; a practice's people; while letting go of them.
      ...(['administrator', 'alderAdministrator'] as const).flatMap((who): [Who, string][] => [
        ...[
          `user_id = '${of(who).user_id}'`,
          `organization_id = '${practices.birch}'`,
          `starts_on = '2020-01-01'`,
          'patient_id = null',
        ].map((what): [Who, string] => [who, set('alderClinician', what)]),
        [who, set(who, `role = 'auditor'`)],
        [who, set(who, 'ended_at = now()')],
        [who, set('alderClinician', 'ended_at = now()')],
        [who, 'delete from membership'],
        [who, 'delete from invitation'],
        [who, `update invitation set email = 'x@example.org', token_hash = null`],
      ]),
      ['administrator', set('alderClinician', `role = 'practice-administrator'`)],
      ['administrator', set('alderClinician', `role = 'practice-staff', ended_at = now()`)],
      ['administrator', set('analyst', `role = 'clinician'`)],
      ['administrator', set('analyst', `role = 'payer-system'`)],
      ['alderAdministrator', set('alderClinician', `role = 'region-administrator'`)],
      ['alderAdministrator', set('alderClinician', `role = 'patient'`)],
      ['alderAdministrator', set('alderPatient', `role = 'clinician'`)],
      ['alderAdministrator', member(practices.alder, 'clinician')],
      ['administrator', member(practices.alder, 'clinician')],
      ['administrator', member(practices.alder, 'payer-system')],
      ['administrator', member(coordinatingBody, 'region-administrator')],
      // No person gets a system's membership, and no system a person's.
      ['administrator', member(payers.pine, 'payer-system')],
      ['administrator', member(practices.alder, 'feed-system')],
      ['administrator', member(payers.pine, 'payer-system', of('administrator').user_id)],
      [
        'administrator',
        insert('system_client', {
          ...{ ...NOW_AND_ID, membership_id: of('alderClinician').id, jwks_url: 'https://example.org/keys', scopes: '{system/*.c}' },
          created_by: of('administrator').user_id,
        }),
      ],
      ...(['analyst', 'workforceManager'] as const).flatMap((who): [Who, string][] => [
        [who, set('careManager', 'ended_at = now()')],
        [who, set('careManager', `role = 'care-supervisor'`)],
        [who, member(payers.pine, 'payer-system')],
        [who, invitation(who, coordinatingBody, 'care-manager')],
        [who, insert('organization', { ...NOW_AND_ID, region_id: api.world.regionId, kind: 'payer', name: 'X', slug: 'x' })],
        [who, `update organization set name = 'X'`],
      ]),
      ...(['alderClinician', 'alderStaff'] as const).flatMap((who): [Who, string][] => [
        [who, set('alderQualityLead', 'ended_at = now()')],
        [who, invitation(who, practices.alder, 'clinician')],
      ]),
      ['alderClinician', set('alderPatient', 'ended_at = now()')],
      ['alderClinician', invitation('alderClinician', practices.alder, 'patient', { patient_id: charts.alder[3]! })],
      ['administrator', invitation('administrator', practices.alder, 'practice-administrator')],
      ['administrator', invitation('administrator', practices.cedar, 'clinician')],
      ['administrator', invitation('analyst', coordinatingBody, 'care-manager')],
      ['alderAdministrator', invitation('alderAdministrator', practices.birch, 'clinician')],
      ['alderAdministrator', invitation('alderAdministrator', practices.alder, 'region-administrator')],
      // Nobody lets themselves in, nor anybody but care managers; what stands is ended and nothing else.
      ['analyst', assignment('analyst')],
      ['workforceManager', assignment('administrator')],
      ['workforceManager', assignment('workforceManager', 'workforceManager')],
      ['workforceManager', assignment('workforceManager', 'alderClinician')],
      ['workforceManager', assignment('workforceManager', 'careManager', { practice_id: payers.pine })],
      ['workforceManager', `update care_assignment set practice_id = '${practices.cedar}'`],
      ['workforceManager', 'update care_assignment set ended_at = null'],
      ['workforceManager', 'delete from care_assignment'],
      ['administrator', `update organization set active_since = '2020-01-01'`],
      ['administrator', 'update organization set agreed = false'],
      ['administrator', `update organization set name = 'X', version = version + 1`],
      ['administrator', 'update organization set part2_program = true'],
      [
        'administrator',
        insert('organization', { ...NOW_AND_ID, region_id: api.world.regionId, kind: 'coordinating-body', name: 'X', slug: 'x' }),
      ],
      ['administrator', `update system_client set scopes = '{system/*.c}'`],
      ['administrator', `update measure_package set bundle = '{}'`],
      ['administrator', `update measure_package set improvement = 'increase'`],
      ['administrator', job('record.label', null)],
      ['administrator', job('records.forget', practices.alder)],
      ['analyst', job('record.label', practices.alder)],
      ['alderAdministrator', job('record.label', practices.alder)],
      ['alderClinician', job('mail.invitation', null)],
      // What was agreed to, opened or contested keeps its words.
      ...[
        'consent set patient_id',
        'share_grant set recipient_id',
        'emergency_access set reason',
        'emergency_bar set user_id',
        'gap_exception set words',
        'huddle_entry set words',
        'care_case set lead_membership_id',
        'care_case set closed_at',
        'lead_ledger set case_id',
        'saved_view set membership_id',
        'saved_view set owner_name',
        'improvement_cycle set measure_id',
        'improvement_cycle set practice_id',
      ].map((what): [Who, string] => ['alderAdministrator', `update ${what} = null`]),
    ]
    for (const [who, sql] of refusals) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: DENIED })
    // Functions that change one thing look the role page up themselves, and keep an organization its last administrator.
    const clinician = of('alderClinician').name
    const own = { administrator: of('administrator').name, alderAdministrator: of('alderAdministrator').name }
    const organization = (which: string, part2: boolean) =>
      `select id from commons_update_organization('${which}', (select version from organization where id = '${which}'), 'X', null, ${part2})`
    const nobody: [Who, string][] = [
      ...(['administrator', 'alderAdministrator'] as const).flatMap((who): [Who, string][] => [
        [who, end(who)],
        [who, end('alderPatient')],
        [who, rename(who, own[who])],
      ]),
      ['administrator', end('alderAdministrator')],
      [
        'administrator',
        `select e.id from membership m, commons_end_membership(m.id, now()) e where m.organization_id = '${practices.alder}' and m.role = 'practice-administrator'`,
      ],
      ['administrator', rename('alderClinician', clinician)],
      ...(['analyst', 'workforceManager'] as const).flatMap((who): [Who, string][] => [
        [who, end('careManager')],
        [who, end('alderClinician')],
        [who, rename('careManager', 'Cara Manager')],
        [who, organization(practices.alder, false)],
        [who, `select id from commons_agree_to_payer('${payers.pine}')`],
      ]),
      ...(['alderClinician', 'alderStaff', 'alderQualityLead'] as const).flatMap((who): [Who, string][] => [
        [who, end('alderAdministrator')],
        [who, rename('alderAdministrator', 'Ada Alder')],
        [who, end('birchClinician')],
      ]),
      ['alderAdministrator', end('birchClinician')],
      ['alderAdministrator', rename('birchClinician', of('birchClinician').name)],
      ['administrator', organization(payers.pine, true)],
      ['administrator', `select id from commons_update_organization('${practices.alder}', 99, 'X', null, false)`],
    ]
    for (const [who, sql] of nobody) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: [] })
    expect(await by('administrator', organization(practices.alder, true))).toHaveLength(1)
    // Of another practice's people there is nobody.
    expect(await by('alderAdministrator', set('birchClinician', `role = 'clinician'`))).toEqual([])
    expect(await by('administrator', set('alderPatient', `role = 'clinician'`))).toEqual([])
  })

  test('a draft is changed in the own name; publishing it leaves who wrote it', async () => {
    const id = NOW_AND_ID.id
    const draft = (by: Who) =>
      insert('measure_draft', {
        ...{ id, title: 'T', description: '', improvement: 'increase', cql: 'c', version: '1', updated_at: '2026-03-02' },
        updated_by: of(by).user_id,
      })
    await api.sql(draft('administrator'))
    const change = (what: string) => `update measure_draft set ${what} where id = '${id}' returning id`
    try {
      const mine = `updated_by = '${of('analyst').user_id}'`
      for (const what of [`cql = 'd', version = 2, ${mine}`, 'published_hash = (select min(hash) from measure_package)'])
        expect({ what, got: await by('analyst', change(what)) }).toEqual({ what, got: [{ id }] })
      for (const what of [
        ...["title = 'X'", "description = 'X'", "improvement = 'decrease'", "cql = 'X'", 'version = 2', 'updated_at = now()'],
        `published_hash = 'h', cql = 'X'`,
        `cql = 'X', updated_by = '${of('workforceManager').user_id}'`,
        `${mine}, id = uuidv7()`,
      ])
        expect({ what, got: await by('analyst', change(what)) }).toEqual({ what, got: DENIED })
      expect(await by('administrator', change(`cql = 'd', updated_by = '${of('administrator').user_id}'`))).toBe(DENIED)
    } finally {
      await api.sql('delete from measure_draft where id = $1', [id])
    }
  })

  test("under another person's membership, or under the own in another organization, nobody does what its page permits", async () => {
    const { practices, payers, coordinatingBody, charts } = api.world
    /** What the first may, and the second asks under the first's membership, or with its own organization. */
    const done: [Who, Who, string][] = [
      ['administrator', 'analyst', set('careManager', `role = 'auditor'`)],
      ['administrator', 'analyst', invitation('administrator', coordinatingBody, 'care-manager')],
      ['administrator', 'analyst', `${system}; ${member(payers.pine, 'payer-system', SYSTEM)}`],
      ['administrator', 'analyst', job('record.label', practices.alder)],
      ['analyst', 'administrator', job('packages.compare', null)],
      ['analyst', 'administrator', job('registries.compare', null)],
      ['workforceManager', 'analyst', assignment('analyst')],
      ['alderAdministrator', 'alderStaff', set('alderClinician', `role = 'practice-quality-lead'`)],
      ['alderAdministrator', 'alderStaff', invitation('alderAdministrator', practices.alder, 'clinician')],
      ['alderStaff', 'alderClinician', invitation('alderStaff', practices.alder, 'patient', { patient_id: charts.alder[3]! })],
    ]
    const under = async (holder: Who, who: Who, organization: string, sql: string) => {
      const settings = { membership_id: of(holder).id, user_id: of(who).user_id, organization_id: organization }
      if (!who.startsWith('alder')) return as('commons_region', settings, sql)
      return as('commons_practice', { ...settings, practice_id: practices.alder }, sql)
    }
    for (const [holder, who, sql] of done) {
      const own = of(holder).organization_id
      if (holder !== 'workforceManager')
        expect({ holder, sql, got: await under(holder, holder, own, sql) }).not.toMatchObject({ got: DENIED })
      expect({ who, sql, got: await under(holder, who, own, sql) }).toEqual({ who, sql, got: DENIED })
      if (!who.startsWith('alder'))
        expect({ holder, sql, got: await under(holder, holder, practices.birch, sql) }).toEqual({ holder, sql, got: DENIED })
    }
    // Nor sees what its page, its emergencies or its assignments open.
    const named = `select id from organization where not agreed`
    const mine = (membership: string, user: string) => ({ membership_id: of(membership).id, user_id: of(user).user_id })
    await api.sql('update organization set agreed = false where id = $1', [payers.pine])
    try {
      const there = { organization_id: coordinatingBody }
      expect(await as('commons_region', { ...mine('administrator', 'administrator'), ...there }, named)).toHaveLength(1)
      expect(await as('commons_region', { ...mine('administrator', 'analyst'), ...there }, named)).toEqual([])
    } finally {
      await api.sql('update organization set agreed = true where id = $1', [payers.pine])
    }
    const chart = charts.alder[3]!
    const opened = (user: string) =>
      `select id from commons_open_in_emergency('${chart}', 'Overdose'); select set_config('commons.user_id', '${of(user).user_id}', true), set_config('commons.practice_id', '${practices.birch}', true); select id from emergency_access`
    expect(await by('alderClinician', opened('alderClinician'))).toHaveLength(1)
    expect(await by('alderClinician', opened('alderStaff'))).toEqual([])
    const assigned = 'select id from care_assignment'
    const atBody = { organization_id: coordinatingBody }
    expect(await as('commons_care_manager', { ...mine('careManager', 'careManager'), ...atBody }, assigned)).not.toHaveLength(0)
    expect(await as('commons_care_manager', { ...mine('careManager', 'analyst'), ...atBody }, assigned)).toEqual([])
  })

  describe('about a chart everybody writes in the own name, as the page permits', () => {
    const written = (table: string, who: Who, columns: Readonly<Record<string, string | null>>, named: readonly string[]) =>
      insert(table, {
        ...{ id: NOW_AND_ID.id, practice_id: api.world.practices.alder, patient_id: api.world.charts.alder[3]! },
        ...columns,
        ...Object.fromEntries(named.map((column) => [column, column.endsWith('_name') ? of(who).name : of(who).user_id])),
      })
    type Columns = Readonly<Record<string, string | null>>
    const consent = (who: Who, more: Columns = {}) =>
      written(
        'consent',
        who,
        {
          ...{ kind: 'program', recipient_id: api.world.coordinatingBody, manner: 'written', given_by: 'G', given_as: 'patient' },
          ...{ given_on: '2026-03-01', scope: 'all', recorded_at: '2026-03-02', idempotency_key: 'planted-key', ...more },
        },
        ['recorded_by', 'recorded_by_name'].filter((column) => !(column in more)),
      )
    const sensitive = (who: Who, recipient_id: string, more: Columns = {}) =>
      consent(who, { kind: 'sensitive', category: 'part2', recipient_id, ...more })
    const grant = (who: Who, more: Columns = {}) =>
      written(
        'share_grant',
        who,
        {
          ...{ recipient_id: api.world.practices.birch, categories: '{problems}', types: '{Condition}', basis: 'treatment' },
          ...{ expires_at: '2099-01-01', granted_at: '2026-03-02', idempotency_key: 'planted-key', ...more },
        },
        ['granted_by', 'granted_by_name'].filter((column) => !(column in more)),
      )
    const exception = (who: Who, more: Columns = {}) =>
      written(
        'gap_exception',
        who,
        {
          ...{ measure_id: 'control', reason: 'declined', words: 'w', expires_on: '2099-01-01', recorded_at: '2026-03-02' },
          ...{ idempotency_key: 'planted-key', ...more },
        },
        ['recorded_by', 'recorded_by_name'].filter((column) => !(column in more)),
      )
    const onHuddle = (who: Who, more: Columns = {}) =>
      written(
        'huddle_entry',
        who,
        { ...{ day: '2099-01-01', reason: 'worse', words: 'w', added_at: '2026-03-02', ...more } },
        ['added_by', 'added_by_name'].filter((column) => !(column in more)),
      )
    const onCaseload = (who: Who, more: Columns = {}) =>
      written(
        'care_case',
        who,
        { ...{ program: 'care-management', points: '1', due_on: '2099-01-01', opened_on: '2026-03-02', ...more } },
        ['opened_by', 'opened_by_name'].filter((column) => !(column in more)),
      )
    const ended = (table: string, who: Who, name = of(who).name) =>
      `update ${table} set ended_at = now(), ended_by_name = '${name}' where id = '${NOW_AND_ID.id}' returning id`

    test('consents, grants and exceptions: what a page permits', async () => {
      const { practices, coordinatingBody } = api.world
      const added: [Who, string][] = [
        ...(['alderAdministrator', 'alderClinician', 'alderStaff', 'careManager'] as const).map((who): [Who, string] => [
          who,
          consent(who),
        ]),
        ...(['alderAdministrator', 'alderClinician'] as const).flatMap((who): [Who, string][] => [
          [who, sensitive(who, practices.alder)],
          [who, grant(who)],
          [who, exception(who)],
        ]),
        ['careManager', sensitive('careManager', coordinatingBody)],
        ...(['alderAdministrator', 'alderClinician', 'alderQualityLead', 'careManager'] as const).map((who): [Who, string] => [
          who,
          onHuddle(who),
        ]),
        ...(['alderAdministrator', 'alderClinician', 'careManager'] as const).map((who): [Who, string] => [who, onCaseload(who)]),
      ]
      for (const [who, sql] of added) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: [] })
      for (const [who, sql, table] of [
        ['alderClinician', consent('alderClinician'), 'consent'],
        ['careManager', consent('careManager'), 'consent'],
        ['alderClinician', grant('alderClinician'), 'share_grant'],
        ['alderClinician', exception('alderClinician'), 'gap_exception'],
      ] as const)
        expect({ table, got: await by(who, `${sql}; ${ended(table, who)}`) }).toEqual({ table, got: [{ id: NOW_AND_ID.id }] })
    })

    test("in nobody else's name, by nobody else's page, and ended once", async () => {
      const { practices } = api.world
      const of_ = (who: Who) => of(who).user_id
      const refusals: [Who, string][] = [
        ...(
          [
            ['alderClinician', 'recorded_by', 'recorded_by_name', consent],
            ['careManager', 'recorded_by', 'recorded_by_name', consent],
            ['alderClinician', 'granted_by', 'granted_by_name', grant],
            ['alderClinician', 'recorded_by', 'recorded_by_name', exception],
            ['alderClinician', 'added_by', 'added_by_name', onHuddle],
            ['careManager', 'added_by', 'added_by_name', onHuddle],
          ] as const
        ).flatMap(([who, by, name, write]): [Who, string][] => [
          [who, write(who, { [by]: of_('alderAdministrator') })],
          [who, write(who, { [name]: of('alderAdministrator').name })],
          [who, write(who, { ended_at: '2026-03-02' })],
          [who, write(who, { practice_id: who === 'careManager' ? practices.cedar : practices.birch })],
        ]),
        ['alderQualityLead', consent('alderQualityLead')],
        ['alderStaff', onHuddle('alderStaff')],
        ['administrator', onHuddle('administrator')],
        ...(['alderQualityLead', 'alderStaff', 'workforceManager'] as const).map((who): [Who, string] => [who, onCaseload(who)]),
        ...(['alderClinician', 'careManager'] as const).flatMap((who): [Who, string][] => [
          [who, onCaseload(who, { opened_by: of_('alderAdministrator') })],
          [who, onCaseload(who, { opened_by_name: of('alderAdministrator').name })],
          [who, onCaseload(who, { lead_membership_id: of(who).id, lead_name: 'X' })],
          [who, onCaseload(who, { closed_at: '2026-03-02', closed_as: 'other' })],
          [who, onCaseload(who, { practice_id: who === 'careManager' ? practices.cedar : practices.birch })],
        ]),
        ['alderStaff', sensitive('alderStaff', practices.alder)],
        ['careManager', sensitive('careManager', practices.alder)],
        ...(['alderStaff', 'alderQualityLead'] as const).flatMap((who): [Who, string][] => [
          [who, grant(who)],
          [who, exception(who)],
        ]),
        ...(['careManager', 'administrator'] as const).flatMap((who): [Who, string][] => [
          [who, grant(who)],
          [who, exception(who)],
        ]),
        ['alderClinician', grant('alderClinician', { recipient_id: api.world.payers.pine })],
        ...(
          [
            [consent, 'consent'],
            [grant, 'share_grant'],
            [exception, 'gap_exception'],
          ] as const
        ).map(([write, table]): [Who, string] => [
          'alderClinician',
          `${write('alderClinician')}; ${ended(table, 'alderClinician', of('alderAdministrator').name)}`,
        ]),
      ]
      for (const [who, sql] of refusals) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: DENIED })
      const byStaff = `${consent('alderStaff')}; ${ended('consent', 'alderStaff')}`
      expect(await by('alderStaff', byStaff)).toEqual([])
      for (const [write, table] of [
        [consent, 'consent'],
        [grant, 'share_grant'],
        [exception, 'gap_exception'],
      ] as const) {
        const twice = `${write('alderClinician')}; ${ended(table, 'alderClinician')}; ${ended(table, 'alderClinician')}`
        expect({ table, got: await by('alderClinician', twice) }).toEqual({ table, got: [] })
      }
    })
  })

  test('views of the list are kept in the own name; one that is shared is changed by its practice, and one that is not by its keeper', async () => {
    const { practices } = api.world
    const view = (who: Who, more: Readonly<Record<string, string | null>> = {}) =>
      insert('saved_view', {
        ...{
          id: NOW_AND_ID.id,
          practice_id: practices.alder,
          membership_id: of(who).id,
          owner_name: of(who).name,
          audience: 'me',
          name: 'V',
        },
        ...{ filter: '{}', clinical: 'false', sort: 'NAME', reversed: 'false', columns: '{}', version: '1', part_versions: '{}' },
        ...{ changed_by_name: of(who).name, changed_at: '2026-03-02', ...more },
      })
    const keepers = ['alderAdministrator', 'alderClinician', 'alderQualityLead', 'alderStaff', 'careManager'] as const
    for (const who of keepers) expect({ who, got: await by(who, view(who)) }).toEqual({ who, got: [] })
    expect(await by('careManager', view('careManager', { practice_id: null }))).toEqual([])
    for (const who of ['alderClinician', 'careManager'] as const)
      for (const more of <Readonly<Record<string, string | null>>[]>[
        { membership_id: of('alderAdministrator').id },
        { owner_name: of('alderAdministrator').name },
        { changed_by_name: of('alderAdministrator').name },
        { practice_id: practices.cedar },
        { ended_at: '2026-03-02' },
        ...(who === 'alderClinician' ? [{ practice_id: null }] : []),
      ])
        expect({ who, more, got: await by(who, view(who, more)) }).toEqual({ who, more, got: DENIED })
    expect(await by('administrator', view('administrator'))).toBe(DENIED)
    expect(await by('careManager', view('careManager', { practice_id: null, audience: 'practice' }))).toBe(CHECK_VIOLATION)
    const rename = (who: Who, more = '') => `update saved_view set name = 'W', changed_by_name = '${of(who).name}'${more} returning id`
    for (const [audience, seen] of [
      ['me', []],
      ['practice', [{ id: NOW_AND_ID.id }]],
    ] as const) {
      await api.sql(view('alderClinician', { audience }))
      try {
        for (const who of ['alderAdministrator', 'careManager'] as const)
          expect({ audience, who, got: await by(who, rename(who)) }).toEqual({ audience, who, got: seen })
        expect(await by('alderClinician', rename('alderClinician', ", audience = 'me'"))).toEqual([{ id: NOW_AND_ID.id }])
        if (audience === 'me') continue
        expect(await by('alderAdministrator', rename('alderAdministrator', ", audience = 'me'"))).toBe(DENIED)
        expect(await by('alderAdministrator', rename('alderClinician'))).toBe(DENIED)
        expect(await by('alderAdministrator', `update saved_view set practice_id = '${practices.birch}'`)).toBe(DENIED)
        expect(await by('careManager', rename('careManager', `, practice_id = '${practices.cedar}'`))).toBe(DENIED)
      } finally {
        await api.sql('delete from saved_view where id = $1', [NOW_AND_ID.id])
      }
    }
    expect(await by('alderClinician', 'delete from saved_view')).toBe(DENIED)
  })

  test('improvement cycles are written by their practice, in the own name', async () => {
    const cycle = (who: Who, more: Readonly<Record<string, string>> = {}) =>
      insert('improvement_cycle', {
        ...{ id: NOW_AND_ID.id, practice_id: api.world.practices.alder, measure_id: 'control', aim: 'a', change_tried: 'c', learned: '' },
        ...{ starts_on: '2026-01-01', shared: 'true', version: '1', created_at: '2026-03-02', updated_at: '2026-03-02' },
        ...{ created_by: of(who).user_id, created_by_name: of(who).name, updated_by: of(who).user_id, updated_by_name: of(who).name },
        ...more,
      })
    const changed = (who: Who, as: Who = who) =>
      `update improvement_cycle set aim = 'b', version = 2, updated_by = '${of(as).user_id}', updated_by_name = '${of(as).name}' where id = '${NOW_AND_ID.id}' returning id`
    for (const who of ['alderAdministrator', 'alderClinician', 'alderQualityLead'] as const)
      expect({ who, got: await by(who, `${cycle(who)}; ${changed(who)}`) }).toEqual({ who, got: [{ id: NOW_AND_ID.id }] })
    const another = of('alderAdministrator')
    const refusals: [Who, string][] = [
      ...(['alderStaff', 'administrator', 'careManager', 'analyst'] as const).map((who): [Who, string] => [who, cycle(who)]),
      ['alderClinician', cycle('alderClinician', { practice_id: api.world.practices.birch })],
      ...['created_by', 'updated_by'].map((column): [Who, string] => [
        'alderClinician',
        cycle('alderClinician', { [column]: another.user_id }),
      ]),
      ...['created_by_name', 'updated_by_name'].map((column): [Who, string] => [
        'alderClinician',
        cycle('alderClinician', { [column]: another.name }),
      ]),
      ['alderClinician', `${cycle('alderClinician')}; ${changed('alderClinician', 'alderAdministrator')}`],
      ['alderClinician', 'delete from improvement_cycle'],
    ]
    for (const [who, sql] of refusals) expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: DENIED })
  })

  test('strata are agreed on by whoever agrees on measures, in the own name, and stay as they are', async () => {
    const agree = (who: Who): string =>
      insert('strata_term', {
        ...{ id: NOW_AND_ID.id, starts_on: '2026-01-01', by_sex: 'true', by_zip3: 'false', agreed_with: 'x', agreed_at: '2026-03-02' },
        agreed_by: of(who).user_id,
      })
    expect(await by('administrator', agree('administrator'))).toBe(DENIED)
    expect(await by('alderClinician', agree('alderClinician'))).toBe(DENIED)
    expect(await by('analyst', agree('administrator'))).toBe(DENIED)
    expect(await by('analyst', agree('analyst'))).toEqual([])
    expect(await by('analyst', `update strata_term set by_sex = false`)).toBe(DENIED)
    for (const table of ['stratum_score', 'shown_stratum']) expect(await by('analyst', `delete from ${table}`)).toBe(DENIED)
  })

  test('a run is wished for over a calendar year; what it reads and computes with is not for whoever wishes', async () => {
    const wish = (start: string, end: string, more = '', values = '') =>
      `insert into metric_run (id, region_id, period_start, period_end, package_hashes, state, idempotency_key, requested_by, requested_at${more})
       select uuidv7(), id, '${start}', '${end}', '{}', 'queued', uuidv7()::text, current_setting('commons.user_id')::uuid, now()${values}
         from region`
    const [year, dayLess] = [['2025-01-01', '2025-12-31'], ['2025-01-02', '2025-12-31']] as const // prettier-ignore
    expect(await by('administrator', wish(...year))).toEqual([])
    expect(await by('administrator', wish(...dayLess))).toBe(CHECK_VIOLATION)
    expect(await by('administrator', wish('2025-01-01', '2026-01-01'))).toBe(CHECK_VIOLATION)
    for (const [column, value] of [
      ['watermark', '1'],
      ['live_of', 'uuidv7()'],
      ['strata', `'{}'`],
    ])
      // prettier-ignore
      expect({ column, got: await by('administrator', wish(...year, `, ${column}`, `, ${value}`)) }).toEqual({ column, got: DENIED })
  })

  test('who reads figures does not read who asked for their run, under which key, or why one failed', async () => {
    const settings = { payer_id: api.world.payers.pine, practice_id: api.world.practices.alder, practice_ids: '{}' }
    for (const role of ['payer', 'practice', 'care_manager', 'patient'])
      for (const column of ['requested_by', 'idempotency_key', 'failure'])
        expect({ role, column, got: await as(`commons_${role}`, settings, `select ${column} from metric_run`) }).toEqual({
          role,
          column,
          got: DENIED,
        })
    expect(await as('commons_payer', settings, `select id from metric_run where state = 'published'`)).toHaveLength(1)
  })
})
