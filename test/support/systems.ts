import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { Answer, Caller, TestApi } from './api.ts'

export const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
export const PULL_SCOPE = 'system/MeasureReport.rs'

export interface TestKey {
  readonly kid: string
  readonly alg: 'RS384' | 'ES384'
  readonly privateKey: CryptoKey
  /** The public part, as a key set holds it. */
  readonly jwk: JWK
}

export async function newKey(kid: string = crypto.randomUUID(), alg: TestKey['alg'] = 'ES384'): Promise<TestKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

const REGISTER = `mutation ($input: RegisterSystemInput!) {
  registerSystem(input: $input) { __typename ... on Refused { code message }
    ... on SystemClient { id name role organization { slug } jwksUrl keyIds scopes registeredAt lastTokenAt endedAt } }
}`

/** Asks as a person who may: `registerSystem` of the answer's data. */
export const register = (administrator: Caller, input: object): Promise<Answer> =>
  administrator.ask(REGISTER, { input: { name: 'Nightly pull', scopes: [PULL_SCOPE], idempotencyKey: crypto.randomUUID(), ...input } })

/** A payer's program: its client id, its key, and what it does with them. */
export interface TestSystem {
  readonly clientId: string
  readonly key: TestKey
}

export async function registered(administrator: Caller, input: object): Promise<TestSystem> {
  const key = await newKey()
  const keys = 'jwksUrl' in input ? {} : { jwks: JSON.stringify({ keys: [key.jwk] }) }
  const { data, text } = await register(administrator, { ...keys, ...input })
  if (data?.registerSystem.__typename !== 'SystemClient') throw new Error(`Not registered: ${text}`)
  return { clientId: data.registerSystem.id, key }
}

export interface AssertionParts {
  readonly header?: object
  readonly claims?: object
  readonly key?: TestKey['privateKey'] | Uint8Array
}

/** A client assertion as a well-behaved program makes it at the instant `now`, with whatever a test puts in its place. */
export async function assertionOf(
  api: Pick<TestApi, 'url'>,
  { clientId, key }: TestSystem,
  now: string,
  parts: AssertionParts = {},
): Promise<string> {
  const seconds = Math.floor(Date.parse(now) / 1000)
  const claims = { iss: clientId, sub: clientId, aud: `${api.url}/auth/token`, iat: seconds, exp: seconds + 240, jti: crypto.randomUUID() }
  return new SignJWT({ ...claims, ...parts.claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...parts.header })
    .sign(parts.key ?? key.privateKey)
}

/** `POST /auth/token`. */
export async function askToken(api: Pick<TestApi, 'url'>, fields: Record<string, string>, init: RequestInit = {}) {
  const form = { grant_type: 'client_credentials', client_assertion_type: ASSERTION_TYPE, scope: PULL_SCOPE, ...fields }
  const response = await fetch(`${api.url}/auth/token`, { method: 'POST', body: new URLSearchParams(form), ...init })
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, string> }
}

export async function tokenOf(api: Pick<TestApi, 'url'>, system: TestSystem, now: string, scope: string = PULL_SCOPE): Promise<string> {
  const { status, body } = await askToken(api, { client_assertion: await assertionOf(api, system, now), scope })
  if (status !== 200) throw new Error(`No token: ${JSON.stringify(body)}`)
  return body['access_token']!
}

/** GraphQL as a program asks: a token, no cookie, none of our headers. */
export async function askAs(api: Pick<TestApi, 'url'>, token: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify({ query }),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, ...(JSON.parse(text) as Pick<Answer, 'data' | 'errors'>) }
}

export interface KeyServer {
  readonly url: string
  /** Requests so far. */
  readonly asked: () => number
  /** What is answered from now on. */
  answer: (request: IncomingMessage, response: ServerResponse) => void
  serve(keys: readonly JWK[], headers?: Record<string, string>): void
  close(): Promise<void>
}

/** A payer's web server, on this machine, that publishes a key set. */
export async function openKeyServer(): Promise<KeyServer> {
  let asked = 0
  const server = createServer((request, response) => {
    asked++
    one.answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const one: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys.json`,
    asked: () => asked,
    answer: (_request, response) => void response.writeHead(404).end(),
    serve: (keys, headers = {}) =>
      void (one.answer = (_request, response) =>
        void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ keys }))),
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
  return one
}
