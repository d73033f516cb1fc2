import type { Viewer } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import type { OrganizationRow } from '#modules/practice'
import type { RegionHere } from './context.ts'
import type { Movements } from './movements.ts'
import type { Sessions } from './sessions.ts'
import type { Vault } from './vault.ts'

/** A request at the door, before it is known who makes it. */
export interface Visit {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly requestId: string
  readonly kept: Kept
  /** Network address of the caller, for limits and, shortened, for the list of own sessions. */
  readonly address: string
  /** What the caller's browser calls itself. */
  readonly userAgent: string
  readonly signIns: SignInLimits
  readonly vault: Vault
  readonly movements: Movements
  /** Whom passkeys sign for; null at an address that cannot have any. */
  readonly relyingParty: RelyingParty | null
  /** What people call the region's own identity provider; null when there is none. */
  readonly identityProvider: string | null
  /** The token that the caller's cookie holds. */
  readonly token: string | null
  /** The token of a question put to this browser: a second factor, a passkey, a new authenticator. */
  readonly challenge: string | null
  /** The session behind the token, looked up once per request. Throws when it is locked, or may not act as the request asks. */
  session(): Promise<OpenSession | null>
  /** What is behind the token, in whatever state. `inUse`: somebody works with it, which puts off the lock. */
  look(inUse: boolean): Promise<SessionLook>
  /** Gives the caller a new token, or takes it away. */
  handOut(token: string | null): void
  handOutChallenge(token: string | null): void
}

/** How many acts the changes of this request have noted in transactions of their own. */
export interface Kept {
  acts: number
}

/** WebAuthn: the domain and the origin that a passkey's signature names. */
export interface RelyingParty {
  readonly id: string
  readonly origin: string
}

export type SessionLook =
  | { readonly state: 'none' }
  | { readonly state: 'open' | 'locked'; readonly session: OpenSession }
  /** The session is there, and asked to act under a membership that is not its person's, or has ended. */
  | { readonly state: 'not-acting'; readonly userId: string }

/** Who is signed in, under which membership. */
export interface OpenSession {
  /** Of the session, not of its token. */
  readonly id: string
  /** When the person last proved who they are. */
  readonly authenticatedAt: Date
  readonly viewer: Viewer
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly organization: OrganizationRow
  readonly region: RegionHere
}

/** Counts tries to sign in, by account and by address. */
export interface SignInLimits {
  /** Takes one try; false when there are none left. Without an account only the address counts. */
  take(email: string | null, address: string): Promise<boolean>
  /** The try succeeded: the account's count starts anew. */
  forgive(email: string | null, address: string): Promise<void>
}
