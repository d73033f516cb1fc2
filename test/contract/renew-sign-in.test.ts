import { mailRenewed } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { ACCEPT, BEGIN, BEHIND, JOIN, PASSWORD, renewalsAt, type Sent } from '../support/renewals.ts'
import { totpCode } from '../support/totp-code.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let owner: Caller
beforeEach(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  owner = await api.signedIn('alderAdministrator')
})
afterEach(() => api.close())
const { renew, membershipOf, later, letterOf, plantFactors, factorsOf, choose, signIn } = renewalsAt(() => api)

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
