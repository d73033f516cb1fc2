import type { CqlDateTime } from './temporal-values.ts'

/** What Message returns to the calling environment (CQL 1.5, Reference, Message). */
export interface CqlMessage {
  readonly severity: string
  readonly code: string | null
  readonly text: string | null
}

/** What an evaluation is told from outside, the same for every operator in it (CQL 1.5, Reference, Now). */
export interface EvaluationContext {
  /** The timestamp of the request; its offset is the zone of dates and times that name none. */
  readonly now: CqlDateTime
  /** Where messages of severity below Error go; they are dropped when nobody listens. */
  readonly message?: (message: CqlMessage) => void
}
