import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'
import { clockAt } from '@carecommons/kernel'
import { exportJWK, SignJWT } from 'jose'
import { type Caller, openCaller, openTestApi, type TestApi, SEALING_KEY } from '../support/api.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { openTestProvider, type TestProvider } from '../support/identity-provider.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
const closing = closeAfterEach()
let provider: TestProvider
beforeAll(async () => {
  provider = await openTestProvider()
  const { issuer, clientId, clientSecret } = provider
  api = await openTestApi({
    identityProvider: { name: 'Riverton Login', issuer, clientId, clientSecret },
    insideAddresses: ['127.0.0.0/8'],
  })
  provider.hold(`${api.url}/auth/oidc/callback`)
})
afterAll(async () => {
  await api.close()
  await provider.close()
})
beforeEach(() => {
  provider.meddle = () => false
  const { email } = api.world.users.alderClinician
  provider.accounts = { casey: { email, email_verified: true } }
})

const ME = '{ me { user { email } membership { role } } }'
const REFUSED = '/sign-in?outside=refused'

/** A browser that keeps every cookie, for our service only. */
function browser(url: string = api.url): Caller & { attempt: string; get(path: string): Promise<{ status: number; location: string }> } {
  const one = openCaller(url)
  const fetchAs = one.fetch.bind(one)
  return Object.assign(one, {
    attempt: '',
    async get(this: { attempt: string }, path: string) {
      const session = one.cookie
      one.cookie = [session, this.attempt].filter(Boolean).join('; ')
      const response = await fetchAs(path)
      if (!response.headers.getSetCookie().some((cookie) => cookie.startsWith('commons_session='))) one.cookie = session
      const attempt = response.headers.getSetCookie().find((cookie) => cookie.startsWith('commons_outside='))
      if (attempt) this.attempt = attempt.startsWith('commons_outside=;') ? '' : attempt.split(';')[0]!
      return { status: response.status, location: response.headers.get('location') ?? '' }
    },
  })
}
const pathOf = (url: string): string => url.slice(api.url.length)

/** From the button to where the provider sends the browser back to. */
async function wayBack(one: ReturnType<typeof browser>, account: string, to = '/registry'): Promise<string> {
  const { status, location } = await one.get(`/auth/oidc/start?to=${encodeURIComponent(to)}`)
  expect(status).toBe(303)
  return pathOf(await provider.signIn(location, account))
}
const lastReason = (): unknown => api.log.at(-1)?.['reason']

test('the sign-in page is told the name of the provider, and nothing of its secrets', async () => {
  const { data, text } = await api.caller().ask('{ identityProvider }')
  expect(data).toEqual({ identityProvider: 'Riverton Login' })
  expect(text).not.toContain(provider.clientSecret)
})

test('a person whose verified address is known here comes in, with an ordinary session, on the page they asked for', async () => {
  const one = browser()
  const start = await one.get('/auth/oidc/start?to=/registry')
  const asked = new URL(start.location)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'carecommons',
    redirect_uri: `${api.url}/auth/oidc/callback`,
    scope: 'openid email',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  })
  const back = pathOf(await provider.signIn(start.location, 'casey'))
  expect(await one.get(back)).toEqual({ status: 303, location: '/registry' })
  const { email } = api.world.users.alderClinician
  expect((await one.ask(ME)).data.me).toEqual({ user: { email }, membership: { role: 'clinician' } })
  const [event] = await api.sql(
    `select e.outcome, u.email from audit_event e join app_user u on u.id = e.user_id where e.action = 'sign-in' order by e.at desc, e.id desc limit 1`,
  )
  expect(event).toEqual({ outcome: 'allowed', email })
})

test('from then on the account counts, not its address; another account with that address is refused', async () => {
  const first = browser()
  expect((await first.get(await wayBack(first, 'casey'))).location).toBe('/registry')
  provider.accounts = {
    casey: { email: 'moved@elsewhere.example', email_verified: true },
    impostor: { email: api.world.users.alderClinician.email, email_verified: true },
  }
  const moved = browser()
  expect((await moved.get(await wayBack(moved, 'casey'))).location).toBe('/registry')
  const impostor = browser()
  expect((await impostor.get(await wayBack(impostor, 'impostor'))).location).toBe(REFUSED)
  expect((await impostor.ask(ME)).data.me).toBeNull()
})

test('nobody is let in by an unverified address, none at all, one unknown here, or one without a membership in force; nobody is made', async () => {
  const users = await api.sql('select count(*) from app_user')
  const { email } = api.world.users.birchClinician
  await api.sql(`update membership set ended_at = now() where user_id = (select id from app_user where email = $1)`, [
    api.world.users.quillAnalyst.email,
  ])
  provider.accounts = {
    unverified: { email, email_verified: false },
    untold: { email },
    addressless: {},
    stranger: { email: 'stranger@example.org', email_verified: true },
    ended: { email: api.world.users.quillAnalyst.email, email_verified: true },
  }
  for (const account of Object.keys(provider.accounts)) {
    const one = browser()
    expect({ account, ...(await one.get(await wayBack(one, account))) }).toEqual({ account, status: 303, location: REFUSED })
    expect({ account, me: (await one.ask(ME)).data.me }).toEqual({ account, me: null })
  }
  expect(await api.sql('select count(*) from app_user')).toEqual(users)
  expect(await api.sql(`select 1 from external_identity where subject <> 'casey'`)).toEqual([])
})

test('a wrong state, another browser, an answer used twice, a code used elsewhere, and an error of the provider: refused', async () => {
  const one = browser()
  const back = new URL(await wayBack(one, 'casey'), api.url)
  const code = back.searchParams.get('code')!
  const changed = (name: string, value: string | null): string => {
    const url = new URL(back)
    if (value === null) url.searchParams.delete(name)
    else url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  const kept = one.attempt
  for (const [path, attempt] of [
    [changed('state', 'x'.repeat(43)), kept],
    [changed('state', null), kept],
    [changed('code', null), kept],
    [changed('iss', 'https://evil.example'), kept],
    [back.pathname + back.search, ''],
    [back.pathname + back.search, 'commons_outside=x'],
    [back.pathname + back.search, `commons_outside=${Buffer.from('["a","b","c","/"]').toString('base64url')}`],
    [`/auth/oidc/callback?error=access_denied&state=${back.searchParams.get('state')}&iss=${provider.issuer}`, kept],
    ['/auth/oidc/callback', kept],
  ] as const) {
    one.attempt = attempt
    expect({ path, location: (await one.get(path)).location }).toEqual({ path, location: REFUSED })
    expect(one.attempt).toBe('')
  }
  one.attempt = kept
  expect((await one.get(back.pathname + back.search)).location).toBe('/registry')
  // The browser's attempt is over, and so is the code, even with the attempt put back.
  const again = browser()
  expect((await again.get(back.pathname + back.search)).location).toBe(REFUSED)
  again.attempt = kept
  expect((await again.get(back.pathname + back.search)).location).toBe(REFUSED)
  // Somebody else's code with an attempt of one's own: another verifier.
  const thief = browser()
  await thief.get('/auth/oidc/start')
  const own = new URL((await thief.get('/auth/oidc/start')).location)
  const victim = browser()
  const stolen = new URL(await wayBack(victim, 'casey'), api.url)
  stolen.searchParams.set('state', own.searchParams.get('state')!)
  expect(stolen.searchParams.get('code')).not.toBe(code)
  expect((await thief.get(stolen.pathname + stolen.search)).location).toBe(REFUSED)
  expect((await thief.ask(ME)).data.me).toBeNull()
})

test('whatever is asked for as the page to go to, nobody is sent to another site', async () => {
  const evil = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/%09/evil.example\n',
    'javascript:alert(1)',
    'evil.example',
    '/auth/oidc/start',
    ' /registry',
    '/é',
    `/${'x'.repeat(2000)}`,
  ]
  for (const to of evil) {
    const one = browser()
    expect({ to, location: (await one.get(await wayBack(one, 'casey', to))).location }).toEqual({
      to,
      location: '/',
    })
  }
  const one = browser()
  expect((await one.get(await wayBack(one, 'casey', '/registry?condition=diabetes'))).location).toBe('/registry?condition=diabetes')
})

describe('a provider that answers with an identity that is not one', () => {
  /** A provider made of one key and what it puts into its ID token. */
  interface Forger {
    readonly issuer: string
    idToken: (nonce: string) => Promise<string>
    nonce: string
    close(): Promise<void>
  }
  let forger: Forger
  let forged: { url: string; close(): Promise<void> }
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
  beforeAll(async () => {
    forger = await openForger()
    const database = openDatabase(api.appUrl, { max: 2 })
    const served = await createApi({
      sealingKey: SEALING_KEY,
      database,
      log: (line) => void (api.log as unknown[]).push(line),
      clock: clockAt(NOW),
      insideAddresses: ['127.0.0.0/8'],
      identityProvider: { name: 'Forger', issuer: forger.issuer, clientId: 'carecommons', clientSecret: 'x' },
    })
    const { url } = await served.listen(0)
    forged = { url, close: async () => (await served.close(), await database.close()) }
  })
  afterAll(async () => {
    await forged.close()
    await forger.close()
  })

  async function openForger(): Promise<Forger> {
    const json = (response: ServerResponse, body: object) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (request.url?.startsWith('/.well-known')) {
        const { issuer } = one
        return json(response, {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256', 'none', 'HS256'],
        })
      }
      if (request.url === '/jwks')
        return json(response, { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] })
      json(response, { access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: await one.idToken(one.nonce) })
    }
    const server = createServer((request, response) => void answer(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const one: Forger = {
      issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      idToken: () => Promise.reject(new Error('unset')),
      nonce: '',
      close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
    }
    return one
  }

  const claimsOf = (nonce: string) => ({
    iss: forger.issuer,
    sub: 'forged',
    aud: 'carecommons',
    nonce,
    email: api.world.users.alderAdministrator.email,
    email_verified: true,
    iat: Math.floor(Date.now() / 1000),
    exp: Math.floor(Date.now() / 1000) + 60,
  })
  const sign = (claims: object, key: KeyObject | Uint8Array = keys.privateKey, alg = 'RS256', kid = 'one') =>
    new SignJWT({ ...claims }).setProtectedHeader({ alg, kid }).sign(key)
  const unsigned = (claims: object) =>
    [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.'

  async function tryWith(idToken: Forger['idToken']): Promise<{ location: string; me: unknown }> {
    forger.idToken = idToken
    const one = browser(forged.url)
    const { location } = await one.get('/auth/oidc/start?to=/registry')
    const asked = new URL(location).searchParams
    forger.nonce = asked.get('nonce')!
    const back = await one.get(`/auth/oidc/callback?code=c&state=${asked.get('state')}`)
    return { location: back.location, me: (await one.ask(ME)).data.me }
  }

  test.each<[string, (nonce: string) => string | Promise<string>]>([
    ['alg none', (nonce) => unsigned(claimsOf(nonce))],
    ['HS256 with the client secret', (nonce) => sign(claimsOf(nonce), new TextEncoder().encode('x'.repeat(32)), 'HS256')],
    ['another key', (nonce) => sign(claimsOf(nonce), foreign.privateKey)],
    ['an unknown kid', (nonce) => sign(claimsOf(nonce), keys.privateKey, 'RS256', 'two')],
    ['a wrong nonce', () => sign(claimsOf('x'.repeat(43)))],
    ['no nonce', (nonce) => sign({ ...claimsOf(nonce), nonce: undefined })],
    ['a wrong iss', (nonce) => sign({ ...claimsOf(nonce), iss: 'https://evil.example' })],
    ['a wrong aud', (nonce) => sign({ ...claimsOf(nonce), aud: 'somebody-else' })],
    ['expired', (nonce) => sign({ ...claimsOf(nonce), exp: Math.floor(Date.now() / 1000) - 120 })],
    ['no sub', (nonce) => sign({ ...claimsOf(nonce), sub: undefined })],
    ['email_verified as text', (nonce) => sign({ ...claimsOf(nonce), email_verified: 'true' })],
    ['no JWT', () => 'x'],
  ])('%s: refused', async (_name, make) => {
    expect(await tryWith(async (nonce) => make(nonce))).toEqual({ location: REFUSED, me: null })
    expect(lastReason()).toEqual(expect.any(String))
  })

  test('the same parts, unforged, sign in: the list above fails for its forgeries', async () => {
    const { location, me } = await tryWith((nonce) => sign(claimsOf(nonce)))
    expect({ location, me }).toMatchObject({ location: '/registry', me: { user: { email: api.world.users.alderAdministrator.email } } })
  })
})

test('a provider behind our wall is not asked, and one that is away is said to be', async () => {
  const database = closing(openDatabase(api.appUrl, { max: 2 }))
  const { issuer, clientId, clientSecret } = provider
  const lines: Record<string, unknown>[] = []
  const closed = closing(
    await createApi({
      sealingKey: SEALING_KEY,
      database,
      log: (line) => void lines.push({ ...line }),
      clock: clockAt(NOW),
      identityProvider: { name: 'Riverton Login', issuer, clientId, clientSecret },
    }),
  )
  const { url } = await closed.listen(0)
  let asked = 0
  provider.meddle = () => {
    asked++
    return false
  }
  expect((await browser(url).get('/auth/oidc/start')).location).toBe('/sign-in?outside=unreachable')
  expect(asked).toBe(0)
  expect(lines.at(-1)).toMatchObject({ event: 'IdentityProviderUnreachable', reason: 'AddressRefused' })
})
