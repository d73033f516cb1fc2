import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** Whom the provider knows, by the name typed at its sign-in page. */
export type Accounts = Record<string, { readonly email?: string; readonly email_verified?: boolean }>

/** The region's own identity provider: a real one, in a server of its own on this machine. */
export interface TestProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  accounts: Accounts
  /** Registers our service with the provider, under the address to come back to. */
  hold(redirectUri: string): void
  /** Stands before the provider: answers itself, or false. */
  meddle: (request: IncomingMessage, response: ServerResponse) => boolean
  /** Signs in at the provider as a person does, from the address that our service sent them to; answers where they are sent back to. */
  signIn(start: string, account: string): Promise<string>
  close(): Promise<void>
}

export async function openTestProvider(): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.writeHead(503).end()
  const server: Server = createServer((request, response) => {
    if (!one.meddle(request, response)) handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const one: TestProvider = {
    hold,
    issuer,
    clientId: 'carecommons',
    clientSecret: 'a secret of the test only, and long enough',
    accounts: {},
    meddle: () => false,
    signIn: (start, account) => visit(start, account),
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
  return one

  function hold(redirectUri: string): void {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: one.clientId,
          client_secret: one.clientSecret,
          redirect_uris: [redirectUri],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      cookies: { keys: ['a key of the test only'] },
      claims: { openid: ['sub'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: true } },
      pkce: { required: () => true },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...one.accounts[id] }),
      }),
    })
    handle = provider.callback() as typeof handle
  }
}

/** Follows a browser's way through the provider's pages, keeping its cookies, until it leaves for somewhere else. */
async function visit(start: string, account: string): Promise<string> {
  const origin = new URL(start).origin
  const cookies = new Map<string, string>()
  let next: { url: string; form?: Record<string, string> } = { url: start }
  for (let step = 0; step < 20; step++) {
    const response = await fetch(next.url, {
      method: next.form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.form ? { body: new URLSearchParams(next.form) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      cookies.set(name!, value!)
    }
    const location = response.headers.get('location')
    if (location) {
      const url = new URL(location, next.url).href
      if (new URL(url).origin !== origin) return url
      next = { url }
      continue
    }
    const page = await response.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (!action) throw new Error(`The provider's page has no form (${response.status}): ${page.slice(0, 500)}`)
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
    next = { url: new URL(action, next.url).href, form: prompt === 'login' ? { prompt, login: account, password: 'x' } : { prompt } }
  }
  throw new Error('The provider goes round in circles.')
}
