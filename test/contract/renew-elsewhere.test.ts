// What goes on beside a letter that lets somebody choose new ways in: other organizations, and memberships that end.
import { mailInvitation, mailRenewed } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { BEHIND, JOIN, renewalsAt, type Sent } from '../support/renewals.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let owner: Caller
beforeEach(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  owner = await api.signedIn('alderAdministrator')
})
afterEach(() => api.close())
const { renew, membershipOf, later, letterOf, choose } = renewalsAt(() => api)

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

/** Pina works at Alder, too. */
async function atTwo(): Promise<{ readonly email: string; readonly atPine: string; readonly atAlder: string }> {
  const { email } = api.world.users.pineAnalyst
  const atAlder = newId()
  await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on) select $1, id, $2, 'clinician', '2020-01-01' from app_user where email = $3`,
    [atAlder, api.world.practices.alder, email],
  )
  return { email, atPine: await membershipOf('pineAnalyst'), atAlder }
}

test('a person of two organizations: the link goes to her alone, and choosing ends what the other organization sent', async () => {
  const { email, atPine, atAlder } = await atTwo()
  const region = await api.signedIn('administrator')
  const ofPine = await letterOf((await renew(region, atPine)).id)
  const ofAlder = await letterOf((await renew(owner, atAlder)).id)
  expect([ofPine.to.address, ofAlder.to.address]).toEqual([email, email])
  const outcomes = await Promise.all([choose(api.caller(), ofPine.token), choose(api.caller(), ofAlder.token)])
  expect(outcomes.map((one) => ('code' in one ? one.code : 'in')).sort()).toEqual(['InvitationOver', 'in'])
})

const MINE = '{ me { memberships { id } } }'
const CHARTS = '{ patients(first: 1) { totalCount } }'
const codeOf = async (caller: Caller, question: string, headers = {}): Promise<unknown> => {
  const { data, errors } = await caller.ask(question, {}, headers)
  return errors[0]?.extensions['code'] ?? Object.keys(data)
}
const ACT_AS = 'mutation ($id: ID!) { actAs(membershipId: $id) { __typename ... on Refused { code } } }'

test('what one organization asked for opens no other: there she acts again once that one has confirmed her, and its audit has it', async () => {
  const { atPine, atAlder } = await atTwo()
  const { id: asked } = await renew(await api.signedIn('administrator'), atPine)
  const caller = api.caller()
  expect(await choose(caller, (await letterOf(asked)).token)).toMatchObject({ viewer: { membership: { id: atPine } } })
  expect((await caller.ask(MINE)).data.me.memberships).toEqual([{ id: atPine }])
  expect((await caller.ask(ACT_AS, { id: atAlder })).data.actAs).toEqual({ __typename: 'Refused', code: 'MembershipUnknown' })
  expect(await codeOf(caller, CHARTS, { 'x-acting-as': atAlder })).toBe('FORBIDDEN')
  expect(
    await api.sql(
      `select outcome from audit_event where action = 'renew-sign-in' and membership_id = $1 and subject_ids = array[$1]::uuid[]`,
      [atAlder],
    ),
  ).toEqual([{ outcome: 'allowed' }])
  const told: Sent[] = []
  await mailRenewed(api.world.database, { mail: { send: (letter) => Promise.resolve(void told.push(letter)) } }, asked)
  expect(told[0]!.text).toContain('ask its administrator for a letter, and open it while you are signed in')

  // Alder sees that she waits; its letter, opened while signed in, lets her act there, and what she signs in with stays.
  const people = `{ people(search: "${api.world.users.pineAnalyst.email}") { edges { node { id isLive waitsSince } } } }`
  expect((await owner.ask(people)).data.people.edges).toEqual([
    { node: { id: atAlder, isLive: true, waitsSince: expect.any(String) as unknown } },
  ])
  const { token } = await letterOf((await renew(owner, atAlder)).id)
  expect((await caller.ask(BEHIND, { token })).data.invitationBehind).toMatchObject({ renews: true, confirms: true })
  const other = await api.signedIn('alderStaff')
  expect((await other.ask(JOIN, { token })).data.joinByInvitation).toMatchObject({ code: 'OtherAddress' })
  expect((await caller.ask(JOIN, { token })).data.joinByInvitation).toEqual({ __typename: 'Viewer' })
  expect((await caller.ask(CHARTS)).errors).toEqual([])
  expect((await caller.ask(JOIN, { token })).data.joinByInvitation).toMatchObject({ code: 'InvitationOver' })
  const memberships = (await caller.ask(MINE)).data.me.memberships.map(({ id }: { id: string }) => id)
  expect(memberships.toSorted()).toEqual([atPine, atAlder].toSorted())
  expect((await owner.ask(people)).data.people.edges[0].node.waitsSince).toBeNull()
})

test('whoever chooses anew by the letter of the other organization acts at that one, and no more at the first', async () => {
  const { atPine, atAlder } = await atTwo()
  const { token } = await letterOf((await renew(await api.signedIn('administrator'), atPine)).id)
  await choose(api.caller(), token)
  const caller = api.caller()
  expect(await choose(caller, (await letterOf((await renew(owner, atAlder)).id)).token)).toMatchObject({
    viewer: { membership: { id: atAlder } },
  })
  expect((await caller.ask(MINE)).data.me.memberships).toEqual([{ id: atAlder }])
})

test('with whoever asked goes the link: of an invitation and of new ways in; another sends it anew by asking anew', async () => {
  const renewed = await letterOf((await renew(owner, await membershipOf('alderClinician'))).id)
  const input = {
    ...{ organizationId: api.world.practices.alder, role: 'clinician', name: 'Nia New', email: 'nia.new@example.org' },
    idempotencyKey: 'invitation-of-nia',
  }
  const { data } = await owner.ask(`mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { ... on Invitation { id } } }`, {
    input,
  })
  const invited = await letterOf(data.inviteMember.id)
  const beginning = api.caller()
  await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on)
     select uuidv7(), id, $1, 'practice-administrator', '2020-01-01' from app_user where email = $2`,
    [api.world.practices.alder, api.world.users.alderStaff.email],
  )
  await api.sql('update membership set ended_at = $2 where id = $1', [await membershipOf('alderAdministrator'), NOW])
  for (const { token } of [renewed, invited]) {
    expect((await beginning.ask(BEHIND, { token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
    expect(await choose(beginning, token)).toMatchObject({ code: 'InvitationOver' })
  }
  const next = await api.signedIn('alderStaff')
  const [second] = await api.sql(
    `select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1 and m.role = 'practice-administrator'`,
    [api.world.users.alderStaff.email],
  )
  const resent = await next.ask(
    'mutation ($id: ID!) { resendInvitation(id: $id) { __typename ... on Refused { code } } }',
    { id: data.inviteMember.id },
    { 'x-acting-as': second!['id'] as string },
  )
  expect(resent.data.resendInvitation).toEqual({ __typename: 'Refused', code: 'AskerLeft' })
})

test('a membership that ends while its link is accepted: whichever comes first, nobody meets a fault', async () => {
  const membership = await membershipOf('alderClinician')
  const { token } = await letterOf((await renew(owner, membership)).id)
  /** Until so many wait for another's rows, or `done`. */
  const until = async (waiting: number, done = () => false): Promise<void> => {
    for (const end = Date.now() + 20_000; !done();) {
      const [row] = await api.sql('select count(*)::int as n from pg_locks where not granted')
      if ((row!['n'] as number) >= waiting) return
      if (Date.now() > end) throw new Error('Nobody waits.')
    }
  }
  await api.sql('begin')
  await api.sql('select from password_credential where user_id = (select user_id from membership where id = $1) for update', [membership])
  // The link was looked at, and what she had is just to go.
  const accepting = choose(api.caller(), token)
  await until(1)
  let isEnded = false
  const ending = owner
    .ask('mutation ($id: ID!) { endMembership(id: $id) { __typename ... on Refused { code } } }', { id: membership })
    .finally(() => (isEnded = true))
  await until(2, () => isEnded)
  await api.sql('commit')
  const accepted = (await accepting) as { code?: string; viewer?: object }
  expect((await ending).data.endMembership.__typename).toBe('StaffMember')
  expect(accepted.code === 'InvitationOver' || accepted.viewer !== undefined).toBe(true)
  expect(api.log.filter(({ level }) => level === 'error')).toEqual([])
})
