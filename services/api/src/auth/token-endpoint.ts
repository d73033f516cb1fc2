import { issueToken, type TokenDesk } from '@carecommons/domain/graphql'
import { newId } from '@carecommons/kernel'
import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import type { Log } from '../log.ts'

export const TOKEN_PATH = '/auth/token'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** Errors of RFC 6749, section 5.2. */
type OAuthError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope'

export interface TokenHouse extends Pick<TokenDesk, 'sessions' | 'clock' | 'fetchKeys'> {
  readonly log: Log
  readonly audiences: () => readonly string[]
}

/** `POST /auth/token`: client credentials with a signed assertion (RFC 6749 section 4.4, RFC 7523, SMART App Launch 2.2 Backend Services). */
export function tokenEndpoint(house: TokenHouse): RequestHandler {
  const router = Router()
  router.all('/', (request, response, next) => {
    if (request.method === 'POST') return next()
    response.setHeader('allow', 'POST')
    refuse(response, 405, 'invalid_request', 'Ask for tokens by POST.')
  })
  // As text: a form that names a field twice must be seen as such. Larger than any assertion that is accepted, so that one is told what it is.
  router.use(express.text({ type: 'application/x-www-form-urlencoded', limit: '256kb' }))
  router.post('/', (request, response) => answer(house, request, response))
  return router
}

async function answer(house: TokenHouse, request: Request, response: Response): Promise<void> {
  const form = readForm(request.body)
  if (!form)
    return refuse(response, 400, 'invalid_request', 'Send one form (application/x-www-form-urlencoded) that names each field once.')
  const { grant_type, client_assertion_type, client_assertion, scope } = form
  if (grant_type === undefined) return refuse(response, 400, 'invalid_request', 'grant_type is missing.')
  if (grant_type !== 'client_credentials') return refuse(response, 400, 'unsupported_grant_type', 'grant_type is client_credentials.')
  if (request.headers.authorization !== undefined || form['client_secret'] !== undefined) {
    response.setHeader('www-authenticate', 'Basic realm="carecommons"')
    return refuse(response, 401, 'invalid_client', 'Systems prove themselves by client_assertion, and by nothing beside it.')
  }
  if (client_assertion_type !== ASSERTION_TYPE || !client_assertion)
    return refuse(response, 400, 'invalid_request', `client_assertion_type is ${ASSERTION_TYPE}, client_assertion the signed JWT.`)
  if (!scope) return refuse(response, 400, 'invalid_scope', 'scope is missing.')
  const requestId = newId<'Request'>()
  const desk = { ...house, requestId, audiences: house.audiences() }
  const issued = await issueToken(desk, client_assertion, scope)
  if ('error' in issued) {
    house.log({ level: 'warn', event: 'TokenRefused', requestId, reason: issued.reason, clientId: issued.clientId ?? undefined })
    return issued.error === 'invalid_client'
      ? refuse(response, 401, 'invalid_client', `The client assertion was not accepted. Quote ${requestId}.`)
      : refuse(response, 400, 'invalid_scope', 'More was asked for than this system may have.')
  }
  response.json({ access_token: issued.token, token_type: 'bearer', expires_in: issued.seconds, scope: issued.scopes.join(' ') })
}

function refuse(response: Response, status: number, error: OAuthError, description: string): void {
  response.status(status).json({ error, error_description: description })
}

/** Null for anything but a form in which every name stands once (RFC 6749, section 3.2). An empty field counts as left out. */
function readForm(body: unknown): Readonly<Record<string, string>> | null {
  if (typeof body !== 'string' || body.includes('\0')) return null
  const fields = [...new URLSearchParams(body)]
  if (new Set(fields.map(([name]) => name)).size < fields.length) return null
  return Object.fromEntries(fields.filter(([, value]) => value !== '' && !value.includes('\0')))
}
