import type { Request, Response } from 'express'

const NAME = 'commons_session'
/** 32 bytes as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The session token that a request carries; of several cookies of the name, the first. */
export function cookieOf(request: Request): string | null {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === NAME && value && TOKEN.test(value)) return value
  }
  return null
}

/** Whether a session cookie came along at all, readable or not. */
export const carriesCookie = (request: Request): boolean =>
  (request.headers.cookie ?? '').split(';').some((part) => part.trim().split('=', 1)[0] === NAME)

/** Hands out a token, or takes it back. No script reads the cookie, no other site sends it along with a POST. */
export function setCookie(response: Response, token: string | null, secure: boolean): void {
  const options = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const
  if (token === null) response.clearCookie(NAME, options)
  else response.cookie(NAME, token, options)
}
