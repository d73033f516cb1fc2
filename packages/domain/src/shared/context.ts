import type { Ability, Action, SubjectName, Viewer } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import type { AuditOutcome, Purpose } from '#modules/audit'
import type { ShareCategory } from '#modules/consent'
import type { PackageDesk } from '#modules/packages'
import type { IntakeLine } from './bulk.ts'
import type { Tx } from './sessions.ts'
import type { Kept } from './visit.ts'

/** What a use case is handed: who acts, what they may do, and the one transaction of the operation. */
export interface Ctx {
  readonly viewer: Viewer
  /** What the viewer is called. */
  readonly userName: string
  readonly region: RegionHere
  readonly ability: Ability
  readonly clock: Clock
  /** When the person last proved who they are; null for a system. See `requireStepUp`. */
  readonly authenticatedAt: Date | null
  /** Names the request in the log, the audit and in what people quote. */
  readonly requestId: string
  /** Whether a URL that somebody types can ever be fetched: over TLS, from a public address. */
  readonly mayFetch: (url: URL) => boolean
  /** The door notes what a change refused, unless the change did so itself. */
  readonly kept: Kept
  /** Reads measure packages away from the thread that answers requests. */
  readonly desk: PackageDesk
  /** Lands records on the way that imports take. */
  readonly intake: IntakeLine
  /** The reading transaction of the operation, under the viewer's scope. Opened on first use, committed before the answer leaves. */
  tx(): Promise<Tx>
  /** What was read in this operation; written with it before the answer leaves, one row for each practice and kind of record. */
  readonly notes: Act[]
  /** A transaction of its own under the viewer's scope, committed when `work` is done: one per mutation. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Set on a context that reads one chart outside of the viewer's reach. */
  readonly guest: GuestChart | null
  /** Contexts of the charts opened so in this operation, by chart id. */
  readonly guests: Map<string, Ctx>
  /** Opens a second reading transaction, for one chart outside of the viewer's reach and nothing else. */
  visit(chart: GuestChart): Ctx
}

/** One chart outside of the own reach, and what of it is open. */
export interface GuestChart {
  readonly practiceId: string
  readonly patientId: string
  readonly by: 'share-grant' | 'emergency'
  readonly categories: readonly ShareCategory[]
}

export interface RegionHere {
  readonly id: string
  readonly name: string
  /** IANA name. */
  readonly timeZone: string
}

/** What is done to records. */
export interface Act {
  readonly action: Action
  readonly subject: SubjectName
  /** Ids of what was looked at or changed; never a value of it. */
  readonly subjectIds: readonly string[]
  readonly outcome?: AuditOutcome
  /** Whose records; the acting practice unless told. */
  readonly practiceId?: string | null
  /** What for, where more is known than the role's usual purpose: a share grant, an emergency. */
  readonly purpose?: Purpose
  /** Records under 42 CFR Part 2 were shown: the answer carries the notice that goes with them. */
  readonly underPart2?: boolean
}
