import { signInFromOutside } from '@carecommons/domain/graphql'
import { isRefusal } from '@carecommons/kernel'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { type House, openEntrance } from '../entrance.ts'
import type { Log } from '../log.ts'
import { attemptCookie } from './attempt-cookie.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { ownPath } from './own-path.ts'

export const OIDC_PATH = '/auth/oidc'

interface OidcHouse {
  readonly house: House
  readonly provider: IdentityProvider
  readonly log: Log
}

/** `GET /auth/oidc/start?to=` sends a browser to the region's identity provider, `GET /auth/oidc/callback` takes it back and signs it in. */
export function oidcRoutes(oidc: OidcHouse): RequestHandler {
  const router = Router()
  router.get('/start', (request, response) => start(oidc, request, response))
  router.get('/callback', (request, response) => callback(oidc, request, response))
  return router
}

async function start({ house, provider, log }: OidcHouse, request: Request, response: Response): Promise<void> {
  const { requestId } = openEntrance(house, request, response).visit
  try {
    const { url, attempt } = await provider.begin()
    attemptCookie.write(response, { ...attempt, to: ownPath(request.query['to']) }, house.secureCookies || request.secure)
    response.redirect(303, url.href)
  } catch (error) {
    log({ level: 'error', event: 'IdentityProviderUnreachable', requestId, reason: reasonOf(error) })
    response.redirect(303, '/sign-in?outside=unreachable')
  }
}

async function callback({ house, provider, log }: OidcHouse, request: Request, response: Response): Promise<void> {
  const { visit } = openEntrance(house, request, response)
  const attempt = attemptCookie.read(request)
  // An attempt is tried once, however it ends.
  attemptCookie.write(response, null, house.secureCookies || request.secure)
  const refuse = (reason: string): void => {
    log({ level: 'warn', event: 'OutsideSignInRefused', requestId: visit.requestId, reason })
    response.redirect(303, '/sign-in?outside=refused')
  }
  if (!attempt) return refuse('NoAttempt')
  let identity
  try {
    identity = await provider.finish(new URL(request.originalUrl, 'http://callback').searchParams, attempt)
  } catch (error) {
    return refuse(reasonOf(error))
  }
  const session = await signInFromOutside(visit, identity)
  if (isRefusal(session)) return refuse(session.code)
  response.redirect(303, ownPath(attempt.to))
}

/** A code of the protocol or of the fetch, or the kind of error; never a message, which could quote a token. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (typeof cause === 'object' && cause !== null) {
    if ('reason' in cause && typeof cause.reason === 'string') return cause.reason
    if ('code' in cause && typeof cause.code === 'string') return cause.code
  }
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : typeof error
}
