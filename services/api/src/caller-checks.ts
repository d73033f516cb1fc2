import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { systemBehind } from './auth/system-behind.ts'

/** A refusal of a request as such, in the shape of a GraphQL answer. */
export function refuse(response: Response, status: number, message: string, code = 'BAD_REQUEST'): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] })
}

/**
 * Cross-site request forgery: a page of another site can send forms and plain text with our cookie, but neither JSON nor a header of
 * ours without being asked first, and the answer to that question is no. A foreign Origin is refused on top.
 */
export const fromOurWeb: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    return refuse(response, 405, 'Send operations by POST.')
  }
  if (!isJson(request.headers['content-type'])) return refuse(response, 415, 'Send operations as application/json.')
  fromOurPages(request, response, next)
}

/** The same for what is sent beside operations: files. */
export const fromOurPages: RequestHandler = (request: Request, response: Response, next: NextFunction) => {
  // A program's token is sent by nobody but the program.
  if (systemBehind(request)) return next()
  if (request.headers['x-commons'] !== 'web') return refuse(response, 403, "Send the header 'x-commons: web'.", 'FORBIDDEN')
  if (!isOwnOrigin(request)) return refuse(response, 403, 'Operations come from the own web only.', 'FORBIDDEN')
  next()
}

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type ?? '')

/** Programs send no Origin and no Sec-Fetch-Site; browsers always send one of them along with a POST. */
function isOwnOrigin({ headers }: Request): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false
  const { origin, host } = headers
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * NUL is in no name, word or id, and PostgreSQL's text cannot hold it. As a character, or as an escape of JSON or of GraphQL: a document is
 * asked again when it is out of its JSON, which can write each sign of such an escape as an escape.
 */
export const hasNul = (text: string): boolean => /\\u(0000|\{0+\})|\0/.test(text)

/** The same of an address: in a path, a name or a value of the query. */
export const withoutNul: RequestHandler = (request: Request, response: Response, next: NextFunction) =>
  request.url.includes('%00') ? refuse(response, 400, 'The request cannot be read.') : next()
