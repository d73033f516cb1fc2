import { generateKeyPairSync } from 'node:crypto'
import { createApi } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'
import { clockAt } from '@carecommons/kernel'
import { exportJWK } from 'jose'
import { type Caller, openTestApi, type TestApi, SEALING_KEY } from '../support/api.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import { askAs, askToken, assertionOf, newKey, PULL_SCOPE, register, registered, type TestSystem, tokenOf } from '../support/systems.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
const closing = closeAfterEach()
let administrator: Caller
let system: TestSystem
beforeAll(async () => {
  api = await openTestApi({ insideAddresses: ['127.0.0.0/8'] })
  administrator = await api.signedIn('administrator')
  system = await registered(administrator, { organizationId: api.world.payers.pine })
})
afterAll(() => api.close())
afterEach(() => api.setNow(NOW))

const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()
const PULL = '{ performance { payer { slug } rows { scope hidden numerator } } }'
const END = 'mutation ($id: ID!) { endSystem(id: $id) { __typename ... on SystemClient { endedAt } ... on Refused { code } } }'

describe('registering', () => {
  test('the administrator registers a system with keys or their address, sees it listed, and the same key answers the same system', async () => {
    const key = await newKey('k-2026', 'RS384')
    const input = {
      organizationId: api.world.payers.quill,
      name: 'Quill warehouse',
      jwks: JSON.stringify({ keys: [key.jwk] }),
      idempotencyKey: 'quill-warehouse-1',
    }
    const first = await register(administrator, input)
    expect(first.data.registerSystem).toEqual({
      __typename: 'SystemClient',
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      name: 'Quill warehouse',
      role: 'payer-system',
      organization: { slug: 'quill' },
      jwksUrl: null,
      keyIds: ['k-2026'],
      scopes: [PULL_SCOPE],
      registeredAt: new Date(NOW).toISOString(),
      lastTokenAt: null,
      endedAt: null,
    })
    expect((await register(administrator, input)).data).toEqual(first.data)
    expect((await register(administrator, { ...input, name: 'Another' })).data.registerSystem.code).toBe('IdempotencyKeyReused')
    const feed = await register(administrator, {
      organizationId: api.world.practices.alder,
      name: 'Alder records',
      jwksUrl: 'https://ehr.alder.example/jwks.json',
      scopes: ['system/*.c'],
    })
    expect(feed.data.registerSystem).toMatchObject({ role: 'feed-system', jwksUrl: 'https://ehr.alder.example/jwks.json', keyIds: [] })
    const { data } = await administrator.ask(
      '{ systems { edges { node { id name } } } systemRoles { role scopes { name } organizations { slug } } }',
    )
    expect(data.systems.edges.map(({ node }: { node: { name: string } }) => node.name)).toEqual([
      'Alder records',
      'Nightly pull',
      'Quill warehouse',
    ])
    expect(data.systemRoles).toEqual([
      {
        role: 'payer-system',
        scopes: [{ name: PULL_SCOPE }, { name: 'system/Measure.rs' }],
        organizations: [{ slug: 'pine' }, { slug: 'quill' }],
      },
      { role: 'feed-system', scopes: [{ name: 'system/*.c' }], organizations: expect.arrayContaining([{ slug: 'alder' }]) },
    ])
    const events = await api.sql(`select subject_ids::text as ids from audit_event where subject = 'SystemClient' and action = 'create'`)
    expect(events).toContainEqual({ ids: `{${first.data.registerSystem.id}}` })
  })

  test('what cannot be right is refused in words, and nothing is kept', async () => {
    const before = await api.sql('select count(*) from app_user')
    const key = await newKey()
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const jwks = (...keys: object[]) => JSON.stringify({ keys })
    const privateKey = await exportJWK(key.privateKey)
    const payer = api.world.payers.pine
    for (const [code, input] of [
      ['OrganizationWithoutSystems', { organizationId: api.world.coordinatingBody, jwks: jwks(key.jwk) }],
      ['OrganizationWithoutSystems', { organizationId: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', jwks: jwks(key.jwk) }],
      ['OrganizationWithoutSystems', { organizationId: `' or true --`, jwks: jwks(key.jwk) }],
      ['NameUnusable', { organizationId: payer, name: 'a\nb', jwks: jwks(key.jwk) }],
      ['ScopeTooWide', { organizationId: payer, jwks: jwks(key.jwk), scopes: ['system/*.c'] }],
      ['ScopeTooWide', { organizationId: payer, jwks: jwks(key.jwk), scopes: [PULL_SCOPE, 'system/*.rs'] }],
      ['ScopeTooWide', { organizationId: payer, jwks: jwks(key.jwk), scopes: [] }],
      ['ScopeTooWide', { organizationId: payer, jwks: jwks(key.jwk), scopes: ['__proto__'] }],
      ['KeysMissing', { organizationId: payer }],
      ['KeysMissing', { organizationId: payer, jwks: jwks(key.jwk), jwksUrl: 'https://pine.example/jwks' }],
      ['PrivateKeyShown', { organizationId: payer, jwks: jwks({ ...privateKey, kid: 'x' }) }],
      ['PrivateKeyShown', { organizationId: payer, jwks: jwks({ kty: 'oct', kid: 'x', k: 'AAAA' }) }],
      ['KeySetUnreadable', { organizationId: payer, jwks: 'keys' }],
      ['KeySetUnreadable', { organizationId: payer, jwks: '[]' }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks() }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks({ ...key.jwk, kid: undefined }) }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks(key.jwk, key.jwk) }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks({ ...key.jwk, crv: 'P-256' }) }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks({ ...key.jwk, x: 'AAAA' }) }],
      ['KeyUnusable', { organizationId: payer, jwks: jwks({ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'short' }) }],
      ['KeyAddressUnusable', { organizationId: payer, jwksUrl: 'http://pine.example/jwks' }],
      ['KeyAddressUnusable', { organizationId: payer, jwksUrl: 'https://user:word@pine.example/jwks' }],
      ['KeyAddressUnusable', { organizationId: payer, jwksUrl: 'file:///etc/passwd' }],
      ...[
        'https://10.0.0.1/jwks',
        'https://169.254.169.254/latest',
        'https://[::1]/jwks',
        'http://192.168.1.1/jwks',
        'https://0x0a000001/',
      ].map((jwksUrl) => ['KeyAddressUnusable', { organizationId: payer, jwksUrl }] as const),
      ['IdempotencyKeyUnusable', { organizationId: payer, jwks: jwks(key.jwk), idempotencyKey: 'short' }],
    ] as const) {
      const { data, errors } = await register(administrator, input)
      expect({ code: data?.registerSystem.code, input, errors }).toEqual({ code, input, errors: [] })
    }
    expect(await api.sql('select count(*) from app_user')).toEqual(before)
  })

  test('people of practices and payers, and analysts of the region, neither see, register nor end systems', async () => {
    for (const user of ['alderAdministrator', 'alderClinician', 'pineAnalyst', 'analyst', 'auditor', 'careManager'] as const) {
      const caller = await api.signedIn(user)
      const answers = [
        await caller.ask('{ systems { totalCount } }'),
        await caller.ask('{ systemRoles { role } }'),
        await register(caller, { organizationId: api.world.payers.pine, jwksUrl: 'https://pine.example/jwks' }),
        await caller.ask(END, { id: system.clientId }),
      ]
      expect({ user, codes: answers.map(({ errors }) => errors[0]?.extensions['code']) }).toEqual({
        user,
        codes: Array(4).fill('FORBIDDEN'),
      })
    }
  })
})

describe('a program with a key', () => {
  test('finds the token endpoint, gets a token of 300 seconds, and pulls what its payer is shown', async () => {
    const configuration = await (await fetch(`${api.url}/.well-known/smart-configuration`)).json()
    expect(configuration).toMatchObject({
      token_endpoint: `${api.url}/auth/token`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
      scopes_supported: expect.arrayContaining([PULL_SCOPE]),
    })
    const { status, headers, body } = await askToken(api, { client_assertion: await assertionOf(api, system, NOW) })
    expect({ status, body }).toEqual({
      status: 200,
      body: { access_token: expect.stringMatching(/^[\w-]{43}$/), token_type: 'bearer', expires_in: 300, scope: PULL_SCOPE },
    })
    expect(headers.get('cache-control')).toBe('no-store')
    const kept = await api.sql(`select encode(token_hash, 'escape') as hash from system_token`)
    expect(JSON.stringify(kept)).not.toContain(body['access_token'])

    const { data, errors } = await askAs(api, body['access_token']!, PULL)
    expect(errors).toBeUndefined()
    expect(data).toEqual((await (await api.signedIn('pineAnalyst')).ask(PULL)).data)
    const csv = await fetch(`${api.url}/exports/performance.csv`, { headers: { authorization: `Bearer ${body['access_token']}` } })
    expect({ status: csv.status, store: csv.headers.get('cache-control') }).toEqual({ status: 200, store: 'no-store' })
  })

  test('RS384 does as well as ES384', async () => {
    const key = await newKey('rsa', 'RS384')
    const { data } = await register(administrator, { organizationId: api.world.payers.pine, jwks: JSON.stringify({ keys: [key.jwk] }) })
    await expect(tokenOf(api, { clientId: data.registerSystem.id, key }, NOW)).resolves.toMatch(/./)
  })

  test('is named in every audit row it causes, by its own membership', async () => {
    const token = await tokenOf(api, system, NOW)
    const [row] = await api.sql(
      `select m.id as membership, m.user_id as "user" from membership m join system_client c on c.membership_id = m.id where c.id = $1`,
      [system.clientId],
    )
    const mine = () =>
      api.sql('select action, subject, outcome from audit_event where membership_id = $1 and user_id = $2 order by at, id', [
        row!['membership'],
        row!['user'],
      ])
    const before = (await mine()).length
    await askAs(api, token, '{ patients { totalCount } }')
    await fetch(`${api.url}/exports/performance.csv`, { headers: { authorization: `Bearer ${token}` } })
    expect((await mine()).slice(before)).toEqual([
      { action: 'read', subject: 'Chart', outcome: 'denied' },
      { action: 'export', subject: 'Performance', outcome: 'allowed' },
    ])
    expect((await mine()).slice(0, before)).toContainEqual({ action: 'sign-in', subject: 'Session', outcome: 'allowed' })
  })

  test('needs neither cookie nor our header, brings no cookie beside its token, and acts as itself', async () => {
    const token = await tokenOf(api, system, NOW)
    expect((await askAs(api, token, PULL, { origin: 'https://pine.example' })).status).toBe(200)
    const both = await askAs(api, token, PULL, { cookie: administrator.cookie })
    expect({ status: both.status, errors: both.errors }).toMatchObject({
      status: 400,
      errors: [{ message: 'Send a token or a cookie, not both.' }],
    })
    expect((await askAs(api, token, PULL, { cookie: 'commons_session=' })).status).toBe(400)
    expect((await askAs(api, token, PULL, { 'x-acting-as': crypto.randomUUID() })).status).toBe(400)
    expect((await askAs(api, token, PULL, { 'content-type': 'text/plain' })).status).toBe(415)
  })

  test('gets only what its token was asked for, however much its role may', async () => {
    const wide = await registered(administrator, { organizationId: api.world.payers.pine, scopes: [PULL_SCOPE, 'system/Measure.rs'] })
    const narrow = await tokenOf(api, wide, NOW, 'system/Measure.rs')
    expect((await askAs(api, narrow, '{ measures { id } }')).errors).toBeUndefined()
    expect((await askAs(api, narrow, PULL)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    const csv = await fetch(`${api.url}/exports/performance.csv`, { headers: { authorization: `Bearer ${narrow}` } })
    expect(csv.status).toBe(403)
    const whole = await askToken(api, { client_assertion: await assertionOf(api, wide, NOW), scope: `${PULL_SCOPE} system/Measure.rs` })
    expect(whole.body['scope']).toBe(`${PULL_SCOPE} system/Measure.rs`)
  })

  test('of a practice reads nothing at all', async () => {
    const feed = await registered(administrator, { organizationId: api.world.practices.alder, scopes: ['system/*.c'] })
    const token = await tokenOf(api, feed, NOW, 'system/*.c')
    for (const query of [
      '{ patients { totalCount } }',
      PULL,
      '{ measures { id } }',
      '{ practice { chartCount } }',
      '{ systems { totalCount } }',
      '{ conditionGroups { key } }',
    ]) {
      const { errors } = await askAs(api, token, query)
      expect({ query, code: errors?.[0]?.extensions['code'] }).toEqual({ query, code: 'FORBIDDEN' })
    }
  })

  test('is shut out at once when it is ended, by every process, and so is one whose membership or organization role is over', async () => {
    const other = await registered(administrator, { organizationId: api.world.payers.pine })
    const token = await tokenOf(api, other, NOW)
    const database = closing(openDatabase(api.appUrl, { max: 2 }))
    const second = closing(await createApi({ sealingKey: SEALING_KEY, database, log: () => undefined, clock: clockAt(NOW) }))
    const { url } = await second.listen(0)
    expect((await askAs({ ...api, url }, token, PULL)).status).toBe(200)
    expect((await administrator.ask(END, { id: other.clientId })).data.endSystem.endedAt).toBe(new Date(NOW).toISOString())
    expect((await askAs(api, token, PULL)).status).toBe(401)
    expect((await askAs({ ...api, url }, token, PULL)).status).toBe(401)
    expect((await askToken(api, { client_assertion: await assertionOf(api, other, NOW) })).status).toBe(401)
    expect((await administrator.ask(END, { id: other.clientId })).data.endSystem.__typename).toBe('SystemClient')
    expect((await administrator.ask(END, { id: crypto.randomUUID() })).data.endSystem.code).toBe('SystemNotFound')
    expect((await administrator.ask(END, { id: 'x' })).data.endSystem.code).toBe('SystemNotFound')

    const third = await registered(administrator, { organizationId: api.world.payers.pine })
    const thirdToken = await tokenOf(api, third, NOW)
    const membership = 'id = (select membership_id from system_client where id = $1)'
    await api.sql(`update membership set role = 'payer-analyst' where ${membership}`, [third.clientId])
    expect((await askAs(api, thirdToken, PULL)).status).toBe(401)
    await api.sql(`update membership set role = 'payer-system', ended_at = now() where ${membership}`, [third.clientId])
    expect((await askAs(api, thirdToken, PULL)).status).toBe(401)
  })

  test("a token lives 300 seconds, and a session's token is no access token", async () => {
    const token = await tokenOf(api, system, NOW)
    api.setNow(later(299))
    expect((await askAs(api, token, PULL)).status).toBe(200)
    api.setNow(later(300))
    expect((await askAs(api, token, PULL)).status).toBe(401)
    const session = administrator.cookie.slice('commons_session='.length)
    expect((await askAs(api, session, PULL)).status).toBe(401)
    const asCookie = api.caller()
    asCookie.cookie = `commons_session=${token}`
    api.setNow(NOW)
    expect((await asCookie.ask('{ me { user { id } } }')).data.me).toBeNull()
  })
})
