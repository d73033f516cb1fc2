import type { Request, Response } from 'express'
import type { Attempt } from './identity-provider.ts'

/** An attempt to sign in elsewhere, with the page to go to afterwards. */
interface KeptAttempt extends Attempt {
  readonly to: string
}

const NAME = 'commons_outside'
/** Milliseconds; somebody may have to look for their telephone. */
const LIFE_MS = 10 * 60_000

/**
 * The attempt is kept by the browser that makes it: the answer counts only where the question was asked, so nobody can be signed in as
 * somebody else by a link. Lax, since the browser comes back by a link of the provider's.
 */
export const attemptCookie = {
  read(request: Request): KeptAttempt | null {
    for (const part of (request.headers.cookie ?? '').split(';')) {
      const [name, value] = part.trim().split('=', 2)
      if (name === NAME && value) return readAttempt(value)
    }
    return null
  },
  write(response: Response, attempt: KeptAttempt | null, secure: boolean): void {
    const options = { httpOnly: true, sameSite: 'lax', secure, path: '/auth/oidc' } as const
    if (attempt === null) response.clearCookie(NAME, options)
    else {
      const { state, nonce, verifier, to } = attempt
      response.cookie(NAME, Buffer.from(JSON.stringify([state, nonce, verifier, to])).toString('base64url'), {
        ...options,
        maxAge: LIFE_MS,
      })
    }
  },
}

function readAttempt(value: string): KeptAttempt | null {
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  if (!Array.isArray(parts) || parts.length !== 4 || !parts.every((part): part is string => typeof part === 'string')) return null
  const [state, nonce, verifier, to] = parts as [string, string, string, string]
  return [state, nonce, verifier].every((part) => /^[\w-]{43}$/.test(part)) ? { state, nonce, verifier, to } : null
}
