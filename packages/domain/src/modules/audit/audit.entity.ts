import { auditWriters, databaseRoles, ownPractice } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** How it went: done, refused by the role, or asked for something that is not there for whoever asked. */
export const auditOutcomes = ['allowed', 'denied', 'not-found'] as const
export type AuditOutcome = (typeof auditOutcomes)[number]

/** Why it was done, in the words of 45 CFR 164.501 where it has one. */
export const purposes = ['treatment', 'operations', 'payment', 'emergency', 'shared', 'oversight', 'patient-request', 'system'] as const
export type Purpose = (typeof purposes)[number]

/**
 * Every look at a chart, every change, export and denial: who, under which membership, whose record; never a value. Append-only, in
 * partitions by month that the worker makes ahead; a row of no such month falls into a last one, so that no look fails for want of one.
 */
export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  properties: {
    at: p.string().columnType('timestamptz').primary(),
    id: p.uuid().primary(),
    userId: p.uuid().nullable(),
    membershipId: p.uuid().nullable(),
    /** Role page, `worker` for jobs, null at the door. */
    role: p.text().nullable(),
    /** Of the membership. */
    organizationId: p.uuid().nullable(),
    purpose: p
      .text()
      .$type<Purpose>()
      .check("purpose in ('treatment', 'operations', 'payment', 'emergency', 'shared', 'oversight', 'patient-request', 'system')"),
    /** Whose records. */
    practiceId: p.uuid().nullable(),
    action: p.text(),
    subject: p.text(),
    subjectIds: p.array().columnType('uuid[]'),
    outcome: p.text().$type<AuditOutcome>().check("outcome in ('allowed', 'denied', 'not-found')"),
    correlationId: p.uuid(),
    /** The transaction that wrote the row: the sealer finds what is new since its last look by it, however late a transaction ended. */
    xid: p.string().columnType('xid8').defaultRaw('pg_current_xact_id()'),
  },
  indexes: [
    { name: 'audit_event_practice', properties: ['practiceId', 'at'] },
    { name: 'audit_event_xid', properties: ['xid'] },
    // What a chart's accounting of disclosures looks through: rare rows, so that six years of them are soon read.
    {
      name: 'audit_event_disclosure',
      properties: ['practiceId', 'at'],
      where: "purpose in ('shared', 'emergency', 'oversight') or subject = 'SensitiveRecord'",
    },
  ],
  rowLevelSecurity: 'force',
  policies: [
    ...auditWriters,
    { name: 'audit_event_auditor', command: 'select', roles: [databaseRoles.auditor], using: 'true' },
    { name: 'audit_event_sealer', command: 'select', roles: [databaseRoles.sealer], using: 'true' },
    ownPractice('audit_event'),
  ],
})

/**
 * The seals over audit rows: a chain of hashes per practice (the nil id for rows of none), numbered anew each day. One row per audit
 * row, written by the sealer alone and never changed.
 */
export const AuditSeal = defineEntity({
  name: 'AuditSeal',
  tableName: 'audit_seal',
  properties: {
    chain: p.uuid().primary(),
    /** The day of sealing, UTC. */
    day: p.date().primary(),
    seq: p.bigint().primary(),
    eventAt: p.string().columnType('timestamptz'),
    eventId: p.uuid().unique('audit_seal_event'),
    /** HMAC-SHA256 over the hash before it, the place in the chain and the row. */
    hash: p.blob().columnType('bytea'),
    sealedAt: p.string().columnType('timestamptz'),
    /** Number of the transaction of sealing. */
    batch: p.bigint(),
    /** On the last row of a batch: what had been written when it was made (`pg_current_snapshot`). */
    snapshot: p.string().columnType('pg_snapshot').nullable(),
  },
  indexes: [{ name: 'audit_seal_batch', properties: ['batch'] }],
  rowLevelSecurity: 'force',
  policies: [
    { name: 'audit_seal_sealer', command: 'select', roles: [databaseRoles.sealer], using: 'true' },
    { name: 'audit_seal_append', command: 'insert', roles: [databaseRoles.sealer], check: 'true' },
    { name: 'audit_seal_auditor', command: 'select', roles: [databaseRoles.auditor], using: 'true' },
  ],
})
