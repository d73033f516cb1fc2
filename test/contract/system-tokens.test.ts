import { request } from 'node:http'
import { createApi, type LogLine } from '@carecommons/api'
import { openDatabase } from '@carecommons/database'
import { clockAt } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi, SEALING_KEY } from '../support/api.ts'
import { closeAfterEach } from '../support/close-after-each.ts'
import {
  askAs,
  askToken,
  ASSERTION_TYPE,
  assertionOf,
  newKey,
  openKeyServer,
  PULL_SCOPE,
  registered,
  type TestSystem,
  tokenOf,
} from '../support/systems.ts'
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
const PULL = '{ performance { payer { slug } runId } }'

describe('hardening 43: forged and broken tokens', () => {
  const unsigned = (header: object, payload: object) =>
    [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.'

  /** Assertions that are no proof, by what is wrong with them. */
  const forgeries = async (): Promise<Record<string, string>> => {
    const seconds = Math.floor(Date.parse(NOW) / 1000)
    const own = { iss: system.clientId, sub: system.clientId, aud: `${api.url}/auth/token`, exp: seconds + 60, jti: crypto.randomUUID() }
    const stranger = await newKey(system.key.kid)
    const strangerRsa = await newKey(system.key.kid, 'RS384')
    const publicText = new TextEncoder().encode(JSON.stringify(system.key.jwk))
    const make = (parts: Parameters<typeof assertionOf>[3]) => assertionOf(api, system, NOW, parts)
    const valid = await make({})
    const [head, body, signature] = valid.split('.')
    return {
      'alg none': unsigned({ alg: 'none', typ: 'JWT', kid: system.key.kid }, own),
      'alg None': unsigned({ alg: 'None', typ: 'JWT', kid: system.key.kid }, own),
      'HS256 with the public key': await make({ header: { alg: 'HS256' }, key: publicText }),
      'HS384 with the public key': await make({ header: { alg: 'HS384' }, key: publicText }),
      'RS384 named for an EC key': await make({ header: { alg: 'RS384' }, key: strangerRsa.privateKey }),
      'another key under the same kid': await make({ key: stranger.privateKey }),
      'no kid': await make({ header: { kid: undefined } }),
      'kid of nobody': await make({ header: { kid: 'nobody' } }),
      'kid with a path': await make({ header: { kid: '../../../../dev/null' } }),
      'kid with SQL': await make({ header: { kid: `' or '1'='1` } }),
      'kid __proto__': await make({ header: { kid: '__proto__' } }),
      'kid as a list': await make({ header: { kid: [system.key.kid] as never } }),
      'jwk header': await make({ header: { jwk: stranger.jwk }, key: stranger.privateKey }),
      'jku header': await make({ header: { jku: 'https://evil.example/jwks.json' }, key: stranger.privateKey }),
      'jku header beside the right key': await make({ header: { jku: 'https://evil.example/jwks.json' } }),
      'x5u header': await make({ header: { x5u: 'https://evil.example/cert.pem' }, key: stranger.privateKey }),
      'x5c header': await make({ header: { x5c: ['AAAA'] } }),
      'crit header': `${Buffer.from(JSON.stringify({ alg: 'ES384', kid: system.key.kid, typ: 'JWT', crit: ['b64'], b64: false })).toString('base64url')}.${body}.${signature}`,
      'wrong iss': await make({ claims: { iss: crypto.randomUUID() } }),
      'wrong sub': await make({ claims: { sub: crypto.randomUUID() } }),
      'iss and sub of nobody': await make({
        claims: { iss: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0', sub: '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0' },
      }),
      'iss no id': await make({ claims: { iss: 'x', sub: 'x' } }),
      'wrong aud': await make({ claims: { aud: 'https://elsewhere.example/auth/token' } }),
      'wrong typ': await make({ header: { typ: 'at+jwt' } }),
      'no typ': await make({ header: { typ: undefined } }),
      'no exp': await make({ claims: { exp: undefined } }),
      'exp as text': await make({ claims: { exp: String(seconds + 60) } }),
      expired: await make({ claims: { exp: seconds - 1 } }),
      'expired this second': await make({ claims: { exp: seconds } }),
      'not yet valid': await make({ claims: { nbf: seconds + 60 } }),
      'issued in the future': await make({ claims: { iat: seconds + 60 } }),
      'no jti': await make({ claims: { jti: undefined } }),
      'claims changed after signing': `${head}.${Buffer.from(JSON.stringify(own)).toString('base64url')}.${signature}`,
      'signature cut': `${head}.${body}.${signature!.slice(0, -4)}`,
      'no signature': `${head}.${body}.`,
      'two parts': `${head}.${body}`,
      'no JWT': 'x',
      'not JSON inside': `${Buffer.from('{').toString('base64url')}.${body}.${signature}`,
      'an array inside': `${head}.${Buffer.from('[]').toString('base64url')}.${signature}`,
      '100 kB': await make({ claims: { padding: 'x'.repeat(100_000) } }),
    }
  }

  test('no forged assertion gets a token: each gets the same 401, and is noted', async () => {
    const noted = () => api.sql(`select 1 from audit_event where action = 'sign-in' and outcome = 'denied'`)
    const before = (await noted()).length
    const all = Object.entries(await forgeries())
    const reasons: Record<string, unknown> = {}
    for (const [name, assertion] of all) {
      const { status, body } = await askToken(api, { client_assertion: assertion })
      reasons[name] = api.log.at(-1)?.['reason']
      expect({ name, status, error: body['error'], words: body['error_description']?.replace(/[\da-f-]{36}/, 'id') }).toEqual({
        name,
        status: 401,
        error: 'invalid_client',
        words: 'The client assertion was not accepted. Quote id.',
      })
    }
    expect((await noted()).length - before).toBe(all.length)
    expect(await api.sql('select 1 from spent_assertion')).toEqual([])
    expect(reasons).toEqual({
      'alg none': 'AlgorithmRefused',
      'alg None': 'AlgorithmRefused',
      'HS256 with the public key': 'AlgorithmRefused',
      'HS384 with the public key': 'AlgorithmRefused',
      'RS384 named for an EC key': 'KeyUnknown',
      'another key under the same kid': 'SignatureWrong',
      'no kid': 'KeyIdMissing',
      'kid of nobody': 'KeyUnknown',
      'kid with a path': 'KeyUnknown',
      'kid with SQL': 'KeyUnknown',
      'kid __proto__': 'KeyUnknown',
      'kid as a list': 'KeyIdMissing',
      'jwk header': 'HeaderRefused',
      'jku header': 'HeaderRefused',
      'jku header beside the right key': 'HeaderRefused',
      'x5u header': 'HeaderRefused',
      'x5c header': 'HeaderRefused',
      'crit header': 'HeaderRefused',
      'wrong iss': 'ClaimsWrong',
      'wrong sub': 'ClaimsWrong',
      'iss and sub of nobody': 'ClientUnknown',
      'iss no id': 'ClaimsWrong',
      'wrong aud': 'ClaimsWrong',
      'wrong typ': 'TypeRefused',
      'no typ': 'TypeRefused',
      'no exp': 'ClaimsWrong',
      'exp as text': 'ClaimsWrong',
      expired: 'Expired',
      'expired this second': 'Expired',
      'not yet valid': 'NotYetValid',
      'issued in the future': 'NotYetValid',
      'no jti': 'ClaimsWrong',
      'claims changed after signing': 'SignatureWrong',
      'signature cut': 'SignatureWrong',
      'no signature': 'SignatureWrong',
      'two parts': 'AssertionUnreadable',
      'no JWT': 'AssertionUnreadable',
      'not JSON inside': 'AssertionUnreadable',
      'an array inside': 'AssertionUnreadable',
      '100 kB': 'AssertionTooLong',
    })
    // The very same parts, unforged, are accepted: the list above fails for its forgeries and for nothing else.
    await expect(tokenOf(api, system, NOW)).resolves.toMatch(/./)
  })

  test('nothing but a live token opens GraphQL or exports: the same 401 for all', async () => {
    const live = await tokenOf(api, system, NOW)
    const bearers = {
      ...(await forgeries()),
      'a random token': 'A'.repeat(43),
      'almost the token': `${live}A`,
      empty: '',
      'a token and more': `${live} ${live}`,
    }
    const seen = new Set<string>()
    for (const [name, token] of Object.entries(bearers)) {
      const { status, headers, text } = await askAs(api, token, PULL)
      expect({ name, status, challenge: headers.get('www-authenticate') }).toEqual({
        name,
        status: 401,
        challenge: 'Bearer realm="carecommons", error="invalid_token"',
      })
      seen.add(text)
      const csv = await fetch(`${api.url}/exports/performance.csv`, { headers: { authorization: `Bearer ${token}` } })
      expect({ name, status: csv.status }).toEqual({ name, status: 401 })
    }
    expect(seen.size).toBe(1)
    for (const authorization of ['Basic YTpi', live, `Token ${live}`, 'Bearer']) {
      expect((await askAs(api, live, PULL, { authorization })).status).toBe(401)
    }
    const inQuery = await fetch(`${api.url}/exports/performance.csv?access_token=${live}`)
    expect(inQuery.status).toBe(401)
  })

  test('forms that are no token request get the error of RFC 6749 for what they are', async () => {
    const assertion = () => assertionOf(api, system, NOW)
    const one = async (fields: Record<string, string>, init?: RequestInit) => {
      const { status, body } = await askToken(api, { client_assertion: await assertion(), ...fields }, init)
      return [status, body['error']]
    }
    expect(await one({ grant_type: 'password' })).toEqual([400, 'unsupported_grant_type'])
    expect(await one({ grant_type: '' })).toEqual([400, 'invalid_request'])
    expect(await one({ client_assertion_type: 'jwt' })).toEqual([400, 'invalid_request'])
    expect(await one({ client_assertion: '' })).toEqual([400, 'invalid_request'])
    expect(await one({ scope: '' })).toEqual([400, 'invalid_scope'])
    expect(await one({ client_secret: 'x' })).toEqual([401, 'invalid_client'])
    expect(await one({}, { headers: { authorization: 'Basic YTpi' } })).toEqual([401, 'invalid_client'])
    expect(await one({}, { method: 'PUT' })).toEqual([405, 'invalid_request'])
    expect(await one({}, { body: JSON.stringify({}), headers: { 'content-type': 'application/json' } })).toEqual([400, 'invalid_request'])
    const twice = `grant_type=client_credentials&scope=a&scope=b&client_assertion=${await assertion()}`
    expect(await one({}, { body: twice, headers: { 'content-type': 'application/x-www-form-urlencoded' } })).toEqual([
      400,
      'invalid_request',
    ])
  })
})

describe('hardening 44: SMART backend services', () => {
  test('a replayed jti is refused, in another process too, until the assertion would have expired', async () => {
    const database = closing(openDatabase(api.appUrl, { max: 2 }))
    const second = closing(
      await createApi({ sealingKey: SEALING_KEY, database, log: () => undefined, clock: clockAt(NOW), publicUrl: api.url }),
    )
    const { url } = await second.listen(0)
    const assertion = await assertionOf(api, system, NOW)
    expect((await askToken(api, { client_assertion: assertion })).status).toBe(200)
    expect((await askToken(api, { client_assertion: assertion })).status).toBe(401)
    expect((await askToken({ ...api, url }, { client_assertion: assertion })).status).toBe(401)
    const jti = crypto.randomUUID()
    const races = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const one = await assertionOf(api, system, NOW, { claims: { jti } })
        return (await askToken(n % 2 ? api : { ...api, url }, { client_assertion: one })).status
      }),
    )
    expect(races.toSorted()).toEqual([200, ...Array<number>(9).fill(401)])
    // Another client may use the same jti.
    const other = await registered(administrator, { organizationId: api.world.payers.quill })
    expect((await askToken(api, { client_assertion: await assertionOf(api, other, NOW, { claims: { jti } }) })).status).toBe(200)
  })

  test('an expiry within a second is one: neither taken after it, nor forgotten before it is over', async () => {
    const seconds = Math.floor(Date.parse(NOW) / 1000) + 30
    api.setNow(later(30.2))
    const assertion = await assertionOf(api, system, NOW, { claims: { exp: seconds + 0.5 } })
    const unused = await assertionOf(api, system, NOW, { claims: { exp: seconds + 0.5 } })
    expect((await askToken(api, { client_assertion: assertion })).status).toBe(200)
    api.setNow(later(30.9))
    for (const one of [assertion, unused]) expect((await askToken(api, { client_assertion: one })).status).toBe(401)
    // A second one is proven in its last instant and spent after it: the first is still known.
    await tokenOf(api, system, later(31))
    expect(await api.sql('select 1 from spent_assertion where expires_at = $1', [later(30.5)])).toHaveLength(1)
  })

  test('what was spent is forgotten when it has expired anyway', async () => {
    await tokenOf(api, system, NOW)
    api.setNow(later(600))
    await tokenOf(api, system, later(600))
    expect(await api.sql('select 1 from spent_assertion where expires_at < $1', [later(600)])).toEqual([])
    expect(await api.sql('select 1 from system_token where expires_at < $1', [later(600)])).toEqual([])
  })

  test('exp over five minutes ahead and a wrong aud are refused; five minutes and the token endpoint are not', async () => {
    const seconds = Math.floor(Date.parse(NOW) / 1000)
    const ask = async (claims: object) =>
      (await askToken(api, { client_assertion: await assertionOf(api, system, NOW, { claims }) })).status
    expect(await ask({ exp: seconds + 301 })).toBe(401)
    expect(await ask({ exp: seconds + 300 })).toBe(200)
    for (const aud of [
      api.url,
      `${api.url}/`,
      `${api.url}/auth/token/`,
      [`${api.url}/auth/token`, 'https://evil.example'],
      undefined,
      '',
      0,
    ])
      expect({ aud, status: await ask({ aud }) }).toEqual({ aud, status: 401 })
    // The address is configured, not taken from the request.
    const assertion = await assertionOf(api, system, NOW, { claims: { aud: 'http://evil.example/auth/token' } })
    const status = await new Promise((resolve) => {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: assertion,
        scope: PULL_SCOPE,
      }).toString()
      request(`${api.url}/auth/token`, {
        method: 'POST',
        headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      })
        .on('response', (response) => resolve((response.resume(), response.statusCode)))
        .end(body)
    })
    expect(status).toBe(401)
  })

  test('wider scopes are refused whole, and not narrowed silently', async () => {
    for (const scope of [
      'system/*.rs',
      `${PULL_SCOPE} system/Measure.rs`,
      'system/*.c',
      `${PULL_SCOPE}  `,
      'patient/*.rs',
      '__proto__',
      'system/MeasureReport.cruds',
    ]) {
      const { status, body } = await askToken(api, { client_assertion: await assertionOf(api, system, NOW), scope })
      expect({ scope, status, error: body['error'] }).toEqual({ scope, status: 400, error: 'invalid_scope' })
    }
    const feed = await registered(administrator, { organizationId: api.world.practices.birch, scopes: ['system/*.c'] })
    const { body } = await askToken(api, { client_assertion: await assertionOf(api, feed, NOW), scope: PULL_SCOPE })
    expect(body['error']).toBe('invalid_scope')
  })

  test('a key removed from the key set is refused when the cache is over; a new one is found at once', async () => {
    const server = await openKeyServer()
    const [first, second] = [await newKey('first'), await newKey('second')]
    server.serve([first.jwk], { 'cache-control': 'max-age=86400' })
    const { clientId } = await registered(administrator, { organizationId: api.world.payers.pine, jwksUrl: server.url })
    const status = async (key: typeof first, now: string, header: object = {}) => {
      api.setNow(now)
      return (await askToken(api, { client_assertion: await assertionOf(api, { clientId, key }, now, { header }) })).status
    }
    expect(await status(first, NOW)).toBe(200)
    expect(await status(first, later(1))).toBe(200)
    expect(server.asked()).toBe(1)
    // The registered address may be named in the header, no other one.
    expect(await status(first, later(2), { jku: server.url })).toBe(200)
    expect(await status(first, later(2), { jku: `${server.url}?` })).toBe(401)
    // Made-up key ids do not make us ask more than every ten seconds.
    expect(await status(second, later(3))).toBe(401)
    expect(await status(second, later(4))).toBe(401)
    expect(server.asked()).toBe(1)
    server.serve([second.jwk], { 'cache-control': 'max-age=86400' })
    expect(await status(second, later(11))).toBe(200)
    expect(await status(first, later(12))).toBe(401)
    server.serve([], { 'cache-control': 'max-age=86400' })
    expect(await status(second, later(310))).toBe(200)
    expect(await status(second, later(312))).toBe(401)
    // A server that fails is no reason to go on trusting.
    server.serve([second.jwk], { 'cache-control': 'no-store' })
    expect(await status(second, later(330))).toBe(200)
    server.answer = (_request, response) => void response.writeHead(500, { 'content-type': 'application/json' }).end('{}')
    expect(await status(second, later(331))).toBe(401)
    await server.close()
    expect(await status(second, later(332))).toBe(401)
  })

  test('a key set that redirects, is too long, is no JSON or stands behind our wall is not read', async () => {
    const server = await openKeyServer()
    const key = await newKey()
    const { clientId } = await registered(administrator, { organizationId: api.world.payers.pine, jwksUrl: server.url })
    const status = async () => (await askToken(api, { client_assertion: await assertionOf(api, { clientId, key }, NOW) })).status
    const set = JSON.stringify({ keys: [key.jwk] })
    for (const [reason, answer] of [
      ['KeysRedirected', (r) => r.writeHead(302, { location: server.url, 'content-type': 'application/json' }).end(set)],
      ['KeysNotJson', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end(set)],
      ['KeysNotJson', (r) => r.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(set)],
      ['KeysTooLarge', (r) => r.writeHead(200, { 'content-type': 'application/json' }).end(set + ' '.repeat(300 * 1024))],
      ['KeysNoKeySet', (r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{')],
    ] as [string, (response: Parameters<typeof server.answer>[1]) => void][]) {
      server.answer = (_request, response) => answer(response)
      expect({ reason, status: await status() }).toEqual({ reason, status: 401 })
      expect(api.log.at(-1)).toMatchObject({ event: 'TokenRefused', reason })
    }
    server.serve([key.jwk])
    expect(await status()).toBe(200)
    const database = closing(openDatabase(api.appUrl, { max: 2 }))
    const lines: LogLine[] = []
    const closed = closing(
      await createApi({ sealingKey: SEALING_KEY, database, log: (line) => void lines.push(line), clock: clockAt(NOW) }),
    )
    const { url } = await closed.listen(0)
    const asked = server.asked()
    const assertion = await assertionOf({ ...api, url }, { clientId, key }, NOW)
    expect((await askToken({ ...api, url }, { client_assertion: assertion })).status).toBe(401)
    expect({ asked: server.asked(), reason: lines.at(-1)?.['reason'] }).toEqual({ asked, reason: 'KeysAddressRefused' })
    await server.close()
  })
})
