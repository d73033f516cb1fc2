import { openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const ME = '{ me { user { name email } membership { role organization { kind slug } } region { name timeZone } } }'
const card = () => api.world.users.alderClinician

test('nobody is me until somebody signs in, and again after signing out', async () => {
  const caller = api.caller()
  expect((await caller.ask(ME)).data).toEqual({ me: null })
  await caller.ask(SIGN_IN, { input: { email: ` ${card().email.toUpperCase()} `, password: card().password } })
  expect((await caller.ask(ME)).data.me).toEqual({
    user: { name: 'Casey Alder', email: card().email },
    membership: { role: 'clinician', organization: { kind: 'PRACTICE', slug: 'alder' } },
    region: { name: 'Riverton', timeZone: 'America/New_York' },
  })
  const before = caller.cookie
  expect((await caller.ask('mutation { signOut }')).data).toEqual({ signOut: true })
  caller.cookie = before
  expect((await caller.ask(ME)).data).toEqual({ me: null })
})

test('the cookie is out of reach of scripts and other sites; of its token only a hash is kept', async () => {
  const response = await api.caller().fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-commons': 'web' },
    body: JSON.stringify({ query: SIGN_IN, variables: { input: { email: card().email, password: card().password } } }),
  })
  const [cookie] = response.headers.getSetCookie()
  expect(cookie).toMatch(/^commons_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  expect(response.headers.get('cache-control')).toBe('no-store')
  const token = cookie!.slice('commons_session='.length, cookie!.indexOf(';'))
  const sessions = await api.sql('select encode(token_hash, $1) as hash from session', ['hex'])
  expect(JSON.stringify(sessions)).not.toContain(Buffer.from(token).toString('hex'))
  expect(sessions).toContainEqual({ hash: await sha256(token) })
})

test('every refusal has the same words, and is noted without the address that was typed', async () => {
  await api.sql(
    `with added as (insert into app_user values (uuidv7(), 'No Member', 'no.member@example.org', now()) returning id)
     insert into password_credential select added.id, c.password_hash, now(), true from added, password_credential c join app_user u on u.id = c.user_id where u.email = $1`,
    [card().email],
  )
  const refusals = []
  for (const [email, password] of [
    [card().email, 'wrong'],
    ['nobody@example.org', card().password],
    ['no.member@example.org', card().password],
    ["' or 1=1 --", '%'],
  ])
    refusals.push((await api.caller().ask(SIGN_IN, { input: { email, password } })).data.signIn)
  expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1)
  expect(refusals[0]).toMatchObject({ __typename: 'Refused', code: 'SignInRefused' })
  const events = await api.sql(`select * from audit_event where action = 'sign-in' and outcome = 'denied'`)
  expect(events).toHaveLength(4)
  expect(JSON.stringify(events)).not.toContain('nobody')
})

test('signing in gives a new session and ends the one before', async () => {
  const caller = await api.signedIn('alderClinician')
  const first = caller.cookie
  await caller.ask(SIGN_IN, { input: { email: card().email, password: card().password } })
  expect(caller.cookie).not.toBe(first)
  caller.cookie = first
  expect((await caller.ask(ME)).data.me).toBeNull()
})

test('a membership that ended opens nothing, from the next request on', async () => {
  const caller = await api.signedIn('alderAdministrator')
  const own = [api.world.users.alderAdministrator.email]
  await api.sql(`update membership set ends_on = '2026-03-01' where user_id = (select id from app_user where email = $1)`, own)
  expect((await caller.ask('{ patients { totalCount } }')).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  await api.sql(
    `update membership set ends_on = null, role = 'owner-of-everything' where user_id = (select id from app_user where email = $1)`,
    own,
  )
  expect((await caller.ask(ME)).data.me).toBeNull()
})

test('after ten tries an account rests, whatever the eleventh password is; others go on', async () => {
  const { email, password } = api.world.users.quillAnalyst
  const tries = Array.from({ length: 10 }, (_, n) => `a${n}: signIn(input: { email: "${email}", password: "${n}" }) { __typename }`)
  const { data } = await api.caller().ask(`mutation { ${tries.join(' ')} }`)
  expect(new Set(Object.values(data as object).map((result) => result.__typename))).toEqual(new Set(['Refused']))
  expect((await api.caller().ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('Refused')
  await expect(api.signedIn('pineAnalyst')).resolves.toBeDefined()
})

async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex')
}
