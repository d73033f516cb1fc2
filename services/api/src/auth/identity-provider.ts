import type { OutsideIdentity } from '@carecommons/domain/graphql'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  type Configuration,
  customFetch,
  type CustomFetchOptions,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type UserInfoResponse,
} from 'openid-client'
import type { SafeFetch } from '../outside/safe-fetch.ts'

/** The region's own identity provider, as it is configured. */
export interface IdentityProviderOptions {
  /** What people call it: it stands on the button. */
  readonly name: string
  /** OpenID Connect issuer, `https://login.example.org/realms/region`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
}

/** What a browser has to bring back from the provider, or to keep until then. */
export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface IdentityProvider {
  /** Where to send a browser, and what it keeps meanwhile. */
  begin(): Promise<{ readonly url: URL; readonly attempt: Attempt }>
  /** Proves the answer that a browser came back with: `query` is that of the callback. Throws when it is no proof. */
  finish(query: URLSearchParams, attempt: Attempt): Promise<OutsideIdentity>
}

/** How long the provider's own description is believed. */
const DESCRIPTION_MS = 60 * 60_000

/** Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0; RFC 9700). `callbackUrl` is ours, as registered there. */
export function openIdentityProvider(options: IdentityProviderOptions, fetch: SafeFetch, callbackUrl: () => URL): IdentityProvider {
  let known: { readonly at: number; readonly configuration: Promise<Configuration> } | undefined
  const configure = (): Promise<Configuration> => {
    if (known && Date.now() < known.at + DESCRIPTION_MS) return known.configuration
    const configuration = describe(options, fetch)
    known = { at: Date.now(), configuration }
    // What could not be read is asked for again by the next who comes.
    configuration.catch(() => (known = undefined))
    return configuration
  }
  return {
    async begin() {
      const attempt = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const url = buildAuthorizationUrl(await configure(), {
        redirect_uri: callbackUrl().href,
        scope: 'openid email',
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
      })
      return { url, attempt }
    },
    async finish(query, { state, nonce, verifier }) {
      const configuration = await configure()
      const url = callbackUrl()
      url.search = query.toString()
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true }
      const tokens = await authorizationCodeGrant(configuration, url, checks)
      const claims = tokens.claims()
      if (!claims) throw new Error('There is no identity in the answer.')
      const about = claims.email === undefined ? await fetchUserInfo(configuration, tokens.access_token, claims.sub) : claims
      return { issuer: claims.iss, subject: claims.sub, email: verifiedEmail(about) }
    },
  }
}

function describe({ issuer, clientId, clientSecret }: IdentityProviderOptions, fetch: SafeFetch): Promise<Configuration> {
  const server = new URL(issuer)
  const bodyOf = ({ body }: CustomFetchOptions): string | undefined => {
    if (body === undefined || body === null) return undefined
    if (typeof body === 'string' || body instanceof URLSearchParams) return body.toString()
    throw new Error('Only forms are sent to an identity provider.')
  }
  return discovery(server, clientId, { client_secret: clientSecret }, ClientSecretBasic(clientSecret), {
    [customFetch]: (url, request) => {
      const body = bodyOf(request)
      return fetch(url, { method: request.method, headers: request.headers, ...(body === undefined ? {} : { body }) })
    },
    // The signature of an ID token is checked by the provider's keys, not only the connection it came through. Without TLS there is only
    // this very machine: the fetch sees to it.
    execute: [enableNonRepudiationChecks, ...(server.protocol === 'http:' ? [allowInsecureRequests] : [])],
  })
}

/** An address counts when the provider says that it is the person's; many let people type any. */
const verifiedEmail = ({ email, email_verified: isVerified }: IDToken | UserInfoResponse): string | null =>
  typeof email === 'string' && isVerified === true ? email : null
