import {
  barsOfEmergencies,
  barWriters,
  databaseRoles,
  emergencyWriters,
  openTo,
  ownChart,
  ownEmergencies,
  workedPractices,
} from '@carecommons/access'
import { defineEntity, p } from '@mikro-orm/core'

/**
 * Breaking the glass: one person reads one chart, sensitive rows included (42 CFR 2.51), for four hours. The row, and a mail that
 * points to it, are the notice to the practice that keeps the chart; its administrator may contest it, which ends all openings of the
 * chart by that person at once and bars them from the next. Only definer functions open: a chart in the own reach, or outside of it the
 * one whose name and birth date somebody knows.
 */
export const EmergencyAccess = defineEntity({
  name: 'EmergencyAccess',
  tableName: 'emergency_access',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    userId: p.uuid(),
    membershipId: p.uuid(),
    /** Who it was and for whom they work, as they were called then. */
    userName: p.text(),
    organizationId: p.uuid(),
    reason: p.text(),
    openedAt: p.string().columnType('timestamptz'),
    expiresAt: p.string().columnType('timestamptz'),
    endedAt: p.string().columnType('timestamptz').nullable(),
    contestedByName: p.text().nullable(),
    contestedAt: p.string().columnType('timestamptz').nullable(),
    /** Why, in the administrator's words. */
    contestWords: p.text().nullable(),
    /** Memberships of the practice's administrators who were told by mail. */
    mailedTo: p.array().columnType('uuid[]').default([]),
    /** When all of them were told. */
    mailedAt: p.string().columnType('timestamptz').nullable(),
    /** When the last try failed: nobody, or not everybody, got the letter. */
    mailFailedAt: p.string().columnType('timestamptz').nullable(),
    /** When the coordinating body was told in the place of administrators whom the practice does not have. */
    regionToldAt: p.string().columnType('timestamptz').nullable(),
  },
  indexes: [
    { name: 'emergency_access_chart', properties: ['practiceId', 'patientId'] },
    { name: 'emergency_access_membership', properties: ['membershipId', 'patientId'] },
  ],
  rowLevelSecurity: 'force',
  policies: [...ownEmergencies('emergency_access'), ...emergencyWriters, ownChart('emergency_access'), workedPractices('emergency_access')],
})

/**
 * After a contest: this person opens this chart in no emergency any more, under whichever membership, until the practice's administrator
 * lifts it. It has no end of its own, for trust is the practice's to give back; everybody else can still help in an emergency
 * (45 CFR 164.312(a)(2)(ii)), so that nobody's care hangs on this one person.
 */
export const EmergencyBar = defineEntity({
  name: 'EmergencyBar',
  tableName: 'emergency_bar',
  properties: {
    id: p.uuid().primary(),
    practiceId: p.uuid(),
    patientId: p.uuid(),
    userId: p.uuid(),
    setAt: p.string().columnType('timestamptz'),
    setByName: p.text(),
    liftedAt: p.string().columnType('timestamptz').nullable(),
    liftedByName: p.text().nullable(),
  },
  indexes: [{ name: 'emergency_bar_person', properties: ['practiceId', 'patientId', 'userId'] }],
  rowLevelSecurity: 'force',
  policies: [...barsOfEmergencies('emergency_bar'), ...barWriters],
})

/** A try to break the glass that found no chart: counted, so that nobody guesses on. */
export const EmergencyMiss = defineEntity({
  name: 'EmergencyMiss',
  tableName: 'emergency_miss',
  properties: { id: p.uuid().primary(), membershipId: p.uuid(), at: p.string().columnType('timestamptz') },
  indexes: [{ name: 'emergency_miss_membership', properties: ['membershipId', 'at'] }],
  rowLevelSecurity: 'force',
  policies: [openTo('emergency_miss', databaseRoles.worker, 'all')],
})
