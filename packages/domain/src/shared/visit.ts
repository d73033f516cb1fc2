import type { Viewer } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import type { OrganizationRow } from '#modules/practice'
import type { RegionHere } from './context.ts'
import type { Sessions } from './sessions.ts'

/** A request at the door, before it is known who makes it. */
export interface Visit {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly requestId: string
  /** Network address of the caller, for limits only. */
  readonly address: string
  readonly signIns: SignInLimits
  /** What people call the region's own identity provider; null when there is none. */
  readonly identityProvider: string | null
  /** The token that the caller's cookie holds. */
  readonly token: string | null
  /** The session behind the token, looked up once per request. */
  session(): Promise<OpenSession | null>
  /** Gives the caller a new token, or takes it away. */
  handOut(token: string | null): void
}

/** Who is signed in, under which membership. */
export interface OpenSession {
  readonly viewer: Viewer
  readonly user: { readonly id: string; readonly name: string; readonly email: string }
  readonly organization: OrganizationRow
  readonly region: RegionHere
}

/** Counts tries to sign in, by account and by address. */
export interface SignInLimits {
  /** Takes one try; false when there are none left. */
  take(email: string, address: string): Promise<boolean>
  /** The try succeeded: the account's count starts anew. */
  forgive(email: string, address: string): Promise<void>
}
