import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let region: Caller
let alder: Caller
beforeAll(async () => {
  api = await openTestApi()
  region = await api.signedIn('administrator')
  alder = await api.signedIn('alderAdministrator')
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const MISSING = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
const INVITATION = `__typename ... on Invitation { id role name email invitedBy expiresAt sentAt acceptedAt revokedAt organization { slug } } ... on Refused { code message }`
const MEMBER = `__typename ... on StaffMember { id name role endedAt isLive } ... on Refused { code message }`

let wishes = 0
const invite = async (caller: Caller, input: object) =>
  (
    await caller.ask(`mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { ${INVITATION} } }`, {
      input: {
        organizationId: api.world.practices.alder,
        role: 'clinician',
        name: 'Nia New',
        email: `nia.${wishes++}@example.org`,
        idempotencyKey: `invitation-${wishes}`,
        ...input,
      },
    })
  ).data.inviteMember
const resend = async (caller: Caller, id: string) =>
  (await caller.ask(`mutation ($id: ID!) { resendInvitation(id: $id) { ${INVITATION} } }`, { id })).data.resendInvitation
const withdraw = async (caller: Caller, id: string) =>
  (await caller.ask(`mutation ($id: ID!) { withdrawInvitation(id: $id) { ${INVITATION} } }`, { id })).data.withdrawInvitation
const changeRole = async (caller: Caller, membershipId: string, from: string, role: string) =>
  (
    await caller.ask(`mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { ${MEMBER} } }`, {
      input: { membershipId, from, role },
    })
  ).data.changeRole
const end = async (caller: Caller, id: string) =>
  (await caller.ask(`mutation ($id: ID!) { endMembership(id: $id) { ${MEMBER} } }`, { id })).data?.endMembership
const membershipOf = async (user: UserKey): Promise<string> =>
  (
    await api.sql(`select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1 order by m.id`, [
      api.world.users[user].email,
    ])
  )[0]!['id']
/** What happened; refusals are noted beside it. */
const eventsOn = (id: string) =>
  api.sql(`select action, subject, practice_id from audit_event where $1 = any (subject_ids) and outcome = 'allowed' order by id`, [id])

describe('inviting', () => {
  test('leaves an invitation without a token, one ledger row for its mail, and a note', async () => {
    const made = await invite(alder, { email: ' Nia.New@Example.org ' })
    expect(made).toEqual({
      __typename: 'Invitation',
      id: made.id,
      role: 'clinician',
      name: 'Nia New',
      email: 'nia.new@example.org',
      invitedBy: 'Ada Alder',
      expiresAt: '2026-03-09T15:00:00.000Z',
      sentAt: null,
      acceptedAt: null,
      revokedAt: null,
      organization: { slug: 'alder' },
    })
    expect(await api.sql('select name, state, practice_id from job where subject_id = $1', [made.id])).toEqual([
      { name: 'mail.invitation', state: 'queued', practice_id: null },
    ])
    expect(await api.sql('select token_hash from invitation where id = $1', [made.id])).toEqual([{ token_hash: null }])
    expect(await eventsOn(made.id)).toEqual([{ action: 'create', subject: 'Membership', practice_id: api.world.practices.alder }])
    expect(await invite(alder, { email: 'nia.new@example.org' })).toMatchObject({ code: 'InvitedAlready' })
    // The same person may be asked to another role.
    expect(await invite(alder, { email: 'nia.new@example.org', role: 'practice-staff' })).toMatchObject({ role: 'practice-staff' })
  })

  test('once per key, at once or again; another wish under the key is a conflict', async () => {
    const input = { email: 'once@example.org', idempotencyKey: 'invite-once-only' }
    const made = await Promise.all(Array.from({ length: 4 }, () => invite(alder, input)))
    expect(new Set(made.map(({ id }) => id)).size).toBe(1)
    expect(await api.sql('select 1 from job where subject_id = $1', [made[0].id])).toHaveLength(1)
    expect(await eventsOn(made[0].id)).toHaveLength(1)
    expect(await invite(alder, { ...input, role: 'practice-staff' })).toMatchObject({ code: 'IdempotencyKeyReused' })
    // A key is its maker's own.
    const birch = await api.signedIn('birchAdministrator')
    expect(await invite(birch, { ...input, organizationId: api.world.practices.birch })).toMatchObject({ __typename: 'Invitation' })
  })

  test.each([
    ['EmailUnusable', { email: 'nobody' }],
    ['EmailUnusable', { email: 'a@b' }],
    ['EmailUnusable', { email: 'a b@example.org' }],
    ['EmailUnusable', { email: 'x@example.org\nbcc: y@example.org' }],
    ['TextUnusable', { name: 'Nia\nBcc: all@example.org' }],
    ['TextUnusable', { name: '' }],
    ['RoleNotGrantable', { role: 'region-administrator' }],
    ['RoleNotGrantable', { role: 'care-manager' }],
    ['RoleNotGrantable', { role: 'patient' }],
    ['RoleNotGrantable', { role: 'feed-system' }],
    ['RoleNotGrantable', { role: '__proto__' }],
    ['OwnInvitation', { email: 'ada.alder@example.org', role: 'clinician' }],
    ['RoleHeldAlready', { email: 'casey.alder@example.org', role: 'clinician' }],
    ['OrganizationMissing', { organizationId: MISSING }],
    ['OrganizationMissing', { organizationId: 'x' }],
  ])('%s is told and leaves nothing: %j', async (code, input) => {
    const before = await api.sql('select (select count(*) from invitation)::int as invitations, (select count(*) from job)::int as jobs')
    expect(await invite(alder, input)).toMatchObject({ __typename: 'Refused', code })
    expect(await api.sql('select (select count(*) from invitation)::int as invitations, (select count(*) from job)::int as jobs')).toEqual(
      before,
    )
  })

  test('another organization answers like a missing one', async () => {
    const missing = await invite(alder, { organizationId: MISSING })
    for (const organizationId of [api.world.practices.birch, api.world.payers.pine, api.world.coordinatingBody])
      expect(await invite(alder, { organizationId })).toEqual(missing)
  })

  test('the region asks in staff, payer people and the first administrator of a practice, and nobody after', async () => {
    const { coordinatingBody, payers, practices } = api.world
    for (const role of ['care-manager', 'auditor', 'region-administrator', 'workforce-manager'])
      expect(await invite(region, { organizationId: coordinatingBody, role })).toMatchObject({ __typename: 'Invitation', role })
    expect(await invite(region, { organizationId: payers.pine, role: 'payer-analyst' })).toMatchObject({ __typename: 'Invitation' })
    expect(
      await invite(region, { organizationId: coordinatingBody, role: 'care-manager', email: 'robin.region@example.org' }),
    ).toMatchObject({
      code: 'OwnInvitation',
    })
    for (const role of ['clinician', 'practice-administrator', 'practice-staff'])
      expect(await invite(region, { organizationId: practices.alder, role })).toMatchObject({ code: 'RoleNotGrantable' })
    expect(await invite(region, { organizationId: practices.cedar, role: 'clinician' })).toMatchObject({ code: 'RoleNotGrantable' })
    const first = await invite(region, { organizationId: practices.cedar, role: 'practice-administrator' })
    expect(first).toMatchObject({ __typename: 'Invitation' })
    // A second one waits until the first is withdrawn, or has run out.
    const second = { organizationId: practices.cedar, role: 'practice-administrator' }
    expect(await invite(region, second)).toMatchObject({ code: 'RoleNotGrantable' })
    await withdraw(region, first.id)
    expect(await invite(region, second)).toMatchObject({ __typename: 'Invitation' })
  })

  test('is sent again after a minute, withdrawn once, and closed when it was accepted', async () => {
    const { id } = await invite(alder, {})
    expect(await resend(alder, id)).toMatchObject({ code: 'SentJustNow' })
    api.setNow('2026-03-02T15:05:00Z')
    expect(await resend(alder, id)).toMatchObject({ expiresAt: '2026-03-09T15:05:00.000Z' })
    expect(await api.sql('select 1 from job where subject_id = $1', [id])).toHaveLength(2)
    expect((await withdraw(alder, id)).revokedAt).toBe('2026-03-02T15:05:00.000Z')
    expect(await withdraw(alder, id)).toMatchObject({ code: 'InvitationWithdrawn' })
    expect(await resend(alder, id)).toMatchObject({ code: 'InvitationWithdrawn' })
    expect((await eventsOn(id)).map(({ action }) => action)).toEqual(['create', 'create', 'end'])
    const accepted = await invite(alder, {})
    await api.sql('update invitation set accepted_at = now() where id = $1', [accepted.id])
    expect(await withdraw(alder, accepted.id)).toMatchObject({ code: 'InvitationAccepted' })
  })

  test('a foreign invitation answers like a missing one, and stays as it is', async () => {
    const birch = await api.signedIn('birchAdministrator')
    const { id } = await invite(alder, {})
    for (const act of [resend, withdraw]) {
      const missing = await act(birch, MISSING)
      expect(missing).toMatchObject({ code: 'InvitationMissing' })
      expect(await act(birch, id)).toEqual(missing)
      expect(await act(birch, 'x')).toEqual(missing)
    }
    expect(await api.sql('select revoked_at from invitation where id = $1', [id])).toEqual([{ revoked_at: null }])
    const { data } = await birch.ask('query ($id: ID!) { invitations(organizationId: $id) { totalCount edges { node { id } } } }', {
      id: api.world.practices.alder,
    })
    expect(data.invitations).toEqual({ totalCount: 0, edges: [] })
  })

  test('a practice asks the queue for mails of its own invitations and for nothing else, whatever it says in SQL', async () => {
    const { id } = await invite(region, { organizationId: api.world.payers.quill, role: 'payer-analyst' })
    const rows = [
      ['mail.invitation', id, null],
      ['measures.run', id, null],
      ['mail.invitation', null, api.world.practices.birch],
    ]
    for (const [name, subject, practice] of rows) {
      await api.sql('begin')
      await api.sql('set local role commons_practice')
      await api.sql(`select set_config('commons.organization_id', $1, true)`, [api.world.practices.alder])
      await expect(
        api.sql(`insert into job (id, name, subject_id, practice_id, state, created_at) values (uuidv7(), $1, $2, $3, 'queued', now())`, [
          name,
          subject,
          practice,
        ]),
      ).rejects.toThrow('row-level security')
      await api.sql('rollback')
    }
  })
})

describe('people', () => {
  const PEOPLE = `query ($organizationId: ID, $kind: OrganizationKind, $ended: Boolean, $search: String) {
    people(organizationId: $organizationId, kind: $kind, ended: $ended, search: $search) { edges { node {
      id name email role organization { slug } startsOn lastSignedInAt isLive viewerCan { changeRoleTo end } } } } }`
  type Person = { name: string; viewerCan: object }
  const peopleOf = async (caller: Caller, variables: object = {}): Promise<Person[]> =>
    (await caller.ask(PEOPLE, variables)).data.people.edges.map(({ node }: { node: Person }) => node)
  const namesOf = async (caller: Caller, variables: object = {}): Promise<string[]> =>
    (await peopleOf(caller, variables)).map(({ name }) => name)

  test('a practice lists its own, the region everybody; patients are nowhere', async () => {
    expect(await namesOf(alder)).toEqual(['Ada Alder', 'Casey Alder', 'Quinta Alder', 'Stef Alder'])
    expect(await namesOf(alder, { organizationId: api.world.practices.birch })).toEqual([])
    expect(await namesOf(region, { organizationId: api.world.practices.birch })).toEqual(['Ben Birch', 'Casey Birch'])
    expect(await namesOf(region, { kind: 'PAYER' })).toEqual(['Pat Pine', 'Quinn Quill'])
    expect(await namesOf(region)).toHaveLength(15)
  })

  test('a row says when somebody last came in and what the reader may do with it', async () => {
    const rows = Object.fromEntries((await peopleOf(alder)).map((row) => [row.name, row]))
    expect(rows['Ada Alder']).toMatchObject({ lastSignedInAt: '2026-03-02T15:00:00.000Z', viewerCan: { changeRoleTo: [], end: false } })
    expect(rows['Stef Alder']).toMatchObject({
      role: 'practice-staff',
      lastSignedInAt: null,
      viewerCan: { changeRoleTo: ['practice-administrator', 'clinician', 'practice-quality-lead'], end: true },
    })
    const seen = await peopleOf(region, { organizationId: api.world.practices.alder })
    expect(seen[0]!.viewerCan).toEqual({ changeRoleTo: [], end: true })
  })

  test('a new role holds from the next request of the same session; of two changes at once the second is told', async () => {
    const staff = await api.signedIn('alderStaff')
    const id = await membershipOf('alderStaff')
    const clinical = () => staff.ask('{ patients(first: 1) { edges { node { problems { text } } } } }')
    expect((await clinical()).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    const both = await Promise.all([
      changeRole(alder, id, 'practice-staff', 'clinician'),
      changeRole(alder, id, 'practice-staff', 'practice-quality-lead'),
    ])
    expect(both.map(({ code }) => code).sort()).toEqual(['ChangedMeanwhile', undefined])
    expect((await clinical()).errors).toEqual([])
    const now = both.find(({ role }) => role).role
    expect(await changeRole(alder, id, now, now)).toMatchObject({ code: 'RoleHeldAlready' })
    expect(await changeRole(alder, id, now, 'practice-staff')).toMatchObject({ role: 'practice-staff' })
    expect((await clinical()).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect(await eventsOn(id)).toContainEqual({ action: 'update', subject: 'Membership', practice_id: api.world.practices.alder })
  })

  test('hardening 16: nobody changes or ends their own role, by whatever spelling', async () => {
    for (const [user, caller] of [
      ['administrator', region],
      ['alderAdministrator', alder],
    ] as const) {
      const id = await membershipOf(user)
      const role = user === 'administrator' ? 'region-administrator' : 'practice-administrator'
      expect(await changeRole(caller, id, role, 'clinician')).toMatchObject({ code: 'OwnMembership' })
      expect(await end(caller, id)).toMatchObject({ code: 'OwnMembership' })
      expect(await api.sql('select role, ended_at from membership where id = $1', [id])).toEqual([{ role, ended_at: null }])
    }
  })

  test.each([
    ['a role of another kind of organization', 'alderClinician', 'clinician', 'region-administrator'],
    ['care management', 'alderClinician', 'clinician', 'care-manager'],
    ['a system', 'alderClinician', 'clinician', 'feed-system'],
    ['no role', 'alderClinician', 'clinician', 'owner-of-everything'],
  ] as const)('nobody is given %s', async (_what, user, from, role) => {
    expect(await changeRole(alder, await membershipOf(user), from, role)).toMatchObject({ code: 'RoleNotGrantable' })
  })

  test("the region changes no role inside a practice; that is the practice's own", async () => {
    const id = await membershipOf('alderClinician')
    for (const role of ['practice-administrator', 'practice-staff'])
      expect(await changeRole(region, id, 'clinician', role)).toMatchObject({ code: 'RoleNotGrantable' })
  })

  test('foreign memberships and patients answer like missing ones, and stay as they are', async () => {
    const missing = { role: await changeRole(alder, MISSING, 'clinician', 'practice-staff'), end: await end(alder, MISSING) }
    expect(missing).toMatchObject({ role: { code: 'MembershipMissing' }, end: { code: 'MembershipMissing' } })
    for (const id of [
      ...(await Promise.all((['birchClinician', 'careManager', 'pineAnalyst', 'alderPatient'] as const).map(membershipOf))),
      'x',
    ]) {
      expect(await changeRole(alder, id, 'clinician', 'practice-staff')).toEqual(missing.role)
      expect(await end(alder, id)).toEqual(missing.end)
    }
    expect(await api.sql('select 1 from membership where ended_at is not null')).toEqual([])
  })

  test('hardening 13: ending a membership ends its sessions at the next request, well within five seconds', async () => {
    const clinician = await api.signedIn('birchClinician')
    expect((await clinician.ask('{ patients { totalCount } }')).data.patients.totalCount).toBe(13)
    const administrator = await api.signedIn('birchAdministrator')
    const id = await membershipOf('birchClinician')
    const started = performance.now()
    expect(await end(administrator, id)).toMatchObject({ isLive: false, endedAt: '2026-03-02T15:00:00.000Z' })
    expect((await clinician.ask('{ patients { totalCount } }')).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
    expect(performance.now() - started).toBeLessThan(5000)
    expect((await clinician.ask('{ me { user { id } } }')).data.me).toBeNull()
    expect(await end(administrator, id)).toMatchObject({ code: 'MembershipEnded' })
    expect((await eventsOn(id)).map(({ action }) => action)).toEqual(['end'])
    expect(await namesOf(administrator)).toEqual(['Ben Birch'])
    expect(await namesOf(administrator, { ended: true })).toEqual(['Ben Birch', 'Casey Birch'])
  })

  test('names: of its people a practice, of its own and the payers the region, of oneself everybody; noted, and of two at once the second is told', async () => {
    const rename = async (caller: Caller, input: object) =>
      (
        await caller.ask(
          'mutation ($input: RenamePersonInput!) { renamePerson(input: $input) { __typename ... on StaffMember { name } ... on Refused { code } } }',
          { input },
        )
      ).data.renamePerson
    const id = await membershipOf('alderQualityLead')
    const [from, name] = ['Quinta Alder', 'Quinta Alder-Ash']
    const both = await Promise.all([rename(alder, { membershipId: id, from, name }), rename(alder, { membershipId: id, from, name: 'Q' })])
    expect(both.map(({ code }) => code).filter(Boolean)).toEqual(['ChangedMeanwhile'])
    const now = both.find(({ name: given }) => given).name
    expect(await rename(alder, { membershipId: id, from: now, name: '  Quinta   Alder ' })).toEqual({
      __typename: 'StaffMember',
      name: 'Quinta Alder',
    })
    expect(await eventsOn(id)).toEqual(
      [1, 2].map(() => ({ action: 'update', subject: 'Membership', practice_id: api.world.practices.alder })),
    )
    for (const unusable of ['', 'A\nB', 'x'.repeat(121)])
      expect(await rename(alder, { membershipId: id, from, name: unusable })).toMatchObject({ code: 'TextUnusable' })
    // Foreign and missing people answer alike; what is not hers to name, the region is told.
    const missing = await rename(alder, { membershipId: MISSING, from, name })
    expect(missing).toMatchObject({ code: 'MembershipMissing' })
    for (const user of ['birchClinician', 'careManager', 'alderPatient'] as const)
      expect(await rename(alder, { membershipId: await membershipOf(user), from, name })).toEqual(missing)
    expect(await rename(alder, { membershipId: await membershipOf('alderAdministrator'), from: 'Ada Alder', name })).toMatchObject({
      code: 'OwnMembership',
    })
    expect(await rename(region, { membershipId: id, from, name })).toMatchObject({ code: 'NameNotYours' })
    expect(await rename(region, { membershipId: await membershipOf('pineAnalyst'), from: 'Pat Pine', name: 'Pat Fir' })).toMatchObject({
      name: 'Pat Fir',
    })
    const analyst = await api.signedIn('pineAnalyst')
    const own = await analyst.ask('mutation { renameMyself(name: "Pat Pine") { __typename ... on Viewer { user { name } } } }')
    expect(own.data.renameMyself).toEqual({ __typename: 'Viewer', user: { name: 'Pat Pine' } })
    expect(await api.sql(`select count(*)::int as n from audit_event where action = 'rename' and outcome = 'allowed'`)).toEqual([{ n: 1 }])
  })

  test('the only administrator stays, also when two of them end each other at once', async () => {
    expect(await end(region, await membershipOf('birchAdministrator'))).toMatchObject({ code: 'LastAdministrator' })
    const second = await api.sql(
      `with added as (insert into app_user (id, name, email, created_at) values (uuidv7(), 'Bo Birch', 'bo.birch@example.org', now()) returning id),
       known as (insert into password_credential (user_id, password_hash, changed_at, stands_alone) select added.id, c.password_hash, now(), true from added, password_credential c join app_user u on u.id = c.user_id where u.email = 'ben.birch@example.org')
       insert into membership (id, user_id, organization_id, role, starts_on) select uuidv7(), id, $1, 'practice-administrator', '2020-01-01' from added returning id`,
      [api.world.practices.birch],
    )
    const bo = api.caller()
    await bo.ask('mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }', {
      input: { email: 'bo.birch@example.org', password: api.world.users.birchAdministrator.password },
    })
    const ben = await api.signedIn('birchAdministrator')
    const both = await Promise.all([end(bo, await membershipOf('birchAdministrator')), end(ben, second[0]!['id'])])
    expect(both.filter((one) => one?.__typename === 'StaffMember')).toHaveLength(1)
    const left = await api.sql(
      `select count(*)::int as n from membership where organization_id = $1 and role = 'practice-administrator' and ended_at is null`,
      [api.world.practices.birch],
    )
    expect(left).toEqual([{ n: 1 }])
  })

  test('who takes another role loses the practices that were assigned for the old one', async () => {
    const id = await membershipOf('careSupervisor')
    expect(await changeRole(region, id, 'care-supervisor', 'region-analyst')).toMatchObject({ role: 'region-analyst' })
    await changeRole(region, id, 'region-analyst', 'care-supervisor')
    const supervisor = await api.signedIn('careSupervisor')
    expect((await supervisor.ask('{ patients { totalCount } me { practiceIds } }')).data).toEqual({
      patients: { totalCount: 0 },
      me: { practiceIds: [] },
    })
  })
})
