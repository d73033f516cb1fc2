/**
 * The PostgreSQL roles behind the walls. They own nothing and cannot sign in: the application signs in as one NOINHERIT
 * login and takes one of them on per transaction with `set local role`.
 */
export const databaseRoles = {
  /** Looks up people, passwords and sessions before a scope exists; sees no chart. */
  door: 'commons_door',
  practice: 'commons_practice',
  careManager: 'commons_care_manager',
  region: 'commons_region',
  payer: 'commons_payer',
  patient: 'commons_patient',
  feed: 'commons_feed',
  /** Reads one chart of another practice: through a share grant, or in an emergency. */
  grantee: 'commons_grantee',
  auditor: 'commons_auditor',
  /** Jobs and imports, for the practices that their ledger row names. */
  worker: 'commons_worker',
  /** Seals the audit: reads it, appends seals, nothing else. */
  sealer: 'commons_sealer',
} as const

export type DatabaseRole = (typeof databaseRoles)[keyof typeof databaseRoles]

export const everyDatabaseRole: readonly DatabaseRole[] = Object.values(databaseRoles)

/** Those behind which a person, a system or a job acts: they read the region's directory and leave rows in the audit. */
export const actingRoles: readonly DatabaseRole[] = everyDatabaseRole.filter((role) => role !== databaseRoles.sealer)
