import type { Request, Response } from 'express'

/** 32 bytes as base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Which session the browser holds. Links from elsewhere lead in, so it travels along with them; with foreign POSTs it does not. */
export const sessionCookie = tokenCookie('commons_session', { sameSite: 'lax', path: '/' })
/** Which question this browser was asked on its way in. */
export const challengeCookie = tokenCookie('commons_challenge', { sameSite: 'strict', path: '/graphql' })

/** A token in a cookie that no script reads. */
function tokenCookie(name: string, place: { sameSite: 'lax' | 'strict'; path: string }) {
  return {
    /** Of several cookies of the name, the first. */
    read(request: Request): string | null {
      for (const part of (request.headers.cookie ?? '').split(';')) {
        const [given, value] = part.trim().split('=', 2)
        if (given === name && value && TOKEN.test(value)) return value
      }
      return null
    },
    /** Hands out a token, or takes it back. */
    write(response: Response, token: string | null, secure: boolean): void {
      const options = { httpOnly: true, secure, ...place }
      if (token === null) response.clearCookie(name, options)
      else response.cookie(name, token, options)
    },
  }
}

/** Whether a session cookie came along at all, readable or not. */
export const carriesCookie = (request: Request): boolean =>
  (request.headers.cookie ?? '').split(';').some((part) => part.trim().split('=', 1)[0] === 'commons_session')
