import { createApi } from '@carecommons/api'
import { type Caller, openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
const closing = closeAfterEach()
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const ME = '{ me { user { email } membership { id role } memberships { id role organization { slug } } } }'
const PATIENTS = '{ patients { totalCount } }'
const UNLOCK =
  'mutation ($proof: ProofInput!) { unlock(proof: $proof) { __typename ... on Viewer { user { name } } ... on Refused { code } } }'
const STEP_UP = 'mutation ($proof: ProofInput!) { stepUp(proof: $proof) { __typename ... on Refused { code } } }'
const ACT_AS = 'mutation ($id: ID!) { actAs(membershipId: $id) { __typename ... on Viewer { membership { id } } ... on Refused { code } } }'
const STATE = 'query ($inUse: Boolean!) { sessionState(inUse: $inUse) { state name unlockWith } }'
const SESSIONS = '{ account { sessions { id browser network isCurrent } } }'
const after = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString()
const card = () => api.world.users.alderClinician
const state = async (caller: Pick<Caller, 'ask'>, inUse = false) => (await caller.ask(STATE, { inUse })).data.sessionState
const events = (action: string, email: string) =>
  api.sql(
    `select e.outcome, e.subject_ids::text as ids from audit_event e join app_user u on u.id = e.user_id where e.action = $1 and u.email = $2 order by e.at, e.id`,
    [action, email],
  )

describe('hardening 46: a session', () => {
  test('that is idle for 15 minutes locks: it opens nothing, and goes on where it was when its person unlocks it', async () => {
    const caller = await api.signedIn('alderClinician')
    const cookie = caller.cookie
    api.setNow(after(14))
    expect((await caller.ask(PATIENTS)).errors).toEqual([])
    api.setNow(after(14 + 15))
    for (const ask of [PATIENTS, ME, SESSIONS, 'mutation { endOtherSessions { recoveryCodes } }']) {
      const { status, data, errors } = await caller.ask(ask)
      expect([status, errors[0]?.extensions['code']]).toEqual([423, 'LOCKED'])
      expect(Object.values((data ?? {}) as object).every((value) => value === null)).toBe(true)
    }
    expect((await caller.fetch('/exports/performance.csv')).status).toBe(423)
    expect((await caller.fetch('/fhir/Patient', { method: 'POST' })).status).toBe(423)
    expect(await state(caller)).toEqual({ state: 'LOCKED', name: 'Casey Alder', unlockWith: ['PASSWORD'] })
    expect((await caller.ask(UNLOCK, { proof: { password: 'wrong' } })).data.unlock).toMatchObject({ code: 'ProofRefused' })
    expect((await caller.ask(PATIENTS)).errors[0]?.extensions['code']).toBe('LOCKED')
    expect((await caller.ask(UNLOCK, { proof: { password: card().password } })).data.unlock.__typename).toBe('Viewer')
    expect(caller.cookie).toBe(cookie)
    expect((await caller.ask(PATIENTS)).errors).toEqual([])
    expect((await events('unlock', card().email)).map(({ outcome }) => outcome)).toEqual(['denied', 'allowed'])
  })

  test('of somebody else is not unlocked with one’s own password', async () => {
    const caller = await api.signedIn('birchClinician')
    api.setNow(after(16))
    expect((await caller.ask(UNLOCK, { proof: { password: card().password } })).data.unlock).toMatchObject({ code: 'ProofRefused' })
  })

  test('is put off locking by work, not by a tab that only asks how it stands', async () => {
    const [watched, worked] = [await api.signedIn('alderClinician'), await api.signedIn('alderClinician')]
    for (let minutes = 1; minutes < 15; minutes += 1) {
      api.setNow(after(minutes))
      expect((await state(watched)).state).toBe('OPEN')
      expect((await state(worked, true)).state).toBe('OPEN')
    }
    api.setNow(after(16))
    expect((await state(watched)).state).toBe('LOCKED')
    expect((await state(worked)).state).toBe('OPEN')
  })

  test('ends after 12 hours however busy, locked or not', async () => {
    const [busy, locked] = [await api.signedIn('alderClinician'), await api.signedIn('alderClinician')]
    for (let minutes = 10; minutes < 12 * 60; minutes += 10) {
      api.setNow(after(minutes))
      await busy.ask(ME)
    }
    expect((await busy.ask(ME)).data.me).not.toBeNull()
    api.setNow(after(12 * 60))
    expect((await busy.ask(ME)).data.me).toBeNull()
    expect((await locked.ask(ME)).data.me).toBeNull()
    expect((await state(locked)).state).toBe('SIGNED_OUT')
    expect((await locked.ask(UNLOCK, { proof: { password: card().password } })).data.unlock).toMatchObject({ code: 'SessionEnded' })
  })

  test('cannot be planted: signing in, acting for another and confirming who one is each give a token that was never seen before', async () => {
    const caller = api.caller()
    const planted = `commons_session=${'A'.repeat(43)}`
    caller.cookie = planted
    await caller.ask(SIGN_IN, { input: { email: card().email, password: card().password } })
    const seen = [planted, caller.cookie]
    await caller.ask(STEP_UP, { proof: { password: card().password } })
    seen.push(caller.cookie)
    const { id } = (await caller.ask(ME)).data.me.membership
    await caller.ask(ACT_AS, { id })
    seen.push(caller.cookie)
    expect(new Set(seen).size).toBe(4)
    for (const cookie of seen.slice(0, 3)) expect((await other(cookie).ask(ME)).data.me).toBeNull()
    expect((await other(caller.cookie).ask(ME)).data.me).not.toBeNull()
  })

  test('that is signed out has ended in every tab, and its answers are never stored', async () => {
    const caller = await api.signedIn('alderClinician')
    const tab = other(caller.cookie)
    const { headers } = await tab.ask(PATIENTS)
    expect(headers.get('cache-control')).toBe('no-store')
    await caller.ask('mutation { signOut }')
    expect((await tab.ask(PATIENTS)).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  })

  test('hands its cookie over https only, out of reach of scripts', async () => {
    const behind = closing(
      await createApi({
        database: api.world.database,
        log: () => undefined,
        sealingKey: Buffer.alloc(32),
        publicUrl: 'https://commons.example.org',
      }),
    )
    const { url } = await behind.listen(0)
    const { email, password } = api.world.users.quillAnalyst
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-commons': 'web' },
      body: JSON.stringify({ query: SIGN_IN, variables: { input: { email, password } } }),
    })
    expect(response.headers.getSetCookie()[0]).toMatch(/^commons_session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  })
})

describe('own sessions', () => {
  test('are listed with browser and network, and ended one by one or all at once', async () => {
    const desk = await api.signedIn('alderAdministrator')
    const [phone, home] = [await api.signedIn('alderAdministrator'), await api.signedIn('alderAdministrator')]
    const { sessions } = (await desk.ask(SESSIONS)).data.account
    expect(sessions).toHaveLength(3)
    expect(sessions.filter((one: { isCurrent: boolean }) => one.isCurrent)).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ browser: 'Another program', network: '127.0.0.x' })
    const phoneId = (await phone.ask(SESSIONS)).data.account.sessions.find((one: { isCurrent: boolean }) => one.isCurrent).id
    const end = (id: string) =>
      desk.ask(`mutation { endSession(id: "${id}") { __typename ... on Account { sessions { id } } ... on Refused { code } } }`)
    expect((await end(phoneId)).data.endSession.sessions).toHaveLength(2)
    expect((await phone.ask(ME)).data.me).toBeNull()
    expect((await home.ask(ME)).data.me).not.toBeNull()
    expect((await desk.ask('mutation { endOtherSessions { sessions { id } } }')).data.endOtherSessions.sessions).toHaveLength(1)
    expect((await home.ask(ME)).data.me).toBeNull()
    const stranger = (await (await api.signedIn('birchClinician')).ask(SESSIONS)).data.account.sessions[0].id
    for (const id of [stranger, crypto.randomUUID(), 'x', phoneId]) expect((await end(id)).data.endSession.code).toBe('SessionUnknown')
    expect(await events('end-session', api.world.users.alderAdministrator.email)).toHaveLength(2)
  })
})

describe('several memberships', () => {
  const email = 'ana.lyst@example.org'
  let alder: string
  beforeAll(async () => {
    alder = crypto.randomUUID()
    await api.sql(
      `insert into membership (id, user_id, organization_id, role, starts_on) select $1, id, $2, 'clinician', '2020-01-01' from app_user where email = $3`,
      [alder, api.world.practices.alder, email],
    )
  })

  test('are all told; the session acts under one, a request under the one it names', async () => {
    const caller = await api.signedIn('analyst')
    const { me } = (await caller.ask(ME)).data
    expect(me.memberships.map(({ role }: { role: string }) => role).sort()).toEqual(['clinician', 'region-analyst'])
    const region = me.memberships.find(({ role }: { role: string }) => role === 'region-analyst').id
    expect((await caller.ask(ACT_AS, { id: alder })).data.actAs.membership.id).toBe(alder)
    expect((await caller.ask(PATIENTS)).errors).toEqual([])
    const asRegion = { 'x-acting-as': region }
    expect((await caller.ask(PATIENTS, {}, asRegion)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect((await caller.ask('{ region { practiceCount } }', {}, asRegion)).errors).toEqual([])
    expect((await caller.ask(ME, {}, asRegion)).data.me.membership.id).toBe(region)
    expect(await events('act-as', email)).toEqual([{ outcome: 'allowed', ids: `{${alder}}` }])
  })

  test('of others, ended ones and none at all are refused alike', async () => {
    const caller = await api.signedIn('analyst')
    const { rows } = {
      rows: await api.sql(`select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1`, [card().email]),
    }
    const foreign = rows[0]!['id'] as string
    const answers = []
    for (const id of [foreign, crypto.randomUUID(), 'x', "' or 1=1 --"]) {
      expect((await caller.ask(ACT_AS, { id })).data.actAs).toEqual({ __typename: 'Refused', code: 'MembershipUnknown' })
      const { status, errors } = await caller.ask(ME, {}, { 'x-acting-as': id })
      answers.push(JSON.stringify([status, errors[0]?.message, errors[0]?.extensions]))
    }
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0]!)).toMatchObject([403, expect.stringContaining('does not open this'), { code: 'FORBIDDEN' }])
    expect((await state({ ask: (query, variables) => caller.ask(query, variables, { 'x-acting-as': foreign }) })).state).toBe('NOT_ACTING')
    expect((await api.caller().ask(ME, {}, { 'x-acting-as': foreign })).data).toEqual({ me: null })
  })

  test('end with the next request: the tab that acted under it is told, the session’s other memberships stay', async () => {
    const caller = await api.signedIn('analyst')
    const asAlder = { 'x-acting-as': alder }
    expect((await caller.ask(PATIENTS, {}, asAlder)).errors).toEqual([])
    await api.sql(`update membership set ended_at = now() where id = $1`, [alder])
    expect((await caller.ask(PATIENTS, {}, asAlder)).status).toBe(403)
    const { me } = (await caller.ask(ME)).data
    expect(me.memberships).toHaveLength(1)
  })
})

function other(cookie: string) {
  const caller = api.caller()
  caller.cookie = cookie
  return caller
}
