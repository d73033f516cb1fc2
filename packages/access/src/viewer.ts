import type { RoleName } from './ability.ts'
import type { SystemScope } from './system-scopes.ts'

/** Who acts: one membership of one person or system, with what it reaches at this moment. */
export interface Viewer {
  readonly userId: string
  readonly membershipId: string
  readonly role: RoleName
  readonly organizationId: string
  /** Practices whose charts this membership reaches now: the own one once it is active, or those with a live assignment or cover. */
  readonly practiceIds: readonly string[]
  /** The own chart, of a patient. */
  readonly patientId: string | null
  /** Of a system: what its token was asked for. Without it a system may do nothing. */
  readonly scopes?: readonly SystemScope[]
}
