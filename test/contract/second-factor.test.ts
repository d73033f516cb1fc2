import { createHash, randomBytes } from 'node:crypto'
import { buildApiSchema } from '@carecommons/api'
import { getNamedType, type GraphQLInputType, isInputObjectType } from 'graphql'
import { type Caller, openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { totpCode } from '../support/totp-code.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const FINISH = 'mutation ($proof: ProofInput!) { finishSignIn(proof: $proof) { __typename ... on Refused { code message } } }'
const BEGIN = 'mutation { beginTotp { __typename ... on TotpSecret { secret uri } ... on Refused { code } } }'
const ADD = `mutation ($code: String!) { addTotp(input: { label: "telephone", code: $code }) {
  __typename ... on AuthenticatorAdded { recoveryCodes account { authenticators { id label } recoveryCodes } } ... on Refused { code } } }`
const CHANGE = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename ... on Refused { code } } }'
const REMOVE = 'mutation ($id: ID!) { removeAuthenticator(id: $id) { __typename ... on Refused { code } } }'
const ME = '{ me { user { email } membership { role } } }'
const at = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000)

async function enrol(user: UserKey): Promise<{ caller: Caller; secret: string; codes: string[]; id: string }> {
  const caller = await api.signedIn(user)
  const { secret } = (await caller.ask(BEGIN)).data.beginTotp
  const added = (await caller.ask(ADD, { code: totpCode(secret, at(0)) })).data.addTotp
  return { caller, secret, codes: added.recoveryCodes, id: added.account.authenticators[0].id }
}

async function firstStep(user: UserKey): Promise<Caller> {
  const caller = api.caller()
  const { email, password } = api.world.users[user]
  expect((await caller.ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('SecondStep')
  return caller
}
const finish = async (caller: Caller, proof: object) => (await caller.ask(FINISH, { proof })).data.finishSignIn

test('beside an authenticator app a password alone gives no session; the code does, once, in the browser that gave the password', async () => {
  const { secret, codes } = await enrol('alderClinician')
  expect(codes).toHaveLength(10)
  const kept = await api.sql(`select encode(secret, 'escape') as secret from totp_authenticator`)
  expect(JSON.stringify(kept)).not.toContain(secret)
  const caller = await firstStep('alderClinician')
  expect((await caller.ask(ME)).data.me).toBeNull()
  // The step that enrolled is used up.
  expect(await finish(caller, { totp: totpCode(secret, at(0)) })).toMatchObject({ code: 'SecondStepRefused' })
  api.setNow(at(60).toISOString())
  const code = totpCode(secret, at(60))
  expect(await finish(api.caller(), { totp: code })).toMatchObject({ code: 'SecondStepRefused' })
  expect((await finish(caller, { totp: code })).__typename).toBe('Viewer')
  expect((await caller.ask(ME)).data.me).not.toBeNull()
  // The question is answered, and the code is used: neither opens again.
  expect(await finish(caller, { totp: code })).toMatchObject({ code: 'SecondStepRefused' })
  expect(await finish(await firstStep('alderClinician'), { totp: code })).toMatchObject({ code: 'SecondStepRefused' })
})

test('of the same code in two browsers at once, one signs in', async () => {
  const { secret } = await enrol('birchClinician')
  const callers = await Promise.all([firstStep('birchClinician'), firstStep('birchClinician')])
  api.setNow(at(60).toISOString())
  const results = await Promise.all(callers.map((caller) => finish(caller, { totp: totpCode(secret, at(60)) })))
  expect(results.map(({ __typename }) => __typename).sort()).toEqual(['Refused', 'Viewer'])
})

test('a recovery code opens once, however it is written', async () => {
  const { codes } = await enrol('alderStaff')
  const typed = codes[3]!.toUpperCase().replaceAll('-', ' ')
  expect((await finish(await firstStep('alderStaff'), { recoveryCode: typed })).__typename).toBe('Viewer')
  expect(await finish(await firstStep('alderStaff'), { recoveryCode: typed })).toMatchObject({ code: 'SecondStepRefused' })
  const kept = await api.sql(`select encode(code_hash, 'hex') as hash from recovery_code`)
  expect(kept).not.toContainEqual({ hash: createHash('sha256').update(codes[3]!.replaceAll('-', '')).digest('hex') })
})

test('tries of the second step count: after ten the right code is refused, too', async () => {
  const { secret } = await enrol('alderQualityLead')
  const caller = await firstStep('alderQualityLead')
  for (let n = 0; n < 9; n++) await finish(caller, { totp: String(n).padStart(6, '0') })
  api.setNow(at(60).toISOString())
  expect(await finish(caller, { totp: totpCode(secret, at(60)) })).toMatchObject({ code: 'SecondStepRefused' })
})

test.each([
  ['stepUp', 'birchAdministrator', 0],
  ['unlock', 'workforceManager', 16],
] as const)('tries to %s count as well: after ten the right password is refused, too', async (act, user, minutes) => {
  const caller = await api.signedIn(user)
  api.setNow(at(minutes * 60).toISOString())
  const proving = async (password: string) =>
    (
      await caller.ask(`mutation ($proof: ProofInput!) { ${act}(proof: $proof) { __typename ... on Refused { code } } }`, {
        proof: { password },
      })
    ).data[act]
  for (let n = 0; n < 10; n++) expect(await proving(`guess ${n}`)).toMatchObject({ code: 'ProofRefused' })
  expect(await proving(api.world.users[user].password)).toMatchObject({ code: 'ProofRefused' })
})

test('adding and removing asks for a fresh proof; a short password does not stand alone', async () => {
  const { caller, id } = await enrol('analyst')
  const { password } = api.world.users.analyst
  expect((await caller.ask(CHANGE, { input: { current: password, next: 'eight ch' } })).data.changePassword.__typename).toBe('Account')
  expect((await caller.ask(REMOVE, { id })).data.removeAuthenticator).toMatchObject({ code: 'PasswordTooShort' })
  api.setNow(at(6 * 60).toISOString())
  for (const ask of [BEGIN, 'mutation { beginPasskey { __typename ... on Refused { code } } }'])
    expect(Object.values((await caller.ask(ask)).data)[0]).toMatchObject({ code: 'StepUpNeeded' })
  expect((await caller.ask(REMOVE, { id })).data.removeAuthenticator).toMatchObject({ code: 'StepUpNeeded' })
})

test('a password is refused in words, and another ends the other sessions', async () => {
  const [desk, home] = [await api.signedIn('auditor'), await api.signedIn('auditor')]
  const { password: current } = api.world.users.auditor
  const change = async (input: object) => (await desk.ask(CHANGE, { input })).data.changePassword
  expect(await change({ current: 'wrong', next: 'a long and fresh sentence' })).toMatchObject({ code: 'PasswordWrong' })
  expect(await change({ current, next: 'short' })).toMatchObject({ code: 'PasswordTooShort' })
  expect(await change({ current, next: 'passwordpassword' })).toMatchObject({ code: 'PasswordCommon' })
  expect(await change({ current, next: 'Audrey Tor Riverton' })).toMatchObject({ code: 'PasswordPersonal' })
  expect((await change({ current, next: 'a long and fresh sentence' })).__typename).toBe('Account')
  expect((await desk.ask(ME)).data.me).not.toBeNull()
  expect((await home.ask(ME)).data.me).toBeNull()
})

describe('hardening 28: logins', () => {
  test('a hundred by alias in one document are refused before any is tried; ten are ten tries', async () => {
    const { email, password } = api.world.users.quillAnalyst
    const logins = (n: number) =>
      `mutation { ${Array.from({ length: n }, (_, i) => `a${i}: signIn(input: { email: "${email}", password: "${i}" }) { __typename }`).join(' ')} }`
    const tries = async () =>
      (await api.sql(`select count(*)::int as n from audit_event where action = 'sign-in' and outcome = 'denied'`))[0]!['n']
    const before = await tries()
    const { status, data } = await api.caller().ask(logins(100))
    expect([status, data, await tries()]).toEqual([400, null, before])
    await api.caller().ask(logins(10))
    expect(await tries()).toBe(before + 10)
    expect((await api.caller().ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('Refused')
  })
})

describe('hardening 16: the own account', () => {
  test('has no way to a role or to somebody else', async () => {
    const caller = await api.signedIn('identitySteward')
    for (const input of ['role: "region-administrator"', `userId: "${api.world.regionId}"`, 'organizationId: "x"']) {
      const { status } = await caller.ask(
        `mutation { changePassword(input: { next: "a long and fresh sentence", ${input} }) { __typename } }`,
      )
      expect(status).toBe(400)
    }
  })

  test('takes what concerns oneself and nothing that says who, where or as what', async () => {
    const own = ['addPasskey', 'addTotp', 'changePassword', 'finishSignIn', 'removeAuthenticator', 'renameMyself', 'stepUp', 'unlock']
    const names = (type: GraphQLInputType): string[] => {
      const named = getNamedType(type)
      if (!isInputObjectType(named)) return []
      return Object.values(named.getFields()).flatMap((field) => [field.name, ...names(field.type)])
    }
    const mutations = buildApiSchema().getMutationType()!.getFields()
    for (const name of own) {
      const taken = mutations[name]!.args.flatMap((arg) => [arg.name, ...names(arg.type)])
      expect(taken.length).toBeGreaterThan(0)
      expect({ name, taken: taken.filter((one) => /role|membership|organization|practice|user|email/i.test(one)) }).toEqual({
        name,
        taken: [],
      })
    }
    const caller = await api.signedIn('careSupervisor')
    const held = () =>
      api.sql(`select m.id, m.role, m.organization_id, u.email from membership m join app_user u on u.id = m.user_id order by m.id`)
    const before = await held()
    expect((await caller.ask('mutation { renameMyself(name: "Region administrator") { __typename } }')).data.renameMyself.__typename).toBe(
      'Viewer',
    )
    expect(await held()).toEqual(before)
    expect((await caller.ask(ME)).data.me.membership.role).toBe('care-supervisor')
  })
})

describe('an invitation', () => {
  const BEHIND =
    'query ($token: String!) { invitationBehind(token: $token) { __typename ... on InvitationRead { email organization invitedBy roleTitle } } }'
  const START =
    'mutation ($token: String!) { beginAcceptance(token: $token) { __typename ... on AcceptanceBegun { secret passkeyOptions } } }'
  const TRY = `mutation ($token: String!, $password: String) { beginAcceptance(token: $token, password: $password) {
    __typename ... on Refused { code } } }`
  const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
    __typename ... on InvitationAccepted { recoveryCodes viewer { user { email } membership { role organization { slug } } } } ... on Refused { code } } }`
  const JOIN =
    'mutation ($token: String!) { joinByInvitation(token: $token) { __typename ... on Viewer { membership { role organization { slug } } } ... on Refused { code } } }'

  async function invite(email: string, role = 'clinician', days = 7): Promise<string> {
    const token = randomBytes(32).toString('base64url')
    await api.sql(
      `insert into invitation (id, organization_id, role, name, email, token_hash, invited_by, created_at, expires_at, sent_at)
       select uuidv7(), $1, $2, 'Nia Newcomer', $3, $4, m.id, $5::timestamptz, $5::timestamptz + make_interval(days => $6), $5::timestamptz
         from membership m join app_user u on u.id = m.user_id where u.email = $7`,
      [
        api.world.practices.alder,
        role,
        email,
        createHash('sha256').update(token).digest(),
        NOW,
        days,
        api.world.users.alderAdministrator.email,
      ],
    )
    return token
  }

  test('lets a newcomer in with a password and an app, once', async () => {
    const token = await invite('nia.newcomer@example.org')
    const caller = api.caller()
    expect((await caller.ask(BEHIND, { token })).data.invitationBehind).toMatchObject({
      email: 'nia.newcomer@example.org',
      organization: 'Alder Family Practice',
      invitedBy: 'Ada Alder',
      roleTitle: 'Clinician',
    })
    const { secret } = (await caller.ask(START, { token })).data.beginAcceptance
    const accept = async (input: object) => (await caller.ask(ACCEPT, { input: { token, ...input } })).data.acceptInvitation
    const code = totpCode(secret, at(0))
    expect(await accept({ password: 'short', code })).toMatchObject({ code: 'PasswordTooShort' })
    // What would be refused then is refused before anything is scanned.
    for (const [password, told] of [
      ['short', 'PasswordTooShort'],
      ['password1', 'PasswordCommon'],
      ['NiaNewcomerAlder', 'PasswordPersonal'],
    ])
      expect((await caller.ask(TRY, { token, password })).data.beginAcceptance).toEqual({ __typename: 'Refused', code: told })
    expect(await accept({ password: 'fresh sentence' })).toMatchObject({ code: 'CodeWrong' })
    const done = await accept({ password: 'fresh sentence', code })
    expect(done).toMatchObject({ viewer: { membership: { role: 'clinician', organization: { slug: 'alder' } } } })
    expect(done.recoveryCodes).toHaveLength(10)
    expect((await caller.ask('{ patients { totalCount } }')).errors).toEqual([])
    expect(await accept({ password: 'fresh sentence', code })).toMatchObject({ code: 'InvitationOver' })
  })

  test('that is over, and one that never was, read alike', async () => {
    const gone = await invite('late@example.org', 'clinician', 0)
    const answers = await Promise.all(
      [gone, randomBytes(32).toString('base64url'), 'x'].map(async (token) => (await api.caller().ask(BEHIND, { token })).text),
    )
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('Refused')
  })

  test('gives a person of that address, and no other, one more membership', async () => {
    const token = await invite(api.world.users.pineAnalyst.email, 'practice-staff')
    expect((await (await api.signedIn('careManager')).ask(JOIN, { token })).data.joinByInvitation).toMatchObject({ code: 'OtherAddress' })
    const stranger = api.caller()
    const { secret } = (await stranger.ask(START, { token })).data.beginAcceptance
    const input = { token, password: 'fresh sentence', code: totpCode(secret, at(0)) }
    expect((await stranger.ask(ACCEPT, { input })).data.acceptInvitation).toMatchObject({ code: 'SignInFirst' })
    const caller = await api.signedIn('pineAnalyst')
    expect((await caller.ask(JOIN, { token })).data.joinByInvitation.membership).toMatchObject({
      role: 'practice-staff',
      organization: { slug: 'alder' },
    })
    expect((await caller.ask('{ me { memberships { role } } }')).data.me.memberships).toHaveLength(2)
  })
})
