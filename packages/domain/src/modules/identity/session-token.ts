import { createHash, randomBytes } from 'node:crypto'

/** Idle time after which a session locks: NIST SP 800-63B, section 4.3.3 (AAL3). Desks in a practice are shared. */
export const IDLE_MS = 15 * 60_000
/** Longest life of a session, however busy: NIST SP 800-63B, section 4.2.3. */
export const ABSOLUTE_MS = 12 * 3_600_000
/** How long a proof of who somebody is holds for dangerous acts. */
export const RECENT_MS = 5 * 60_000

/** 256 random bits. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token: a stolen table opens no session. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()
