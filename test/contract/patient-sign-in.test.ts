import { mailInvitation } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { totpCode } from '../support/totp-code.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
let desk: Caller
let owner: Caller
beforeAll(async () => {
  // The clock stands still: every question falls into one minute.
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  desk = await api.signedIn('alderStaff')
  owner = await api.signedIn('alderAdministrator')
})
afterAll(() => api.close())

const SIGN_IN = `__typename ... on PatientSignIn { id email state expiresAt startsOn } ... on Refused { code message }`
const PASSWORD = 'my own and only chart'

let wishes = 0
const invite = async (caller: Caller, input: object) =>
  (
    await caller.ask(`mutation ($input: InvitePatientInput!) { invitePatient(input: $input) { ${SIGN_IN} } }`, {
      input: { patientId: chart(1), email: `patient.${wishes++}@example.org`, idempotencyKey: `patient-${wishes}`, ...input },
    })
  ).data.invitePatient
const end = async (caller: Caller, id: string) =>
  (await caller.ask(`mutation ($id: ID!) { endPatientSignIn(id: $id) { ${SIGN_IN} } }`, { id })).data.endPatientSignIn
const seen = async (caller: Caller, patientId: string) =>
  (await caller.ask('query ($id: ID!) { patientSignIn(patientId: $id) { id email state } }', { id: patientId })).data.patientSignIn
const listed = async (caller: Caller, more = '') =>
  (await caller.ask(`{ patientSignIns${more} { totalCount edges { cursor node { patientId patientName signIn { id state } } } } }`)).data
    .patientSignIns
const chart = (n: number): string => api.world.charts.alder[n]!
const eventsOn = (id: string) =>
  api.sql(
    `select action, subject, practice_id, subject_ids[1] as chart from audit_event
      where $1 = any (subject_ids) and outcome = 'allowed' order by at, id`,
    [id],
  )
const kept = () => api.sql('select (select count(*) from invitation)::int as invitations, (select count(*) from job)::int as jobs')

interface PatientsLetter {
  readonly to: { readonly name: string; readonly address: string }
  readonly text: string
}

/** The letter of an invitation as it leaves, and the token in it. */
async function letterOf(invitationId: string): Promise<PatientsLetter & { readonly token: string }> {
  const letters: PatientsLetter[] = []
  const mail = { send: (letter: PatientsLetter) => Promise.resolve(void letters.push(letter)) }
  await mailInvitation(api.world.database, { mail, clock: clockAt(NOW), publicUrl: 'https://commons.example' }, invitationId)
  return { ...letters[0]!, token: /join#([\w-]+)/.exec(letters[0]!.text)![1]! }
}

const bornOn = async (id: string): Promise<string> =>
  (await api.sql('select birth_date::text as day from patient where id = $1', [id]))[0]!['day']
const begin = async (caller: Caller, token: string, birthDate: string | null) =>
  (
    await caller.ask(
      'mutation ($token: String!, $birthDate: Day) { beginAcceptance(token: $token, birthDate: $birthDate) { __typename ... on AcceptanceBegun { secret } ... on Refused { code message } } }',
      { token, birthDate },
    )
  ).data.beginAcceptance

/** Reads the letter, and comes in with a password and an app. */
async function accept(invitationId: string): Promise<Caller> {
  const { token } = await letterOf(invitationId)
  const [{ patient_id }] = (await api.sql('select patient_id from invitation where id = $1', [invitationId])) as [{ patient_id: string }]
  const birthDate = await bornOn(patient_id)
  const caller = api.caller()
  const begun = await begin(caller, token, birthDate)
  const { secret } = begun
  const { data } = await caller.ask(
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on InvitationAccepted { viewer { patientId membership { role } } } } }',
    { input: { token, birthDate, password: PASSWORD, code: totpCode(secret, new Date(NOW)) } },
  )
  expect(data.acceptInvitation).toMatchObject({ viewer: { membership: { role: 'patient' } } })
  return caller
}

test('the front desk asks a patient in from the chart; she reads that chart, its consents and its disclosures, and nothing else', async () => {
  const made = await invite(desk, { email: ' Ann.Own@Example.org ' })
  expect(made).toMatchObject({ email: 'ann.own@example.org', state: 'INVITED', expiresAt: '2026-03-09T15:00:00.000Z' })
  expect(await api.sql('select name, practice_id from job where subject_id = $1', [made.id])).toEqual([
    { name: 'mail.invitation', practice_id: null },
  ])
  expect(await eventsOn(made.id)).toEqual([
    { action: 'create', subject: 'PatientSignIn', practice_id: api.world.practices.alder, chart: chart(1) },
  ])
  const patient = await accept(made.id)
  expect((await patient.ask('{ me { patientId } }')).data.me.patientId).toBe(chart(1))
  const own = await patient.ask(
    `{ patient(id: "${chart(1)}") { familyName problems { text } consents { id } } disclosures(patientId: "${chart(1)}") { id } }`,
  )
  expect(own.errors).toEqual([])
  expect(own.data.patient.familyName).toBe('Canaryalder01')
  const beside = await patient.ask(`{ patient(id: "${chart(2)}") { familyName } }`)
  expect([beside.data, beside.errors]).toEqual([{ patient: null }, []])
  for (const closed of [
    'people { totalCount }',
    'auditEvents { __typename }',
    'emergencies { totalCount }',
    `patientSignIn(patientId: "${chart(1)}") { id }`,
  ])
    expect((await patient.ask(`{ ${closed} }`)).errors[0]?.extensions['code']).toBe('FORBIDDEN')

  // Ended, her next request finds nobody signed in.
  const active = await seen(owner, chart(1))
  expect(active).toMatchObject({ email: 'ann.own@example.org', state: 'ACTIVE' })
  const everybody = await listed(owner)
  expect(everybody.edges.length).toBeGreaterThan(1)
  expect(await listed(desk)).toEqual(everybody)
  const [first] = (await listed(owner, '(first: 1)')).edges
  expect((await listed(owner, `(first: 1, after: "${first.cursor}")`)).edges).toEqual([everybody.edges[1]])
  const one = { patientId: chart(1), patientName: expect.stringMatching(/^Canaryalder01, /), signIn: { id: active.id, state: 'ACTIVE' } }
  expect(await listed(owner, '(search: "ann.own canaryalder01")')).toMatchObject({ totalCount: 1, edges: [{ node: one }] })
  expect((await api.signedIn('birchClinician').then((birch) => birch.ask('{ patientSignIns { totalCount } }'))).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ])

  expect(await end(owner, active.id)).toMatchObject({ state: 'ENDED' })
  expect(await listed(owner, '(search: "ann.own")')).toEqual({ totalCount: 0, edges: [] })
  expect((await patient.ask('{ patients { totalCount } }')).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  expect(await end(owner, active.id)).toMatchObject({ code: 'SignInEnded' })
  expect((await eventsOn(active.id)).filter(({ subject }) => subject === 'PatientSignIn')).toEqual([
    { action: 'end', subject: 'PatientSignIn', practice_id: api.world.practices.alder, chart: chart(1) },
  ])
  expect(await seen(owner, chart(1))).toBeNull()
})

test('an invitation that was taken back opens nothing, and another takes its place; so does one whose week is over', async () => {
  const first = await invite(desk, { patientId: chart(2) })
  expect(await invite(owner, { patientId: chart(2) })).toMatchObject({ code: 'InvitedAlready' })
  expect(await end(desk, first.id)).toMatchObject({ state: 'ENDED' })
  const second = await invite(desk, { patientId: chart(2) })
  expect(second.state).toBe('INVITED')
  await api.sql('update invitation set expires_at = $2 where id = $1', [second.id, NOW])
  expect(await seen(desk, chart(2))).toMatchObject({ id: second.id, state: 'EXPIRED' })
  expect(await invite(desk, { patientId: chart(2) })).toMatchObject({ state: 'INVITED' })
})

test('whoever holds the letter says the birth date; a letter that went astray names nobody, and after three wrong days opens nothing', async () => {
  const made = await invite(desk, { patientId: chart(9), email: 'mistyped@example.org' })
  const letter = await letterOf(made.id)
  expect(letter.to).toEqual({ name: '', address: 'mistyped@example.org' })
  expect(JSON.stringify(letter)).not.toMatch(/canary/i)
  const stranger = api.caller()
  const read = await stranger.ask(
    'query ($token: String!) { invitationBehind(token: $token) { ... on InvitationRead { name email asksBirthDate } } }',
    { token: letter.token },
  )
  expect(read.data.invitationBehind).toEqual({ name: null, email: 'mistyped@example.org', asksBirthDate: true })
  expect(await begin(stranger, letter.token, null)).toMatchObject({ code: 'BirthDateNeeded' })
  expect(await begin(stranger, letter.token, '1900-01-01')).toMatchObject({
    code: 'BirthDateWrong',
    message: expect.stringMatching(/2 tries/),
  })
  // By whichever way: an acceptance without the beginning counts as well.
  const accepted = await stranger.ask(
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on Refused { code } } }',
    { input: { token: letter.token, birthDate: '1900-01-02', password: PASSWORD, code: '000000' } },
  )
  expect(accepted.data.acceptInvitation).toMatchObject({ code: 'BirthDateWrong' })
  expect(await begin(stranger, letter.token, '1900-01-03')).toMatchObject({
    code: 'BirthDateWrong',
    message: expect.stringMatching(/has ended/),
  })
  // The right one is too late now.
  expect(await begin(stranger, letter.token, await bornOn(chart(9)))).toMatchObject({ code: 'InvitationOver' })
  expect(await api.sql('select id from app_user where email = $1', ['mistyped@example.org'])).toEqual([])
  // The practice sees it at the chart, and invites anew.
  expect(await seen(desk, chart(9))).toMatchObject({ id: made.id, state: 'REFUSED' })
  const denied = await api.sql(
    `select action, subject, user_id from audit_event where $1 = any (subject_ids) and outcome = 'denied' order by at, id`,
    [made.id],
  )
  expect(denied).toEqual([1, 2, 3].map(() => ({ action: 'accept-invitation', subject: 'Session', user_id: null })))
  expect(await invite(desk, { patientId: chart(9), email: 'well.typed@example.org' })).toMatchObject({ state: 'INVITED' })
  expect(await seen(desk, chart(9))).toMatchObject({ email: 'well.typed@example.org', state: 'INVITED' })
})

test('whoever has a letter that went astray cannot try names as passwords: the birth date comes first', async () => {
  const made = await invite(desk, { patientId: chart(12), email: 'astray@example.org' })
  const { token } = await letterOf(made.id)
  const stranger = api.caller()
  const tried = async (password: string, birthDate: string | null) =>
    Object.values(
      (
        await stranger.ask(
          `mutation ($token: String!, $password: String, $birthDate: Day) {
             beginAcceptance(token: $token, birthDate: $birthDate, password: $password) { __typename ... on Refused { code } }
             acceptInvitation(input: { token: $token, birthDate: $birthDate, password: $password, code: "0" }) { __typename ... on Refused { code } } }`,
          { token, password, birthDate },
        )
      ).data,
    )
  const [name] = await api.sql('select given_name as given, family_name as family from patient where id = $1', [chart(12)])
  for (const password of [`${name!['given']}${name!['family']}`, 'password1', 'short', PASSWORD])
    expect({ password, told: await tried(password, null) }).toEqual({
      password,
      told: Array(2).fill({ __typename: 'Refused', code: 'BirthDateNeeded' }),
    })
  expect(await tried(`${name!['given']}${name!['family']}`, await bornOn(chart(12)))).toEqual(
    Array(2).fill({ __typename: 'Refused', code: 'PasswordPersonal' }),
  )
})

test('somebody who signs in already shows the birth date too, before the chart is theirs', async () => {
  const made = await invite(owner, { patientId: chart(10), email: 'cara.manager@example.org' })
  const { token } = await letterOf(made.id)
  const careManager = await api.signedIn('careManager')
  const join = async (birthDate: string | null) =>
    (
      await careManager.ask(
        'mutation ($token: String!, $birthDate: Day) { joinByInvitation(token: $token, birthDate: $birthDate) { __typename ... on Refused { code } ... on Viewer { patientId } } }',
        { token, birthDate },
      )
    ).data.joinByInvitation
  expect(await join(null)).toMatchObject({ code: 'BirthDateNeeded' })
  expect(await join('1900-01-01')).toMatchObject({ code: 'BirthDateWrong' })
  expect(await join(await bornOn(chart(10)))).toEqual({ __typename: 'Viewer', patientId: chart(10) })
})

test("a patient sees who looked at the own chart: role, organization, when and why; no name, and nobody else's looks", async () => {
  const clinician = await api.signedIn('alderClinician')
  await clinician.ask(`{ patient(id: "${chart(0)}") { familyName problems { text } } }`)
  await clinician.ask(`{ patient(id: "${chart(11)}") { familyName } }`)
  const patient = await api.signedIn('alderPatient')
  const { data, errors, text } = await patient.ask(
    '{ ownLooks(first: 50) { actor { userId membershipId name title organization { slug } } purpose until subjects } }',
  )
  expect(errors).toEqual([])
  expect(data.ownLooks).toContainEqual({
    actor: { userId: null, membershipId: null, name: null, title: 'Clinician', organization: { slug: 'alder' } },
    purpose: 'treatment',
    until: expect.any(String),
    subjects: ['Chart'],
  })
  expect(text).not.toContain('Casey')
  const looks = await api.sql(
    `select count(*)::int as n from audit_event e where $1 = any (e.subject_ids) and e.outcome = 'allowed' and e.user_id is not null
        and e.role = 'clinician'`,
    [chart(0)],
  )
  expect(looks[0]!['n']).toBeGreaterThan(0)
  expect(data.ownLooks.filter(({ actor }: { actor: { title: string } }) => actor.title === 'Patient')).toEqual([])
  // Whoever is no patient has no chart of their own here.
  expect((await clinician.ask('{ ownLooks { purpose } }')).data).toEqual({ ownLooks: [] })
  expect(
    (await patient.ask('mutation { renameMyself(name: "Somebody Else") { __typename ... on Refused { code } } }')).data.renameMyself,
  ).toEqual({
    __typename: 'Refused',
    code: 'NameOfChart',
  })
})

test('one key is one invitation, also at the same time; another wish under it is a conflict', async () => {
  const input = { patientId: chart(3), email: 'once.own@example.org', idempotencyKey: 'patient-once-only' }
  const made = await Promise.all(Array.from({ length: 4 }, () => invite(desk, input)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await api.sql('select 1 from job where subject_id = $1', [made[0].id])).toHaveLength(1)
  expect(await invite(desk, { ...input, email: 'other@example.org' })).toMatchObject({ code: 'IdempotencyKeyReused' })
  // Four colleagues at once: one letter.
  const at = await Promise.all(['a', 'b', 'c', 'd'].map((one) => invite(desk, { patientId: chart(4), email: `${one}@example.org` })))
  expect(at.filter(({ state }) => state === 'INVITED')).toHaveLength(1)
})

describe('is refused in words, and leaves nothing', () => {
  /** The code, the wish, and the birth date that the chart is given before; null for none, `as it is` otherwise. */
  const refusals: readonly (readonly [string, () => object, born: string | null])[] = [
    ['EmailUnusable', () => ({ email: 'nobody' }), 'as it is'],
    ['EmailUnusable', () => ({ email: 'x@example.org\nbcc: y@example.org' }), 'as it is'],
    ['ChartNotFound', () => ({ patientId: newId() }), 'as it is'],
    ['ChartNotFound', () => ({ patientId: api.world.charts.birch[1] }), 'as it is'],
    ['ChartNotFound', () => ({ patientId: 'x' }), 'as it is'],
    ['PatientDeceased', () => ({ patientId: api.world.charts.alder.at(-1) }), 'as it is'],
    ['SignInHeldAlready', () => ({ patientId: chart(0) }), 'as it is'],
    // One address is one patient: who acts for another has no sign-in here.
    ['AddressInUse', () => ({ patientId: chart(5), email: 'pia.alder@example.org' }), 'as it is'],
    ['AddressInUse', () => ({ patientId: chart(5), email: 'once.own@example.org' }), 'as it is'],
    ['OwnInvitation', () => ({ patientId: chart(5), email: 'stef.alder@example.org' }), 'as it is'],
    ['PatientUnderAge', () => ({ patientId: chart(6) }), '2008-03-03'],
    ['BirthDateMissing', () => ({ patientId: chart(6) }), null],
  ]
  test.each(refusals)('%s', async (code, input, born) => {
    if (born !== 'as it is') await api.sql('update patient set birth_date = $2 where id = $1', [chart(6), born])
    const before = await kept()
    expect(await invite(desk, input())).toMatchObject({ __typename: 'Refused', code })
    expect(await kept()).toEqual(before)
  })

  test('on the eighteenth birthday she may', async () => {
    await api.sql(`update patient set birth_date = '2008-03-02' where id = $1`, [chart(6)])
    expect(await invite(desk, { patientId: chart(6) })).toMatchObject({ state: 'INVITED' })
  })

  test('what another practice keeps, what is missing and what is no id answer alike', async () => {
    const foreign = await api.signedIn('birchAdministrator')
    const theirs = await invite(foreign, { patientId: api.world.charts.birch[1] })
    expect(theirs.state).toBe('INVITED')
    const [missing, ...others] = await Promise.all([newId(), theirs.id, 'x'].map((id) => end(desk, id)))
    expect(missing).toMatchObject({ code: 'SignInMissing' })
    expect(others).toEqual([missing, missing])
    expect(await seen(desk, api.world.charts.birch[1]!)).toBeNull()
    expect(await seen(foreign, api.world.charts.birch[1]!)).toMatchObject({ state: 'INVITED' })
  })
})

test.each(['administrator', 'careManager', 'alderClinician', 'alderQualityLead', 'alderPatient', 'pineAnalyst', 'auditor'] as UserKey[])(
  '%s asks no patient in, ends no sign-in, and does not see whether there is one',
  async (user) => {
    const caller = await api.signedIn(user)
    const before = await kept()
    for (const ask of [
      `mutation { invitePatient(input: { patientId: "${chart(7)}", email: "x@example.org", idempotencyKey: "not-for-you" }) { __typename } }`,
      `mutation { endPatientSignIn(id: "${newId()}") { __typename } }`,
      `{ patientSignIn(patientId: "${chart(0)}") { id } }`,
    ])
      expect((await caller.ask(ask)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect(await kept()).toEqual(before)
  },
)

test('hardening 20: that somebody is a patient is not told to the coordinator: in no list, and to its database role in no row', async () => {
  const made = await invite(desk, { patientId: chart(8), email: 'quiet@example.org' })
  const region = await api.signedIn('administrator')
  const answer = await region.ask(
    '{ invitations(first: 200) { edges { node { email } } } people(first: 200, ended: true) { edges { node { email } } } }',
  )
  expect(answer.errors).toEqual([])
  expect(answer.text).not.toMatch(/quiet@|pia\.alder@/)
  for (const name of ['resendInvitation', 'withdrawInvitation'])
    expect((await region.ask(`mutation { ${name}(id: "${made.id}") { __typename ... on Refused { code } } }`)).data[name]).toMatchObject({
      code: 'InvitationMissing',
    })
  const scope = { kind: 'region', ...ids(), organizationId: api.world.coordinatingBody } as const
  const rows = await api.world.database.within(scope, async ({ db }) => ({
    invitations: await db.selectFrom('invitation').select('email').where('email', '=', 'quiet@example.org').execute(),
    memberships: await db.selectFrom('membership').select('id').where('role', '=', 'patient').execute(),
    people: await db
      .selectFrom('app_user')
      .select('email')
      .where('email', 'in', ['pia.alder@example.org', 'robin.region@example.org'])
      .execute(),
  }))
  expect(rows).toEqual({ invitations: [], memberships: [], people: [{ email: 'robin.region@example.org' }] })
})

const ids = () => ({ userId: newId<'User'>(), membershipId: newId<'Membership'>() })
