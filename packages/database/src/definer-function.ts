/**
 * An answer that crosses a wall in agreed words only: counts and rates, never a row. It runs as the worker's role, and lets it see every
 * practice while it runs. Made anew after every migration, together with the privileges.
 */
export interface DefinerFunction {
  readonly signature: string
  /** The signature with types alone. */
  readonly name: string
  readonly returns: string
  readonly body: string
  /** Whose rows it sees; the worker's unless told. */
  readonly owner?: 'commons_auditor'
  readonly grantedTo: string
}
