import { mailInvitation, mailRenewed } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { totpCode } from '../support/totp-code.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let owner: Caller
beforeEach(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  owner = await api.signedIn('alderAdministrator')
})
afterEach(() => api.close())

const LETTER = `__typename ... on Invitation { id renews email expiresAt sentAt invitedBy } ... on Refused { code message }`
const BEHIND = `query ($token: String!) { invitationBehind(token: $token) {
  __typename ... on InvitationRead { name email renews asksBirthDate invitedBy organization expiresAt } ... on Refused { code } } }`
const BEGIN = `mutation ($token: String!, $birthDate: Day) { beginAcceptance(token: $token, birthDate: $birthDate) {
  __typename ... on AcceptanceBegun { secret } ... on Refused { code } } }`
const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  __typename ... on InvitationAccepted { recoveryCodes viewer { user { id email } membership { id role } patientId } } ... on Refused { code } } }`
const JOIN = 'mutation ($token: String!) { joinByInvitation(token: $token) { __typename ... on Refused { code } } }'
const PASSWORD = 'my own and newest way'

interface Sent {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
}

let wishes = 0
const renew = async (caller: Caller, membershipId: string, idempotencyKey = `renewal-${++wishes}`) =>
  (
    await caller.ask(`mutation ($input: RenewSignInInput!) { renewSignIn(input: $input) { ${LETTER} } }`, {
      input: { membershipId, idempotencyKey },
    })
  ).data.renewSignIn
const membershipOf = async (user: UserKey): Promise<string> =>
  (await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [api.world.users[user].email]))[0]!
    .id
const later = (minutes: number) => api.setNow(new Date(Date.parse(NOW) + minutes * 60_000).toISOString())

/** The letter of an invitation as it leaves, and the token in it. */
async function letterOf(invitationId: string): Promise<Sent & { readonly token: string }> {
  const letters: Sent[] = []
  const mail = { send: (letter: Sent) => Promise.resolve(void letters.push(letter)) }
  await mailInvitation(api.world.database, { mail, clock: clockAt(NOW), publicUrl: 'https://commons.example' }, invitationId)
  expect(letters).toHaveLength(1)
  return { ...letters[0]!, token: /join#([\w-]+)/.exec(letters[0]!.text)![1]! }
}

/** What the person has, and a second factor whose secret nobody here knows. */
async function plantFactors(email: string): Promise<string> {
  const [{ id }] = (await api.sql('select id from app_user where email = $1', [email])) as [{ id: string }]
  await api.sql(
    `insert into totp_authenticator (id, user_id, label, secret, last_step, created_at) values (uuidv7(), $1, 'lost', '\\x00', 0, now())`,
    [id],
  )
  await api.sql(
    `insert into passkey (id, user_id, credential_id, public_key, sign_count, transports, label, created_at)
     values (uuidv7(), $1, $2, '\\x00', 0, '{}', 'lost', now())`,
    [id, newId()],
  )
  await api.sql(`insert into recovery_code (code_hash, user_id) values (sha256(uuid_send($1::uuid)), $1)`, [id])
  return id
}
const factorsOf = async (userId: string) =>
  (
    await api.sql(
      `select (select count(*)::int from session where user_id = $1) as sessions, (select count(*)::int from passkey where user_id = $1) as passkeys,
              (select array_agg(label) from totp_authenticator where user_id = $1) as apps,
              (select count(*)::int from recovery_code where user_id = $1) as codes,
              (select count(*)::int from sign_in_challenge where user_id = $1) as questions`,
      [userId],
    )
  )[0]

async function choose(caller: Caller, token: string, birthDate: string | null = null): Promise<object> {
  const begun = (await caller.ask(BEGIN, { token, birthDate })).data.beginAcceptance
  if (begun.__typename === 'Refused') return begun
  const input = { token, birthDate, password: PASSWORD, code: totpCode(begun.secret, new Date(NOW)) }
  return (await caller.ask(ACCEPT, { input })).data.acceptInvitation
}
const signIn = async (email: string, password: string) =>
  (await api.caller().ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename

test('whoever lost every way in chooses new ones by a link that went to nobody else; the old ones end, and she is told', async () => {
  const { email, password } = api.world.users.alderClinician
  const before = await api.signedIn('alderClinician')
  const userId = await plantFactors(email)
  const membership = await membershipOf('alderClinician')
  const asked = await renew(owner, membership)
  expect(asked).toMatchObject({ renews: membership, email, sentAt: null, expiresAt: '2026-03-03T15:00:00.000Z', invitedBy: 'Ada Alder' })
  const { id } = asked
  expect(JSON.stringify(asked)).not.toMatch(/token/)
  expect(await api.sql('select name, practice_id from job where subject_id = $1', [id])).toEqual([
    { name: 'mail.invitation', practice_id: null },
  ])
  const waiting =
    '{ invitations { edges { node { id renews } } } organization(id: "' + api.world.practices.alder + '") { invitationCount } }'
  expect((await owner.ask(waiting)).data).toEqual({
    invitations: { edges: [{ node: { id, renews: membership } }] },
    organization: { invitationCount: 0 },
  })

  const { token, to, subject, text } = await letterOf(id)
  expect({ to, subject }).toEqual({ to: { name: 'Casey Alder', address: email }, subject: 'Choose new ways to sign in to CareCommons' })
  expect(text).toContain('Ada Alder of Alder Family Practice')
  expect(text.split('\n').every((line) => line.length < 76)).toBe(true)
  const stranger = api.caller()
  expect((await stranger.ask(BEHIND, { token })).data.invitationBehind).toMatchObject({
    name: 'Casey Alder',
    email,
    renews: true,
    asksBirthDate: false,
    invitedBy: 'Ada Alder',
  })
  // Until she chooses, all is as it was.
  expect((await before.ask('{ me { user { id } } }')).errors).toEqual([])
  expect((await before.ask(JOIN, { token })).data.joinByInvitation).toMatchObject({ code: 'RenewalOnly' })

  const pending = api.caller()
  expect((await pending.ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('SecondStep')
  const done = await choose(stranger, token)
  expect(done).toMatchObject({ viewer: { user: { id: userId, email }, membership: { id: membership, role: 'clinician' } } })
  expect((done as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10)
  expect(await factorsOf(userId)).toEqual({ sessions: 1, passkeys: 0, apps: ['Authenticator app'], codes: 10, questions: 0 })
  expect((await stranger.ask('{ patients { totalCount } }')).errors).toEqual([])
  expect((await before.ask('{ patients { totalCount } }')).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  expect(await signIn(email, password)).toBe('Refused')
  expect(await signIn(email, PASSWORD)).toBe('SecondStep')
  expect(await choose(api.caller(), token)).toMatchObject({ code: 'InvitationOver' })

  expect(await api.sql(`select name, state, practice_id from job where subject_id = $1 and name = 'mail.renewed'`, [id])).toEqual([
    { name: 'mail.renewed', state: 'queued', practice_id: null },
  ])
  const told: Sent[] = []
  await mailRenewed(api.world.database, { mail: { send: (letter) => Promise.resolve(void told.push(letter)) } }, id)
  expect(told).toMatchObject([{ to: { address: email }, subject: 'You sign in to CareCommons in a new way' }])
  expect(told[0]!.text).not.toMatch(/join#/)
  expect(
    await api.sql(
      `select action, subject, user_id, practice_id, subject_ids from audit_event where $1 = any (subject_ids) order by at, id`,
      [id],
    ),
  ).toEqual([
    expect.objectContaining({
      action: 'update',
      subject: 'Membership',
      practice_id: api.world.practices.alder,
      subject_ids: [membership, id],
    }),
    expect.objectContaining({ action: 'renew-sign-in', subject: 'Session', user_id: userId, subject_ids: [id, membership] }),
  ])
})

test('asked again within a minute nothing leaves; later the older link ends, and five letters a day are all', async () => {
  const membership = await membershipOf('alderStaff')
  const first = await renew(owner, membership, 'the-very-same-wish')
  const { token } = await letterOf(first.id)
  expect((await renew(owner, membership, 'the-very-same-wish')).id).toBe(first.id)
  expect(await renew(owner, membership)).toMatchObject({ code: 'SentJustNow' })
  const resent = await owner.ask(`mutation ($id: ID!) { resendInvitation(id: $id) { __typename ... on Refused { code } } }`, {
    id: first.id,
  })
  expect(resent.data.resendInvitation).toMatchObject({ code: 'RenewAnew' })
  later(2)
  const both = await Promise.all([renew(owner, membership), renew(owner, membership)])
  expect(both.map((one) => one.code ?? one.__typename).sort()).toEqual(['Invitation', 'SentJustNow'])
  expect((await api.caller().ask(BEHIND, { token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
  for (const minutes of [4, 4.5, 4.9]) {
    later(minutes)
    await api.sql(`update invitation set created_at = created_at - interval '2 minutes' where renews = $1`, [membership])
    expect(await renew(owner, membership)).toMatchObject({ __typename: 'Invitation' })
  }
  await api.sql(`update invitation set created_at = created_at - interval '2 minutes' where renews = $1`, [membership])
  expect(await renew(owner, membership)).toMatchObject({ code: 'LettersUsedUp' })
  const [{ open }] = (await api.sql('select id as open from invitation where renews = $1 and revoked_at is null', [membership])) as [
    { open: string },
  ]
  const withdrawn = await letterOf(open)
  await owner.ask(`mutation ($id: ID!) { withdrawInvitation(id: $id) { __typename } }`, { id: open })
  expect((await api.caller().ask(BEHIND, { token: withdrawn.token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
})

test('of two answers to one link at once one counts; and with the membership ends its link, mailed or not', async () => {
  const membership = await membershipOf('alderClinician')
  const { token } = await letterOf((await renew(owner, membership)).id)
  const outcomes = await Promise.all([choose(api.caller(), token), choose(api.caller(), token)])
  expect(outcomes.map((one) => ('code' in one ? one.code : 'in')).sort()).toEqual(['InvitationOver', 'in'])

  const staff = await membershipOf('alderStaff')
  const mailed = await letterOf((await renew(owner, staff)).id)
  later(2)
  const unmailed = (await renew(owner, staff)).id
  await api.sql('update membership set ended_at = $2 where id = $1', [staff, NOW])
  const letters: Sent[] = []
  const mail = { send: (letter: Sent) => Promise.resolve(void letters.push(letter)) }
  await mailInvitation(api.world.database, { mail, clock: clockAt(NOW), publicUrl: 'https://commons.example' }, unmailed)
  expect(letters).toEqual([])
  expect((await api.caller().ask(BEHIND, { token: mailed.token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
  expect(await renew(owner, staff)).toMatchObject({ code: 'MembershipEnded' })
  await api.sql('update membership set ended_at = null where id = $1', [staff])
  const live = await letterOf(unmailed)
  await api.sql('update membership set ended_at = $2 where id = $1', [staff, NOW])
  expect(await choose(api.caller(), live.token)).toMatchObject({ code: 'InvitationOver' })
})

test('what was asked of a browser for one link is no answer to another', async () => {
  const mine = await letterOf((await renew(owner, await membershipOf('alderClinician'))).id)
  const other = await letterOf((await renew(owner, await membershipOf('alderStaff'))).id)
  const caller = api.caller()
  const { secret } = (await caller.ask(BEGIN, { token: mine.token })).data.beginAcceptance
  const input = { token: other.token, password: PASSWORD, code: totpCode(secret, new Date(NOW)) }
  expect((await caller.ask(ACCEPT, { input })).data.acceptInvitation).toMatchObject({ code: 'EnrolmentEnded' })

  const invited = await owner.ask(`mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { ... on Invitation { id } } }`, {
    input: {
      organizationId: api.world.practices.alder,
      role: 'clinician',
      name: 'Nia New',
      email: 'nia.new@example.org',
      idempotencyKey: 'invitation-1',
    },
  })
  const asked = await letterOf(invited.data.inviteMember.id)
  const again = (await caller.ask(BEGIN, { token: mine.token })).data.beginAcceptance
  const theirs = { token: asked.token, password: PASSWORD, code: totpCode(again.secret, new Date(NOW)) }
  expect((await caller.ask(ACCEPT, { input: theirs })).data.acceptInvitation).toMatchObject({ code: 'EnrolmentEnded' })
  expect(await signIn(api.world.users.alderClinician.email, api.world.users.alderClinician.password)).not.toBe('Refused')
})

test('a person of two organizations: the link goes to her alone, and choosing ends what the other organization sent', async () => {
  const { email } = api.world.users.pineAnalyst
  const elsewhere = newId()
  await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on) select $1, id, $2, 'clinician', '2020-01-01' from app_user where email = $3`,
    [elsewhere, api.world.practices.alder, email],
  )
  const region = await api.signedIn('administrator')
  const [atPine] = (await api.sql(
    `select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1 and m.organization_id = $2`,
    [email, api.world.payers.pine],
  )) as [{ id: string }]
  const ofPine = await letterOf((await renew(region, atPine.id)).id)
  const ofAlder = await letterOf((await renew(owner, elsewhere)).id)
  expect([ofPine.to.address, ofAlder.to.address]).toEqual([email, email])
  const outcomes = await Promise.all([choose(api.caller(), ofPine.token), choose(api.caller(), ofAlder.token)])
  expect(outcomes.map((one) => ('code' in one ? one.code : 'in')).sort()).toEqual(['InvitationOver', 'in'])
})

test('who proved the old password while new ways were chosen does not come in, and does not change it either', async () => {
  const { email, password } = api.world.users.alderStaff
  const membership = await membershipOf('alderStaff')
  const { id } = await renew(owner, membership)
  const desk = await api.signedIn('alderStaff')
  const [{ user_id: userId }] = (await api.sql('select user_id from membership where id = $1', [membership])) as [{ user_id: string }]
  /** Choosing holds the person; whoever has been asking meanwhile waits. */
  const meanwhile = async <T>(ask: Promise<T>, happens: string, values: readonly unknown[]): Promise<T> => {
    for (const end = Date.now() + 20_000; ;) {
      const [{ waiting }] = (await api.sql(`select count(*)::int as waiting from pg_locks where not granted`)) as [{ waiting: number }]
      if (waiting > 0) break
      if (Date.now() > end) throw new Error('Nobody waits.')
    }
    await api.sql(happens, values)
    await api.sql('commit')
    return ask
  }
  const hold = async () => {
    await api.sql('begin')
    await api.sql('select from app_user where id = $1 for update', [userId])
  }
  await hold()
  const change = desk.ask(
    'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on Refused { code } } }',
    {
      input: { current: password, next: 'the old and stolen way' },
    },
  )
  const changed = await meanwhile(change, 'delete from session where user_id = $1', [userId])
  expect(changed.data.changePassword).toEqual({ __typename: 'Refused', code: 'SessionEnded' })
  expect(await signIn(email, password)).toBe('Viewer')
  await hold()
  const chosen = await meanwhile(signIn(email, password), 'update invitation set accepted_at = $2, accepted_as = renews where id = $1', [
    id,
    NOW,
  ])
  expect(chosen).toBe('Refused')
})

test('who may: of a practice its administrator, and of that one also the region; nobody for themselves, and a foreign id is like none', async () => {
  const region = await api.signedIn('administrator')
  expect(await renew(owner, await membershipOf('alderAdministrator'))).toMatchObject({ code: 'OwnMembership' })
  expect(await renew(region, await membershipOf('administrator'))).toMatchObject({ code: 'OwnMembership' })
  expect(await renew(region, await membershipOf('alderAdministrator'))).toMatchObject({ __typename: 'Invitation' })
  expect(await renew(region, await membershipOf('careManager'))).toMatchObject({ __typename: 'Invitation' })
  expect(await renew(region, await membershipOf('pineAnalyst'))).toMatchObject({ __typename: 'Invitation' })
  expect(await renew(region, await membershipOf('alderClinician'))).toMatchObject({ code: 'RenewalNotYours' })
  const foreign = [
    await membershipOf('birchClinician'),
    await membershipOf('careManager'),
    await membershipOf('alderPatient'),
    newId(),
    'x',
  ]
  const answers = await Promise.all(foreign.map((id) => renew(owner, id)))
  expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
  expect(answers[0]).toMatchObject({ code: 'MembershipMissing' })
  for (const user of ['alderClinician', 'alderStaff', 'analyst', 'careManager'] as const) {
    const { errors } = await (
      await api.signedIn(user)
    ).ask(`mutation ($input: RenewSignInInput!) { renewSignIn(input: $input) { __typename } }`, {
      input: { membershipId: await membershipOf('alderStaff'), idempotencyKey: 'not-permitted' },
    })
    expect({ user, code: errors[0]?.extensions['code'] }).toEqual({ user, code: 'FORBIDDEN' })
  }
})

describe('a patient who signs in', () => {
  const SIGN = `__typename ... on PatientSignIn { id state email sentAt expiresAt } ... on Refused { code }`
  const renewPatient = async (caller: Caller, id: string, idempotencyKey = `patients-${++wishes}`) => {
    const { data, errors } = await caller.ask(
      `mutation ($input: RenewPatientSignInInput!) { renewPatientSignIn(input: $input) { ${SIGN} } }`,
      { input: { id, idempotencyKey } },
    )
    return data?.renewPatientSignIn ?? errors[0]!.extensions['code']
  }

  test('says the birth date again, and the practice alone sees that she was asked', async () => {
    const id = await membershipOf('alderPatient')
    const [{ born, chart }] = (await api.sql(
      `select p.birth_date::text as born, p.id as chart from membership m join patient p on p.practice_id = m.organization_id and p.id = m.patient_id where m.id = $1`,
      [id],
    )) as [{ born: string; chart: string }]
    expect(await renewPatient(await api.signedIn('alderStaff'), id)).toBe('FORBIDDEN')
    const birch = await api.signedIn('administrator')
    expect([await renewPatient(birch, id), await renewPatient(birch, newId()), await renewPatient(owner, 'x')]).toEqual(
      [1, 2, 3].map(() => ({ __typename: 'Refused', code: 'SignInMissing' })),
    )
    const asked = await renewPatient(owner, id)
    expect(asked).toMatchObject({ id, state: 'ACTIVE', expiresAt: '2026-03-03T15:00:00.000Z' })
    const { data } = await owner.ask(
      `{ patientSignIns { edges { node { patientId signIn { id state } } } } patientSignIn(patientId: "${chart}") { id } }`,
    )
    expect(data.patientSignIns.edges.filter((one: { node: { patientId: string } }) => one.node.patientId === chart)).toHaveLength(1)
    expect(data.patientSignIn).toEqual({ id })
    const [{ invitation }] = (await api.sql('select id as invitation from invitation where renews = $1', [id])) as [{ invitation: string }]
    const { token, to, text } = await letterOf(invitation)
    expect(to).toEqual({ name: '', address: api.world.users.alderPatient.email })
    expect(text).not.toContain('Canaryalder')
    expect((await api.caller().ask(BEHIND, { token })).data.invitationBehind).toMatchObject({
      name: null,
      renews: true,
      asksBirthDate: true,
    })
    expect(await choose(api.caller(), token)).toMatchObject({ code: 'BirthDateNeeded' })
    expect(await choose(api.caller(), token, '1900-01-01')).toMatchObject({ code: 'BirthDateWrong' })
    expect(await choose(api.caller(), token, born)).toMatchObject({ viewer: { patientId: chart, membership: { id, role: 'patient' } } })
    expect(await signIn(api.world.users.alderPatient.email, api.world.users.alderPatient.password)).toBe('Refused')
    expect(
      await api.sql(`select action, subject, practice_id from audit_event where $1 = any (subject_ids) and action = 'update'`, [
        invitation,
      ]),
    ).toEqual([{ action: 'update', subject: 'PatientSignIn', practice_id: api.world.practices.alder }])
  })

  test('whose sign-in ended has no link, and can be asked in anew beside one that was open', async () => {
    const id = await membershipOf('alderPatient')
    await renewPatient(owner, id)
    const [{ invitation, chart }] = (await api.sql('select id as invitation, patient_id as chart from invitation where renews = $1', [
      id,
    ])) as [{ invitation: string; chart: string }]
    const { token } = await letterOf(invitation)
    await owner.ask('mutation ($id: ID!) { endPatientSignIn(id: $id) { __typename } }', { id })
    expect((await api.caller().ask(BEHIND, { token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
    expect(await renewPatient(owner, id)).toMatchObject({ code: 'SignInEnded' })
    const { data } = await owner.ask(`mutation ($input: InvitePatientInput!) { invitePatient(input: $input) { ${SIGN} } }`, {
      input: { patientId: chart, email: 'another.own@example.org', idempotencyKey: 'asked-in-anew' },
    })
    expect(data.invitePatient).toMatchObject({ __typename: 'PatientSignIn', state: 'INVITED' })
  })
})
