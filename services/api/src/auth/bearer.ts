import { openSystem } from '@carecommons/domain/graphql'
import type { Sessions } from '@carecommons/domain'
import type { Clock } from '@carecommons/kernel'
import type { RequestHandler, Response } from 'express'
import { refuse } from '../caller-checks.ts'
import { carriesCookie } from '../session-cookie.ts'
import { putBehind } from './system-behind.ts'

/**
 * Lets programs in by `Authorization: Bearer` (RFC 6750). A request with the header is a program's and nothing else: it brings no
 * cookie and acts as itself. Pages of other sites cannot set the header, so nothing else of a request need be judged.
 */
export const systemEntrance =
  ({ sessions, clock }: { sessions: Sessions; clock: Clock }): RequestHandler =>
  async (request, response, next) => {
    const { authorization } = request.headers
    if (authorization === undefined) return next()
    if (carriesCookie(request)) return refuse(response, 400, 'Send a token or a cookie, not both.')
    if (request.headers['x-acting-as'] !== undefined) return refuse(response, 400, 'A system acts as itself. Leave X-Acting-As out.')
    const [, token] = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization) ?? []
    const system = token === undefined ? null : await openSystem(sessions, clock, token)
    if (!system) return refuseToken(response)
    putBehind(request, system)
    next()
  }

/** The same for every token that is not live. */
function refuseToken(response: Response): void {
  response.setHeader('www-authenticate', 'Bearer realm="carecommons", error="invalid_token"')
  refuse(response, 401, 'This token opens nothing. Ask for a new one.', 'UNAUTHENTICATED')
}
