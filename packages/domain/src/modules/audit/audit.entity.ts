import { databaseRoles, everyDatabaseRole } from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/** Every look at a chart, every export and every denial: who, under which membership, whose record; never a value. Append-only. */
export const AuditEvent = defineEntity({
  name: 'AuditEvent',
  tableName: 'audit_event',
  properties: {
    id: p.uuid().primary(),
    at: p.string().columnType('timestamptz'),
    userId: p.uuid().nullable(),
    membershipId: p.uuid().nullable(),
    practiceId: p.uuid().nullable(),
    action: p.text(),
    subject: p.text(),
    subjectIds: p.array().columnType('uuid[]'),
    outcome: p.text().$type<'allowed' | 'denied'>().check("outcome in ('allowed', 'denied')"),
    correlationId: p.uuid(),
  },
  indexes: [{ name: 'audit_event_practice', properties: ['practiceId', 'at'] }],
  rowLevelSecurity: 'force',
  policies: [
    { name: 'audit_event_append', command: 'insert', roles: [...everyDatabaseRole], check: 'true' },
    { name: 'audit_event_auditor', command: 'select', roles: [databaseRoles.auditor], using: 'true' },
  ],
})
